import { solveLinear } from '../image/solve-linear.ts';

/** Row-major 3x3 projective map with the last entry 1: (x, y) -> ((h0 x + h1 y + h2) / w, (h3 x + h4 y + h5) / w). */
export type Homography = Float64Array;

/** Applies a homography to a point. Points on its horizon give infinities. */
export function applyHomography(h: Homography, x: number, y: number): [number, number] {
  const w = (h[6] as number) * x + (h[7] as number) * y + 1;
  return [
    ((h[0] as number) * x + (h[1] as number) * y + (h[2] as number)) / w,
    ((h[3] as number) * x + (h[4] as number) * y + (h[5] as number)) / w,
  ];
}

/**
 * Least-squares homography from points `(fromX, fromY)` to `(toX, toY)`; coordinates should be of order 1..1000, four
 * points or more in general position. Re-weighted `rounds` times so that outliers lose their say (Cauchy weights with
 * the median residual as scale). `null` when the points do not determine one.
 */
export function fitHomography(
  fromX: Float64Array,
  fromY: Float64Array,
  toX: Float64Array,
  toY: Float64Array,
  rounds = 6,
): Homography | null {
  const count = fromX.length;
  if (count < 4) return null;
  const from = spread(fromX, fromY);
  const to = spread(toX, toY);
  const weights = new Float64Array(count).fill(1);
  let h: Homography | null = null;
  for (let round = 0; round < rounds; round++) {
    const normal = new Float64Array(64);
    const right = new Float64Array(8);
    for (let at = 0; at < count; at++) {
      const x = ((fromX[at] as number) - from.x) / from.scale;
      const y = ((fromY[at] as number) - from.y) / from.scale;
      const u = ((toX[at] as number) - to.x) / to.scale;
      const v = ((toY[at] as number) - to.y) / to.scale;
      const weight = weights[at] as number;
      accumulate(normal, right, [x, y, 1, 0, 0, 0, -u * x, -u * y], u, weight);
      accumulate(normal, right, [0, 0, 0, x, y, 1, -v * x, -v * y], v, weight);
    }
    for (let k = 0; k < 8; k++) normal[9 * k] = (normal[9 * k] as number) * (1 + 1e-9) + 1e-12;
    const solution = solveLinear(normal, right);
    if (solution === null) return h;
    h = denormalise(solution, from, to);
    const residuals = new Float64Array(count);
    for (let at = 0; at < count; at++) {
      const [x, y] = applyHomography(h, fromX[at] as number, fromY[at] as number);
      residuals[at] = Math.hypot(x - (toX[at] as number), y - (toY[at] as number));
    }
    const typical = Float64Array.from(residuals).sort()[count >> 1] as number;
    for (let at = 0; at < count; at++) {
      weights[at] = 1 / (1 + ((residuals[at] as number) / (2 * typical + 1e-6)) ** 2);
    }
  }
  return h;
}

/** The map back. */
export function invertHomography(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i] = h as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const inverse = Float64Array.of(
    e - f * i,
    c * i - b,
    b * f - c * e,
    f * g - d,
    a - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  );
  const last = inverse[8] as number;
  return inverse.map((value) => value / last);
}

interface Spread {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

function spread(xs: Float64Array, ys: Float64Array): Spread {
  let x = 0;
  let y = 0;
  for (let at = 0; at < xs.length; at++) {
    x += (xs[at] as number) / xs.length;
    y += (ys[at] as number) / xs.length;
  }
  let scale = 0;
  for (let at = 0; at < xs.length; at++) {
    scale += Math.hypot((xs[at] as number) - x, (ys[at] as number) - y) / xs.length;
  }
  return { x, y, scale: scale || 1 };
}

function accumulate(
  normal: Float64Array,
  right: Float64Array,
  row: number[],
  value: number,
  weight: number,
): void {
  for (let i = 0; i < 8; i++) {
    const scaled = weight * (row[i] as number);
    right[i] = (right[i] as number) + scaled * value;
    for (let j = 0; j < 8; j++)
      normal[8 * i + j] = (normal[8 * i + j] as number) + scaled * (row[j] as number);
  }
}

/** Undoes the normalisation: T_to^-1 * H * T_from, scaled so that the last entry is 1. */
function denormalise(n: Float64Array, from: Spread, to: Spread): Homography {
  const rows = [
    [n[0] as number, n[1] as number, n[2] as number],
    [n[3] as number, n[4] as number, n[5] as number],
    [n[6] as number, n[7] as number, 1],
  ].map(([a, b, c]) => {
    const p = (a as number) / from.scale;
    const q = (b as number) / from.scale;
    return [p, q, (c as number) - p * from.x - q * from.y];
  }) as [number, number, number][];
  const [r0, r1, r2] = rows as [[number, number, number], [number, number, number], [number, number, number]];
  const out = new Float64Array(9);
  for (let k = 0; k < 3; k++) {
    out[k] = to.scale * (r0[k] as number) + to.x * (r2[k] as number);
    out[3 + k] = to.scale * (r1[k] as number) + to.y * (r2[k] as number);
    out[6 + k] = r2[k] as number;
  }
  const last = out[8] as number;
  return out.map((value) => value / last);
}
