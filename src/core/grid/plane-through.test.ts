import { describe, expect, test } from 'vitest';
import { layMesh } from './paper-mesh.ts';
import { planeThrough } from './plane-through.ts';

const place = (x: number, y: number): readonly [number, number] => {
  const w = 1 + 3e-4 * x;
  return [(8 * x + y) / w, (7.5 * y - 0.3 * x) / w];
};
const mesh = layMesh({ x0: 0, y0: 0, x1: 150, y1: 100 }, 5, place);

describe('planeThrough', () => {
  test('is not moved by a patch of nodes that strayed by a small box', () => {
    const isStray = (i: number, j: number): boolean => i > 8 && i < 18 && j > 5 && j < 14;
    const strayed = mesh.xs.map((x, at) =>
      isStray(at % mesh.columns, Math.floor(at / mesh.columns)) ? x + 8 : x,
    );
    const plane = planeThrough({ ...mesh, xs: strayed }, new Float64Array(mesh.xs.length).fill(1));
    for (let at = 0; at < mesh.xs.length; at++) {
      expect(Math.abs(plane!.xs[at]! - mesh.xs[at]!)).toBeLessThan(0.4);
      expect(Math.abs(plane!.ys[at]! - mesh.ys[at]!)).toBeLessThan(0.4);
    }
  });

  test('goes by trusted nodes alone, and by no fewer than determine it well', () => {
    const trust = new Float64Array(mesh.xs.length);
    trust.fill(1, 0, 11);
    expect(planeThrough(mesh, trust)).toBeNull();
    const wild = mesh.xs.map((x, at) => (at % 2 === 0 ? x : 1e3));
    const half = trust.map((_, at) => (at % 2 === 0 ? 1 : 0));
    const plane = planeThrough({ ...mesh, xs: wild }, half)!;
    expect(Math.abs(plane.xs[1]! - mesh.xs[1]!)).toBeLessThan(1e-3);
  });
});
