import { expect, it } from 'vitest';
import { layMesh } from './paper-mesh.ts';
import { planeOfMost, slippedPlane } from './plane-of-most.ts';
import { planeThrough } from './plane-through.ts';

const place = (x: number, y: number): readonly [number, number] => {
  const w = 1 + 1e-4 * x;
  return [(6 * x + 0.1 * y) / w, (6 * y - 0.1 * x) / w];
};
const mesh = layMesh({ x0: 0, y0: 0, x1: 250, y1: 120 }, 5, place);
const trust = new Float64Array(mesh.xs.length).fill(1);
const column = (at: number): number => at % mesh.columns;

/** The mesh with a box too few counted below each other right of a strip in which the lines are lost from sight. */
const slipped = (() => {
  const ys = mesh.ys.map((y, at) => {
    const slip = Math.min(1, Math.max(0, (column(at) - 12) / 10));
    return y + 30 * slip;
  });
  return { ...mesh, ys };
})();

it('finds the plane on which boxes were counted wrong', () => {
  const most = planeOfMost(slipped, trust)!;
  expect(most.share).toBeGreaterThan(0.75);
  expect(most.off).toBeGreaterThan(0.2);
  expect(slippedPlane(slipped, trust, 0.6)).not.toBeNull();
  // The plane may be counted from either side of the strip, so it is a whole box off where it is not in place.
  const offs = most.plane.ys.map((y, at) => (y - mesh.ys[at]!) / 30);
  const whole = Math.round(offs[0]!);
  for (const off of offs) expect(Math.abs(off - whole)).toBeLessThan(0.06);
  const straight = planeThrough(slipped, trust)!;
  const astray = straight.ys.filter((y, at) => {
    const off = (y - slipped.ys[at]!) / 30;
    return Math.abs(off - Math.round(off)) > 0.06;
  });
  expect(astray.length).toBeGreaterThan(0.4 * mesh.ys.length);
});

it('finds little off where the boxes were counted right, and little of a plane on bent paper', () => {
  expect(planeOfMost(mesh, trust)!.off).toBe(0);
  expect(planeOfMost(mesh, trust)!.share).toBe(1);
  expect(slippedPlane(mesh, trust, 0.6)).toBeNull();
  const ys = mesh.ys.map((y, at) => y + 15 * Math.sin(column(at) / 6));
  expect(planeOfMost({ ...mesh, ys }, trust)?.share ?? 0).toBeLessThan(0.6);
  expect(planeOfMost(mesh, new Float64Array(mesh.xs.length))).toBeNull();
});
