import { describe, expect, it } from 'vitest';
import { textStrokes } from './text-strokes.ts';

describe('textStrokes', () => {
  it('draws capitals from the base line to their height', () => {
    const { strokes, widthMm } = textStrokes('I', 10, 50, { capMm: 7, stretch: 1 / 0.92 });
    expect(strokes.map((stroke) => [...stroke])).toEqual([[10, 50, 10, 43]]);
    expect(widthMm).toBe(0);
  });

  it('spaces letters and closes round ones', () => {
    const { strokes, widthMm } = textStrokes('IO', 0, 0, { capMm: 7, stretch: 1 / 0.92 });
    const ring = strokes[1]!;
    expect(widthMm).toBeCloseTo(7, 5);
    expect([ring[0], ring[1]]).toEqual([ring.at(-2), ring.at(-1)]);
    expect(Math.min(...ring.filter((_, k) => k % 2 === 0))).toBeGreaterThan(1.5);
  });

  it('leans and falls back to a question mark', () => {
    const [upright] = textStrokes('I', 0, 0, { capMm: 7, slant: 0.5 }).strokes;
    expect([...upright!]).toEqual([0, 0, 3.5, -7]);
    const lettering = { capMm: 3 };
    expect(textStrokes('\u20ac', 0, 0, lettering)).toEqual(textStrokes('?', 0, 0, lettering));
  });
});
