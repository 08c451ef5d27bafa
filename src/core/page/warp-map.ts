import type { WarpMap } from './rectification.ts';

/** Image coordinates of a canonical point: bilinear inside the map, continued along its border cells outside. */
export function canonicalToImage(warp: WarpMap, x: number, y: number): [number, number] {
  const { columns, rows, stepPx, xs, ys } = warp;
  const u = x / stepPx;
  const v = y / stepPx;
  const i = Math.max(0, Math.min(columns - 2, Math.floor(u)));
  const j = Math.max(0, Math.min(rows - 2, Math.floor(v)));
  const a = u - i;
  const b = v - j;
  const at = j * columns + i;
  const below = at + columns;
  const w00 = (1 - a) * (1 - b);
  const w10 = a * (1 - b);
  const w01 = (1 - a) * b;
  const w11 = a * b;
  return [
    w00 * xs[at]! + w10 * xs[at + 1]! + w01 * xs[below]! + w11 * xs[below + 1]!,
    w00 * ys[at]! + w10 * ys[at + 1]! + w01 * ys[below]! + w11 * ys[below + 1]!,
  ];
}

const NEWTON_ROUNDS = 12;

/**
 * Canonical coordinates of an image point: Newton's method on the bilinear map from its middle, exact to 1e-4 px for
 * points on the paper; points off the map are continued like `canonicalToImage` does.
 */
export function imageToCanonical(warp: WarpMap, x: number, y: number): [number, number] {
  let u = ((warp.columns - 1) * warp.stepPx) / 2;
  let v = ((warp.rows - 1) * warp.stepPx) / 2;
  for (let round = 0; round < NEWTON_ROUNDS; round++) {
    const [px, py] = canonicalToImage(warp, u, v);
    const [rx, ry] = canonicalToImage(warp, u + 1, v);
    const [dx, dy] = canonicalToImage(warp, u, v + 1);
    const a = rx - px;
    const b = dx - px;
    const c = ry - py;
    const d = dy - py;
    const det = a * d - b * c;
    if (!(Math.abs(det) > 1e-9)) break;
    const ex = x - px;
    const ey = y - py;
    const stepU = (d * ex - b * ey) / det;
    const stepV = (a * ey - c * ex) / det;
    u += stepU;
    v += stepV;
    if (Math.abs(stepU) + Math.abs(stepV) < 1e-4) break;
  }
  return [u, v];
}
