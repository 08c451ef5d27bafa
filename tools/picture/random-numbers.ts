/** Uniform random number in [0, 1). */
export type Rng = () => number;

/** Mulberry32: small, seeded, good enough to shuffle. */
export function makeRng(seed: number): Rng {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Uniform in [a, b). */
export const between = (rng: Rng, a: number, b: number): number => a + (b - a) * rng();

/** Standard normal deviate. */
export function gaussian(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(rng() + 1e-12)) * Math.cos(2 * Math.PI * rng());
}
