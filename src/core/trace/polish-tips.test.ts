import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import { polishTips } from './polish-tips.ts';

const PEN = { radiusPx: 1.05, edgePx: 1, strength: 1, noise: 0.04 };

/** A narrow peak from row 90 up to row 30 at column 30, two samples per column from column 10. */
const peak = (x: number): number => 90 - 60 * Math.max(0, 1 - Math.abs(x - 30) / 3);

function polish(wrongTip: number, blind: Uint8Array): number {
  const ink = blankRaster(60, 120);
  drawTrace(
    ink,
    Array.from({ length: 201 }, (_, k) => [5 + k / 4, peak(5 + k / 4)] as const),
    2 * PEN.radiusPx,
  );
  const line = Float64Array.from({ length: 81 }, (_, k) => peak(10 + k / 2));
  line[40] = wrongTip;
  polishTips(line, ink, blankRaster(60, 120, 1), 10, 2, PEN, blind);
  return line[40]!;
}

it('brings a tip that overshoots or falls a little short to the end of the ink', () => {
  const seen = new Uint8Array(41);
  for (const wrong of [17, 24, 30, 31.5]) expect(Math.abs(polish(wrong, seen) - 30)).toBeLessThan(1);
});

it('leaves tips alone where nothing is seen', () => {
  expect(polish(17, new Uint8Array(41).fill(1))).toBe(17);
});
