import { expect, test } from 'vitest';
import type { PageBundle } from '../services/page-bundle.ts';
import { magnifiedValues } from './magnified-values.ts';

/** A lead of one second along y = 100, 0.5 mV high throughout, at 10 px/mm and 10 mm/mV. */
const bundle = (inverted = false) =>
  ({
    detail: {
      cells: [{ id: 'a', lead: 'V2', inverted }],
      facts: { pxPerMmY: 10, gainMmPerMillivolt: 10 },
    },
    traces: [
      {
        cellId: 'a',
        lead: 'V2',
        startSeconds: 2,
        stepSeconds: 0.01,
        xs: Float32Array.from({ length: 101 }, (_, i) => i * 2),
        ys: new Float32Array(101).fill(100),
      },
    ],
    signals: [{ cellId: 'a', startSeconds: 2, fs: 100, millivolts: new Float32Array(101).fill(0.5) }],
  }) as unknown as PageBundle;

test('a point above the trace is as many millivolts higher as the paper says', () => {
  const values = magnifiedValues(bundle(), () => [0, 50], 100, 90, 20)!;
  expect(values.lead).toBe('V2');
  expect(values.milliseconds).toBeCloseTo(2500);
  expect(values.millivolts).toBeCloseTo(0.5);
  expect(values.pointMillivolts).toBeCloseTo(0.6);
  expect(magnifiedValues(bundle(true), () => [0, 50], 100, 90, 20)!.pointMillivolts).toBeCloseTo(0.4);
});

test('the moment is that of the column under the point, and nothing is told far from every trace', () => {
  expect(magnifiedValues(bundle(), () => null, 33, 95, 20)).toMatchObject({ pointMillivolts: null });
  expect(magnifiedValues(bundle(), () => null, 33, 95, 20)!.milliseconds).toBeCloseTo(2165);
  expect(magnifiedValues(bundle(), () => [0, 1], 100, 300, 20)).toBeNull();
});
