import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { mendStrokes } from './mend-strokes.ts';

const WIDTH = 100;

/** Upright strokes in every tenth column, of which every fifth row, or every `every`-th, is left out where `isRagged`. */
function strokes(isRagged: boolean, every = 5) {
  const ink = blankRaster(WIDTH, 120);
  for (let x = 0; x < WIDTH; x += 10) {
    for (let y = 20; y < 100; y++) if (!isRagged || y % every !== 0) ink.data[y * WIDTH + x] = 0.9;
  }
  return ink;
}

describe('mendStrokes', () => {
  it('fills the holes of ragged strokes and lengthens none', () => {
    const { data } = mendStrokes(strokes(true), 3);
    for (let y = 21; y < 100; y++) expect(data[y * WIDTH + 30]).toBeCloseTo(0.9);
    for (const y of [19, 20, 100]) expect(data[y * WIDTH + 30]).toBe(0);
    expect(data[50 * WIDTH + 31]).toBe(0);
  });

  it('mends print of two tones from fewer holes', () => {
    const ink = strokes(true, 70);
    expect(mendStrokes(ink, 3)).toBe(ink);
    expect(mendStrokes(ink, 3, true).data[70 * WIDTH + 30]).toBeCloseTo(0.9);
  });

  it('leaves whole print as it is', () => {
    const ink = strokes(false);
    expect(mendStrokes(ink, 3)).toBe(ink);
  });
});
