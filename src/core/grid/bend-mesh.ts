import { solveLinear } from '../image/solve-linear.ts';

/** A place of the lattice that really lies elsewhere, pixels. */
export interface GridHandle {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

/** Paper that is known: four points in pixels, clockwise from the upper left of the upright paper, and its size. */
export interface GridFrame {
  readonly corners: readonly (readonly [number, number])[];
  readonly widthMm: number;
  readonly heightMm: number;
}

/** How far about a handle the lattice follows it, millimetres: to 60 % at this distance. */
export const HANDLE_REACH_MM = 15;
/** Two handles nearer to each other than this are one that was moved again, pixels. */
const SAME_PX = 2;

/**
 * Bends points of a lattice, in place: each handle takes the lattice about it along, one after the other, and what the
 * handles before have put right stays where it is. Radial basis functions (Gaussians) through the handles; O(points *
 * handles^2).
 *
 * @param reachPx distance at which the lattice follows to 60 %
 */
export function bendPoints(
  xs: Float64Array | Float32Array,
  ys: Float64Array | Float32Array,
  handles: readonly GridHandle[],
  reachPx: number,
): void {
  handles.forEach(({ x, y, toX, toY }, i) => {
    const fixed = handles
      .slice(0, i)
      .map((handle): [number, number] => [handle.toX, handle.toY])
      .filter(([fx, fy]) => Math.hypot(fx - x, fy - y) > SAME_PX);
    const centres: [number, number][] = [[x, y], ...fixed];
    const shares = weights(centres, reachPx);
    for (let at = 0; at < xs.length; at++) {
      let share = 0;
      centres.forEach(([cx, cy], k) => {
        share += shares[k]! * near(xs[at]! - cx, ys[at]! - cy, reachPx);
      });
      xs[at] = xs[at]! + share * (toX - x);
      ys[at] = ys[at]! + share * (toY - y);
    }
  });
}

/** Weights of the functions about the centres for which their sum is 1 at the first one and 0 at the others. */
function weights(centres: readonly (readonly [number, number])[], reachPx: number): Float64Array {
  const n = centres.length;
  const matrix = new Float64Array(n * n);
  centres.forEach(([ax, ay], i) => {
    centres.forEach(([bx, by], j) => {
      matrix[i * n + j] = near(ax - bx, ay - by, reachPx) + (i === j ? 1e-6 : 0);
    });
  });
  const right = new Float64Array(n);
  right[0] = 1;
  return solveLinear(matrix, right) ?? right;
}

function near(dx: number, dy: number, reachPx: number): number {
  return Math.exp(-(dx * dx + dy * dy) / (2 * reachPx * reachPx));
}
