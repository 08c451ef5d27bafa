/** What a flood from a seed reached, the easiest pixels first. */
export interface InkFlood {
  /** Indices of pixels, row by row, those that need the lowest threshold last. */
  readonly pixels: Int32Array;
  /** Per entry of `pixels`: the highest strength, 1..255, above which no way of ink leads there from the seed. */
  readonly levels: Uint8Array;
}

/** Where a flood may go. */
export interface FloodGround {
  readonly width: number;
  readonly height: number;
  /** Strength of the ink at a pixel, 0..255. */
  readonly strength: (pixel: number) => number;
  /** Whether a pixel may be entered; `from` is the one before it. Asked once per pixel and neighbour. */
  readonly passable: (pixel: number, from: number) => boolean;
}

/**
 * Floods from a seed and tells for each pixel at which threshold it is reached: the weakest spot of the best way to it
 * (the minimax path that a priority flood finds, DOI 10.1016/j.cageo.2013.04.024). Every threshold's fill is then a
 * beginning of the list, so that a change of tolerance costs no search. Eight neighbours; O(pixels reached).
 *
 * @param least - strength below which nothing is flooded, 1..255
 */
export function floodInk(ground: FloodGround, seed: number, least: number): InkFlood {
  const { width, height, strength, passable } = ground;
  const heads = new Int32Array(256).fill(-1);
  const next = new Map<number, number>();
  const pixels: number[] = [];
  const levels: number[] = [];
  const push = (pixel: number, level: number): void => {
    next.set(pixel, heads[level]!);
    heads[level] = pixel;
  };
  const first = Math.min(255, strength(seed));
  if (first < least) return { pixels: new Int32Array(0), levels: new Uint8Array(0) };
  push(seed, first);
  for (let level = first; level >= least; level--) {
    while (heads[level]! >= 0) {
      const pixel = heads[level]!;
      heads[level] = next.get(pixel)!;
      pixels.push(pixel);
      levels.push(level);
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx;
          if (next.has(neighbour)) continue;
          const there = Math.min(level, strength(neighbour));
          if (there >= least && passable(neighbour, pixel)) push(neighbour, there);
        }
      }
    }
  }
  return { pixels: Int32Array.from(pixels), levels: Uint8Array.from(levels) };
}
