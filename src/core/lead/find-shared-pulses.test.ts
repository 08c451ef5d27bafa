import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { FloatRaster } from '../image/raster.ts';
import { findSharedPulses } from './find-shared-pulses.ts';
import type { TraceRow } from './trace-row.ts';

const PX_PER_MM = 8;
const START_MM = 20;

/** Rows so far apart, with a pulse of 5 x 10 mm before each (not of the rows left out), then a line. */
function page(count: number, gapMm: number, without: readonly number[] = []): [FloatRaster, TraceRow[]] {
  const ink = blankRaster(120 * PX_PER_MM, Math.round((50 + count * gapMm) * PX_PER_MM));
  const rows = Array.from({ length: count }, (_, row) => {
    const y = 31.5 + row * gapMm;
    const points: [number, number][] = without.includes(row)
      ? [[START_MM + 8, y]]
      : [
          [START_MM - 1.5, y],
          [START_MM, y],
          [START_MM, y - 10],
          [START_MM + 5, y - 10],
          [START_MM + 5, y],
          [START_MM + 6.5, y],
        ];
    const draw = (mm: readonly (readonly [number, number])[]): void =>
      drawTrace(
        ink,
        mm.map(([px, py]) => [px * PX_PER_MM, py * PX_PER_MM] as const),
        2.4,
      );
    draw(points);
    draw([
      [START_MM + 8, y],
      [110, y],
    ]);
    return {
      baselineY: y * PX_PER_MM,
      x0: (START_MM - 1.5) * PX_PER_MM,
      x1: 110 * PX_PER_MM,
    } as TraceRow;
  });
  return [ink, rows];
}

/** Leaves every third pixel of the strokes away, as faint copies do. */
function fray({ data, width, height }: FloatRaster): FloatRaster {
  return {
    data: data.map((value, at) => (((at % width) * 7 + Math.floor(at / width) * 5) % 3 === 0 ? 0 : value)),
    width,
    height,
  };
}

it('finds pulses that stand one upon the other, where rows are nearer than pulses are high', () => {
  const pulses = findSharedPulses(...page(8, 8.7), PX_PER_MM);
  expect(pulses.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  for (const { leftX, rightX, heightMm, side } of pulses) {
    expect(side).toBe('left');
    expect(Math.abs(leftX / PX_PER_MM - START_MM)).toBeLessThan(0.4);
    expect(Math.abs(rightX / PX_PER_MM - START_MM - 5)).toBeLessThan(0.4);
    expect(Math.abs(heightMm - 10)).toBeLessThan(0.5);
  }
});

it('finds frayed pulses', () => {
  const [ink, rows] = page(3, 40);
  const pulses = findSharedPulses(fray(ink), rows, PX_PER_MM);
  expect(pulses).toHaveLength(3);
});

it('finds the pulse of a single row with a hole in its plateau, where the scale is known', () => {
  const [ink, rows] = page(1, 40);
  const hole = Math.round((START_MM + 1.5) * PX_PER_MM);
  for (let y = 0; y < ink.height / 2; y++) ink.data.fill(0, y * ink.width + hole, y * ink.width + hole + 8);
  const [pulse, ...others] = findSharedPulses(ink, rows, PX_PER_MM);
  expect(others).toEqual([]);
  expect(Math.abs(pulse!.rightX / PX_PER_MM - START_MM - 5)).toBeLessThan(0.4);
  expect(findSharedPulses(ink, rows, PX_PER_MM, true)).toEqual([]);
});

it('takes no complex of a single row for a pulse', () => {
  const [ink, rows] = page(1, 40, [0]);
  const wave = [
    [START_MM, 31.5],
    [START_MM + 1, 21.5],
    [START_MM + 4, 21.5],
    [START_MM + 6, 31.5],
  ] as const;
  drawTrace(
    ink,
    wave.map(([x, y]) => [x * PX_PER_MM, y * PX_PER_MM] as const),
    2.4,
  );
  expect(findSharedPulses(ink, rows, PX_PER_MM)).toEqual([]);
});

it('finds none where most rows have none', () => {
  expect(findSharedPulses(...page(6, 25, [0, 1, 3, 5]), PX_PER_MM)).toEqual([]);
});

it('takes no borders for pulses', () => {
  const [ink, rows] = page(6, 25);
  for (const { baselineY } of rows) {
    const [x0, x1] = [(START_MM - 6) * PX_PER_MM, (START_MM - 1) * PX_PER_MM];
    for (let y = Math.round(baselineY - 10 * PX_PER_MM); y < baselineY; y++) {
      ink.data.fill(1, y * ink.width + x0 - 20, y * ink.width + x0 + 3);
      ink.data.fill(1, y * ink.width + x1 - 3, y * ink.width + x1 + 20);
    }
    drawTrace(
      ink,
      [x0, x1].map((x) => [x, baselineY - 10 * PX_PER_MM] as const),
      2.4,
    );
  }
  const bars = rows.map((row) => ({ ...row, x0: (START_MM - 8) * PX_PER_MM }));
  expect(findSharedPulses(ink, bars, PX_PER_MM)).toEqual([]);
});

it('takes no lines that go on for pulses, nor boxes of the grid', () => {
  const [ink, rows] = page(6, 8.7);
  for (const x of [START_MM, START_MM + 5]) {
    drawTrace(
      ink,
      [
        [x * PX_PER_MM, 0],
        [x * PX_PER_MM, ink.height - 1],
      ],
      2.4,
    );
  }
  expect(findSharedPulses(ink, rows, PX_PER_MM)).toEqual([]);
  const boxes = blankRaster(120 * PX_PER_MM, 120 * PX_PER_MM);
  for (const row of [0, 1, 2, 3, 4]) {
    const [top, foot] = [20 + 15 * row, 30 + 15 * row].map((mm) => mm * PX_PER_MM) as [number, number];
    const [x0, x1] = [START_MM * PX_PER_MM, (START_MM + 5) * PX_PER_MM];
    drawTrace(
      boxes,
      [
        [x0, foot],
        [x0, top],
        [x1, top],
        [x1, foot],
      ],
      2.4,
    );
  }
  const onBoxes = [0, 1, 2, 3, 4].map(
    (row) =>
      ({ baselineY: (30 + 15 * row) * PX_PER_MM, x0: 18 * PX_PER_MM, x1: 110 * PX_PER_MM }) as TraceRow,
  );
  expect(findSharedPulses(boxes, onBoxes, PX_PER_MM)).toEqual([]);
});
