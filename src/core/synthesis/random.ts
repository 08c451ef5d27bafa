/** A small deterministic source of random numbers; the same seed gives the same sequence everywhere. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** Uniform in [low, high). */
  readonly uniform: (low: number, high: number) => number;
  /** Normal with the given mean and standard deviation (Box-Muller). */
  readonly normal: (mean: number, deviation: number) => number;
  /** Integer in [low, high]. */
  readonly integer: (low: number, high: number) => number;
  /** One of the items, all equally likely. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** An independent source for a named part, so that parts do not disturb each other's sequences. */
  readonly fork: (name: string) => Random;
}

/**
 * Random numbers by mulberry32 (32-bit state, period 2^32): quick, and good enough for drawing pictures.
 *
 * @param seed any integer
 * @example
 * createRandom(1).next(); // 0.6270739405881613
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    chance: (probability) => next() < probability,
    fork: (name) => createRandom(hash(name, seed)),
  };
}

/** FNV-1a of the name, started from the seed. */
function hash(name: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}
