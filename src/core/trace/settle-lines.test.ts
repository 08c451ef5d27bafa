import { expect, test } from 'vitest';
import { reshapeLine } from './line-response.ts';
import { doubtShare, DOUBTFUL_LINES, habitShare, settleLines } from './settle-lines.ts';
import type { TracePath } from './trace-path.ts';

const PX_PER_MM = 8;

const path = (cellId: string): TracePath => ({
  cellId,
  x0: 0,
  y: new Float32Array(100),
  confidence: new Float32Array(100).fill(1),
  bridged: new Uint8Array(100),
  strokeWidthPx: 3,
  fineY: Float32Array.from(
    { length: 400 },
    (_, k) => 50 - 30 * Math.exp(-(((k - 200) / 8) ** 2)) + (k % 2) / 4,
  ),
  samplesPerPx: 4,
});

test('lines of doubtful leads are settled in full, those of trusted ones less, of sure ones not at all', () => {
  const trust: Record<string, number> = { none: 0, doubtful: 0.5, fair: 0.75, sure: 1 };
  const before = Object.keys(trust).map(path);
  const after = settleLines(before, (id) => trust[id]!, PX_PER_MM);
  const moved = after.map(({ fineY }, k) =>
    fineY.reduce((sum, row, at) => sum + Math.abs(row - before[k]!.fineY[at]!), 0),
  );
  expect(after[0]!.fineY).toEqual(reshapeLine(before[0]!, DOUBTFUL_LINES, PX_PER_MM).fineY);
  expect(moved[1]).toBeCloseTo(moved[0]!, 3);
  expect(moved[2]! / moved[0]!).toBeCloseTo(0.5, 2);
  expect(after[3]).toBe(before[3]);
});

test('doubt grows from none at full trust to all of it at a half', () => {
  expect([0, 0.3, 0.5, 0.9, 1].map(doubtShare).map((share) => Number(share.toFixed(6)))).toEqual([
    1, 1, 1, 0.2, 0,
  ]);
});

test('what corrected pages showed is left to leads that are not clear', () => {
  expect([0, 0.5, 0.65, 0.8, 0.9, 1].map(habitShare).map((share) => Number(share.toFixed(6)))).toEqual([
    1, 1, 0.5, 0, 0, 0,
  ]);
});

test('what trembles from sample to sample grows quieter, and a narrow peak hardly lower', () => {
  const before = path('a');
  const [after] = settleLines([before], () => 0, PX_PER_MM);
  const tremble = ({ fineY }: TracePath): number => {
    let sum = 0;
    for (let k = 1; k < 100; k++) sum += Math.abs(fineY[k]! - fineY[k - 1]!);
    return sum;
  };
  expect(tremble(after!)).toBeLessThan(0.8 * tremble(before));
  const top = (line: TracePath): number => line.fineY.reduce((least, row) => Math.min(least, row));
  expect(top(after!) - top(before)).toBeLessThan(2);
});
