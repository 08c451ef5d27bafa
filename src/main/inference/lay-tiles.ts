/** Equal tiles along one axis that overlap, and how much each counts at each of its pixels. */
export interface TileRow {
  /** Pixels per tile, a multiple of the stride. */
  readonly length: number;
  readonly starts: readonly number[];
  /** Per tile and pixel; over all tiles they add up to 1 at each pixel of the axis, and are 0 beyond its end. */
  readonly weights: readonly Float32Array[];
}

export interface TileOptions {
  /** Largest tile. */
  readonly tilePx: number;
  /** Least overlap of neighbours. */
  readonly overlapPx: number;
  readonly stridePx: number;
}

/**
 * Divides `length` pixels into as few tiles of at most `tilePx` as overlap by `overlapPx`, all equal and nearly evenly
 * spread. Tiles start at multiples of the stride, as the network's blocks of pixels do; the last may reach beyond the
 * end. In an overlap each counts by its distance from its own edge, so that results fade into one another.
 *
 * @param options `tilePx` a multiple of `stridePx`, at least `stridePx + overlapPx`
 */
export function layTiles(length: number, options: TileOptions): TileRow {
  const { tilePx, overlapPx, stridePx } = options;
  const up = (px: number) => Math.ceil(px / stridePx) * stridePx;
  const padded = up(length);
  const longestStep = Math.floor((tilePx - overlapPx) / stridePx) * stridePx;
  const count = padded <= tilePx ? 1 : 1 + Math.ceil((padded - tilePx) / longestStep);
  let tile = up((padded + (count - 1) * overlapPx) / count);
  const step = () => (count === 1 ? 0 : up((padded - tile) / (count - 1)));
  while (count > 1 && tile - step() < overlapPx) tile += stridePx;
  const starts = Array.from({ length: count }, (_, k) => Math.min(k * step(), padded - tile));
  const fade = starts.map((start, k) =>
    Float32Array.from({ length: tile }, (_, x) => {
      if (start + x >= length) return 0;
      const left = k === 0 ? Infinity : x + 1;
      const right = k === count - 1 ? Infinity : tile - x;
      return Math.min(1, left / overlapPx, right / overlapPx);
    }),
  );
  const total = new Float32Array(length);
  starts.forEach((start, k) => {
    for (let x = 0; x < tile && start + x < length; x++) total[start + x]! += fade[k]![x]!;
  });
  starts.forEach((start, k) => {
    for (let x = 0; x < tile && start + x < length; x++) fade[k]![x]! /= total[start + x]!;
  });
  return { length: tile, starts, weights: fade };
}
