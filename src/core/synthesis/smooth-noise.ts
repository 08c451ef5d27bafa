import type { Random } from './random.ts';

/** A smooth random function of the plane with values in [-1, 1]. */
export type SmoothNoise = (x: number, y: number) => number;

/**
 * Value noise: random numbers on a lattice, blended by smoothstep (Perlin's fade of 1985, DOI 10.1145/325334.325247).
 *
 * @param wavelength distance of the lattice points, in the unit of the arguments
 */
export function createSmoothNoise(random: Random, wavelength: number): SmoothNoise {
  const values = Float32Array.from({ length: 256 }, () => random.uniform(-1, 1));
  const order = Uint8Array.from({ length: 256 }, () => random.integer(0, 255));
  const at = (i: number, j: number) => values[(order[i & 255]! + j) & 255]!;
  return (x, y) => {
    const u = x / wavelength;
    const v = y / wavelength;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const a = u - i;
    const b = v - j;
    const s = a * a * (3 - 2 * a);
    const t = b * b * (3 - 2 * b);
    const upper = at(i, j) + (at(i + 1, j) - at(i, j)) * s;
    const lower = at(i, j + 1) + (at(i + 1, j + 1) - at(i, j + 1)) * s;
    return upper + (lower - upper) * t;
  };
}
