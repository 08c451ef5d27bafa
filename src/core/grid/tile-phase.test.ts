import { describe, expect, test } from 'vitest';
import type { FloatRaster } from '../image/raster.ts';
import { anchorTiles } from './tile-phase.ts';
import { TILE_SIZE, trackTiles, type TrackedTiles } from './track-tiles.ts';

const PERIOD = 26;

/** Evidence of 1-mm lines at 5.2 px/mm, every fifth stronger by `major`; `hidden` tells where the page shows noise alone. */
function drawEvidence(
  width: number,
  height: number,
  major: number,
  noise: number,
  hidden: (x: number, y: number) => boolean = () => false,
): FloatRaster {
  let state = 77;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const line = (px: number, period: number): number =>
    Math.abs(px - period * Math.round(px / period)) < 0.9 ? 1 : 0;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grid =
        line(x, PERIOD / 5) + line(y, PERIOD / 5) + major * (line(x, PERIOD) + line(y, PERIOD)) - 0.7;
      data[y * width + x] = (hidden(x, y) ? 0 : grid) + noise * (random() - 0.5);
    }
  }
  return { data, width, height };
}

/** Largest departure of the tiles' numbers from what their places say, periods. */
function worstNumber(evidence: FloatRaster, tracked: TrackedTiles): number {
  const { tiles } = anchorTiles(evidence, tracked);
  const off = tiles.flatMap(({ tile, u, v }) => [[u - tile.x / PERIOD], [v - tile.y / PERIOD]]);
  const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
  return Math.max(
    spread(off.filter((_, at) => at % 2 === 0).map(([value]) => value!)),
    spread(off.filter((_, at) => at % 2 === 1).map(([value]) => value!)),
  );
}

describe('numbering tiles', () => {
  const evidence = drawEvidence(1180, 720, 0.4, 3);
  const tracked = trackTiles(evidence)!;

  test('a tile with a wrong comb does not shift those behind it', () => {
    const wrong = tracked.tiles.map((tile) => {
      if (tile.column !== 2 || tile === tracked.seed) return tile;
      const { across } = tile.pair;
      return { ...tile, pair: { ...tile.pair, across: { ...across, kx: 0.94 * across.kx, score: 6 } } };
    });
    const clear = wrong.filter((tile) => tile.column !== 2 || tile === tracked.seed);
    const numbered = anchorTiles(evidence, { ...tracked, tiles: wrong }).tiles;
    const off = numbered.filter(({ tile }) => clear.includes(tile)).map(({ tile, u }) => u - tile.x / PERIOD);
    expect(Math.max(...off) - Math.min(...off)).toBeLessThan(0.05);
  });

  test('neighbours decide where large and small boxes are alike', () => {
    const alike = drawEvidence(1180, 720, 0.02, 8);
    expect(worstNumber(alike, trackTiles(alike)!)).toBeLessThan(0.05);
  });
});

describe('tracking tiles', () => {
  test('goes on beyond a band that shows no grid', () => {
    const band = drawEvidence(1180, 720, 0.4, 2, (x) => x > 380 && x < 800);
    const tracked = trackTiles(band)!;
    const columns = tracked.tiles.map((tile) => tile.column);
    expect(Math.min(...columns)).toBe(0);
    expect(Math.max(...columns)).toBe(Math.ceil((1180 - TILE_SIZE) / 230));
    expect(worstNumber(band, tracked)).toBeLessThan(0.05);
  });

  test('small boxes alone count as 1 mm', () => {
    const small = drawEvidence(1180, 720, 0, 2);
    const { across, down } = trackTiles(small)!.seed.pair;
    expect(TILE_SIZE / across.kx).toBeCloseTo(PERIOD, 1);
    expect(TILE_SIZE / down.ky).toBeCloseTo(PERIOD, 1);
  });

  test('noise is no grid', () => {
    expect(trackTiles(drawEvidence(1180, 720, 0, 2, () => true))).toBeNull();
  });
});
