import type { WarpMap } from './rectification.ts';

/** Image pixel of a canonical pixel: bilinear between the nodes, continued straight beyond them. */
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
    w00 * (xs[at] as number) +
      w10 * (xs[at + 1] as number) +
      w01 * (xs[below] as number) +
      w11 * (xs[below + 1] as number),
    w00 * (ys[at] as number) +
      w10 * (ys[at + 1] as number) +
      w01 * (ys[below] as number) +
      w11 * (ys[below + 1] as number),
  ];
}

/**
 * Canonical pixel of an image pixel, the inverse of {@link canonicalToImage}: Newton's method from `guess` or from the
 * page's overall map, to 1e-4 px. Far off the page the answer is an extrapolation.
 */
export function imageToCanonical(
  warp: WarpMap,
  x: number,
  y: number,
  guess: readonly [number, number] = overallGuess(warp, x, y),
): [number, number] {
  const { columns, rows, stepPx, xs, ys } = warp;
  let [u, v] = [guess[0] / stepPx, guess[1] / stepPx];
  for (let round = 0; round < 30; round++) {
    const i = Math.max(0, Math.min(columns - 2, Math.floor(u)));
    const j = Math.max(0, Math.min(rows - 2, Math.floor(v)));
    const a = u - i;
    const b = v - j;
    const at = j * columns + i;
    const below = at + columns;
    const x00 = xs[at] as number;
    const x10 = (xs[at + 1] as number) - x00;
    const x01 = (xs[below] as number) - x00;
    const x11 = (xs[below + 1] as number) - x00 - x10 - x01;
    const y00 = ys[at] as number;
    const y10 = (ys[at + 1] as number) - y00;
    const y01 = (ys[below] as number) - y00;
    const y11 = (ys[below + 1] as number) - y00 - y10 - y01;
    const errorX = x - (x00 + a * x10 + b * x01 + a * b * x11);
    const errorY = y - (y00 + a * y10 + b * y01 + a * b * y11);
    const xu = x10 + b * x11;
    const xv = x01 + a * x11;
    const yu = y10 + b * y11;
    const yv = y01 + a * y11;
    const determinant = xu * yv - xv * yu;
    if (determinant === 0) break;
    const du = (errorX * yv - errorY * xv) / determinant;
    const dv = (errorY * xu - errorX * yu) / determinant;
    u += du;
    v += dv;
    if (Math.abs(du) + Math.abs(dv) < 1e-6) break;
  }
  return [u * stepPx, v * stepPx];
}

/** {@link canonicalToImage} for many points, `[x0, y0, x1, y1, ...]` in and out. */
export function canonicalPointsToImage(warp: WarpMap, points: ArrayLike<number>): Float64Array {
  const out = new Float64Array(points.length);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = canonicalToImage(warp, points[at] as number, points[at + 1] as number);
    out[at] = x;
    out[at + 1] = y;
  }
  return out;
}

/** {@link imageToCanonical} for many points, `[x0, y0, x1, y1, ...]` in and out; fastest when neighbours are near. */
export function imagePointsToCanonical(warp: WarpMap, points: ArrayLike<number>): Float64Array {
  const out = new Float64Array(points.length);
  let guess: [number, number] | undefined;
  for (let at = 0; at + 1 < points.length; at += 2) {
    guess = imageToCanonical(warp, points[at] as number, points[at + 1] as number, guess);
    if (!Number.isFinite(guess[0]) || !Number.isFinite(guess[1])) guess = undefined;
    out[at] = guess?.[0] ?? NaN;
    out[at + 1] = guess?.[1] ?? NaN;
  }
  return out;
}

/** The page taken for a parallelogram: good enough for Newton's method to start from. */
function overallGuess(warp: WarpMap, x: number, y: number): [number, number] {
  const { columns, rows, stepPx, xs, ys } = warp;
  const right = columns - 1;
  const bottom = (rows - 1) * columns;
  const x0 = xs[0] as number;
  const y0 = ys[0] as number;
  const xu = ((xs[right] as number) - x0) / right;
  const yu = ((ys[right] as number) - y0) / right;
  const xv = ((xs[bottom] as number) - x0) / (rows - 1);
  const yv = ((ys[bottom] as number) - y0) / (rows - 1);
  const determinant = xu * yv - xv * yu;
  if (determinant === 0) return [0, 0];
  const u = ((x - x0) * yv - (y - y0) * xv) / determinant;
  const v = ((y - y0) * xu - (x - x0) * yu) / determinant;
  return [u * stepPx, v * stepPx];
}
