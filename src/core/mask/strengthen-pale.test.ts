import { expect, test } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { measureStrokeWidth } from './measure-stroke-width.ts';
import { strengthenPale } from './strengthen-pale.ts';

/** A line that wanders, three pixels thick, whose middle row covers `share` and whose edges half of that. */
function wanderingLine(share: number) {
  const ink = blankRaster(600, 200);
  for (let x = 10; x < 590; x++) {
    const y = 100 + Math.round(8 * Math.sin(x / 40));
    for (const [dy, part] of [
      [-1, 0.5],
      [0, 1],
      [1, 0.5],
    ] as const) {
      ink.data[(y + dy) * 600 + x] = share * part;
    }
  }
  return ink;
}

test('a line that is pale throughout is raised until it counts as a stroke', () => {
  const ink = wanderingLine(0.48);
  expect(measureStrokeWidth(ink, 9)).toBe(0);
  expect(strengthenPale(ink)).toBe(true);
  expect(measureStrokeWidth(ink, 9)).toBeGreaterThan(1);
  expect(Math.max(...ink.data)).toBeCloseTo(0.85, 1);
});

test('dark lines, specks and bare paper stay as they are', () => {
  const dark = wanderingLine(0.9);
  const specks = blankRaster(600, 200);
  for (let k = 0; k < specks.data.length; k += 7) specks.data[k] = 0.45;
  for (const ink of [dark, specks, blankRaster(600, 200)]) {
    const before = ink.data.slice();
    expect(strengthenPale(ink)).toBe(false);
    expect(ink.data).toEqual(before);
  }
});
