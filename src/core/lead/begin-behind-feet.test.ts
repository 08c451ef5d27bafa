import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { FloatRaster } from '../image/raster.ts';
import { beginBehindFeet } from './begin-behind-feet.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { RowExtent } from './measure-extents.ts';

const PX_PER_MM = 8;
const [LEFT_MM, RIGHT_MM] = [20, 25];

interface Drawn {
  readonly footMm: number;
  readonly lengthMm: number;
  /** How high above the foot the stroke behind the pulse runs. */
  readonly riseMm?: number;
}

/** Three rows with a pulse joined to the trace, a foot before it and one behind it. */
function page({ footMm, lengthMm, riseMm = 0 }: Drawn): [RowExtent[], DetectedPulse[], FloatRaster] {
  const ink = blankRaster(280 * PX_PER_MM, 100 * PX_PER_MM);
  const pulses: DetectedPulse[] = [];
  const extents = [0, 1, 2].map((row) => {
    const y = 20.5 + row * 30;
    const points: [number, number][] = [
      [LEFT_MM - footMm, y],
      [LEFT_MM, y],
      [LEFT_MM, y - 10],
      [RIGHT_MM, y - 10],
      [RIGHT_MM, y - riseMm],
      [RIGHT_MM + footMm, y - riseMm],
      [RIGHT_MM + footMm, y - 1 - row],
      [RIGHT_MM + footMm + lengthMm, y - 1],
    ];
    drawTrace(
      ink,
      points.map(([px, py]) => [px * PX_PER_MM, py * PX_PER_MM] as const),
      2.4,
    );
    const [leftX, rightX] = [LEFT_MM * PX_PER_MM, RIGHT_MM * PX_PER_MM];
    const box = {
      x0: leftX - 1,
      x1: rightX + 2,
      y0: Math.round((y - 10) * PX_PER_MM),
      y1: Math.round(y * PX_PER_MM) + 1,
    };
    pulses.push({ box, row, side: 'left', leftX, rightX, heightMm: 10, widthMm: 5 });
    const x1 = (RIGHT_MM + footMm + lengthMm) * PX_PER_MM;
    return { x0: rightX, x1, freeLeft: false, freeRight: true };
  });
  return [extents, pulses, ink];
}

const beginsMm = (extents: readonly RowExtent[]): number[] => extents.map(({ x0 }) => x0 / PX_PER_MM);

it('lets rows begin behind the foot of a pulse that runs into them, as long as the foot before it', () => {
  for (const footMm of [1, 2.4]) {
    for (const begin of beginsMm(beginBehindFeet(...page({ footMm, lengthMm: 180 }), PX_PER_MM))) {
      expect(Math.abs(begin - RIGHT_MM - footMm)).toBeLessThan(0.3);
    }
  }
});

it('leaves rows at the leg of a pulse without a foot, and of one whose trace runs on at another height', () => {
  const [extents, pulses, ink] = page({ footMm: 0, lengthMm: 180 });
  expect(beginBehindFeet(extents, pulses, ink, PX_PER_MM)).toBe(extents);
  const [higher, theirs, drawn] = page({ footMm: 2, lengthMm: 180, riseMm: 0.9 });
  expect(beginBehindFeet(higher, theirs, drawn, PX_PER_MM)).toBe(higher);
});

it('leaves rows at the leg where these have a usual length, and those behind the foot have not', () => {
  const [extents, pulses, ink] = page({ footMm: 2, lengthMm: 248 });
  expect(beginBehindFeet(extents, pulses, ink, PX_PER_MM)).toBe(extents);
  const [behind, theirs, drawn] = page({ footMm: 2, lengthMm: 250 });
  expect(beginsMm(beginBehindFeet(behind, theirs, drawn, PX_PER_MM))[0]).toBeGreaterThan(RIGHT_MM + 1);
});

it('leaves rows alone that are not joined to their pulse', () => {
  const [extents, pulses, ink] = page({ footMm: 2, lengthMm: 180 });
  const free = extents.map((extent) => ({ ...extent, x0: extent.x0 + 30, freeLeft: true }));
  expect(beginBehindFeet(free, pulses, ink, PX_PER_MM)).toBe(free);
});
