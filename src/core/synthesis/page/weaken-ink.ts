import type { Random } from '../random.ts';
import { sampleField } from '../sample-field.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { PrinterFaults } from './page-options.ts';
import type { CoveragePlane, PaperScale } from './paint-strokes.ts';

const DEAD_DOT_MM = 0.125;

/**
 * Takes ink out of a plane the way a tired printer does: bands and hairlines along the paper, large pale areas. In
 * place; the same random source gives the same faults at every resolution.
 *
 * @param heightMm height of the paper, where the dead dots of the head may lie
 */
export function weakenInk(
  plane: CoveragePlane,
  faults: PrinterFaults,
  heightMm: number,
  scale: PaperScale,
  random: Random,
): void {
  const { data, width, height } = plane;
  const left = scale.left ?? 0;
  const top = scale.top ?? 0;
  const band = createSmoothNoise(random.fork('bands'), 1.4);
  const large = createSmoothNoise(random.fork('fading'), 55);
  const dead = Array.from({ length: faults.deadDots }, () => random.uniform(0, heightMm));
  const fade = (x: number, y: number) => {
    const value = large((x + left) / scale.pxPerMmX, (y + top) / scale.pxPerMmY);
    return 1 - faults.fading * Math.max(0, 0.35 + value);
  };
  sampleField({ width, height, stepPx: 32 }, fade, (y, row) => {
    const mm = (y + top + 0.5) / scale.pxPerMmY;
    let keep = 1 - faults.bands * Math.max(0, band(0, mm));
    for (const at of dead) if (Math.abs(mm - at) < DEAD_DOT_MM / 2) keep = 0;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (data[at] !== 0) data[at] = data[at]! * keep * row[x]!;
    }
  });
}
