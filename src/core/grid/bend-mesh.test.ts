import { expect, test } from 'vitest';
import { bendPoints } from './bend-mesh.ts';

const bent = (points: readonly [number, number][], handles: Parameters<typeof bendPoints>[2]) => {
  const xs = Float64Array.from(points, ([x]) => x);
  const ys = Float64Array.from(points, ([, y]) => y);
  bendPoints(xs, ys, handles, 50);
  return points.map((_, i) => [xs[i]!, ys[i]!]);
};

test('the lattice goes where a handle is put, and less far away from it', () => {
  const [at, beside, far] = bent(
    [
      [100, 100],
      [150, 100],
      [400, 400],
    ],
    [{ x: 100, y: 100, toX: 104, toY: 97 }],
  );
  expect(at![0]).toBeCloseTo(104, 3);
  expect(at![1]).toBeCloseTo(97, 3);
  expect(beside![0]).toBeCloseTo(150 + 4 * Math.exp(-0.5), 3);
  expect(far![0]).toBeCloseTo(400, 3);
});

test('what one handle has put right the next one leaves alone', () => {
  const [first, second] = bent(
    [
      [100, 100],
      [160, 100],
    ],
    [
      { x: 100, y: 100, toX: 100, toY: 110 },
      { x: 160, y: 100 + 10 * Math.exp(-0.72), toX: 160, toY: 95 },
    ],
  );
  expect(first![1]).toBeCloseTo(110, 2);
  expect(second![1]).toBeCloseTo(95, 2);
});

test('a handle that is moved again ends where it was put last', () => {
  const [at] = bent(
    [[100, 100]],
    [
      { x: 100, y: 100, toX: 110, toY: 100 },
      { x: 110, y: 100, toX: 104, toY: 100 },
    ],
  );
  expect(at![0]).toBeCloseTo(104, 3);
});
