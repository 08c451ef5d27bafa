import { expect, test } from 'vitest';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import { nearestTrace, traceBounds, tracePointAt } from './trace-geometry.ts';

const trace: TraceView = {
  cellId: 'r0c0',
  lead: 'I',
  role: 'lead',
  startSeconds: 1,
  stepSeconds: 0.1,
  xs: Float32Array.of(10, 20, 30, 40),
  ys: Float32Array.of(5, 15, NaN, 25),
  confidence: Float32Array.of(1, 1, 1, 1),
  human: new Uint8Array(0),
};

test('the nearest sample in reach is found with its page time', () => {
  expect(nearestTrace([trace], 21, 14, 10)).toMatchObject({ cellId: 'r0c0', index: 1, seconds: 1.1 });
  expect(nearestTrace([trace], 30, 300, 10)).toBeNull();
});

test('points between samples are interpolated, gaps have none', () => {
  expect(tracePointAt(trace, 1.05)![0]).toBeCloseTo(15);
  expect(tracePointAt(trace, 1.05)![1]).toBeCloseTo(10);
  expect(tracePointAt(trace, 1.15)).toBeNull();
  expect(tracePointAt(trace, 0.9)).toBeNull();
  expect(tracePointAt(trace, 1.5)).toBeNull();
});

test('bounds leave gaps and other times out', () => {
  expect(traceBounds(trace)).toEqual({ x0: 10, y0: 5, x1: 40, y1: 25 });
  expect(traceBounds(trace, 1.05, 1.35)).toEqual({ x0: 20, y0: 15, x1: 40, y1: 25 });
  expect(traceBounds(trace, 5, 6)).toBeNull();
});
