import { planFft } from '../image/fft.ts';
import type { FloatRaster } from '../image/raster.ts';
import {
  findCombPair,
  fitComb,
  spectrumPeaks,
  trackComb,
  type CombPair,
  type SpectrumPeaks,
} from './find-comb.ts';
import { tileSpectra, type Tile } from './tile-spectrum.ts';

/** Side of the square windows in which the grid is first looked for, evidence pixels. */
export const TILE_SIZE = 256;
const STRIDE = 230;
/** Score below which a tile is taken to show no grid, absolutely and as a share of the best tile. */
const LEAST_SCORE = 14;
const LEAST_SHARE = 0.2;

/** A tile in which the grid was found. */
export interface GridTile {
  /** Index in the tiling, for neighbourhood. */
  readonly column: number;
  readonly row: number;
  /** Centre, evidence pixels. */
  readonly x: number;
  readonly y: number;
  readonly pair: CombPair;
}

/** The tiles of a page that show one and the same grid. */
export interface TrackedTiles {
  readonly tiles: readonly GridTile[];
  readonly seed: GridTile;
  /** Share of all tiles that show the grid. */
  readonly share: number;
}

interface Site {
  readonly tile: Tile;
  readonly column: number;
  readonly row: number;
  readonly peaks: SpectrumPeaks;
}

/**
 * Looks for the grid in overlapping tiles of the evidence map: the clearest grid is the seed, and every other tile is
 * searched near the frequencies of its already tracked neighbours, so that perspective and bending may change them
 * gradually. `null` when no tile shows a grid. About 5 ms per tile.
 */
export function trackTiles(evidence: FloatRaster): TrackedTiles | null {
  const sites = layTiles(evidence);
  const seeds = sites.map((site) => findCombPair(site.peaks));
  const pick = mostAgreed(sites, seeds);
  if (pick === null || pick.pair.score < LEAST_SCORE) return null;
  const found = new Map<Site, CombPair>([[pick.site, pick.pair]]);
  const queue: Site[] = [pick.site];
  while (queue.length > 0) {
    queue.sort((a, b) => (found.get(a) as CombPair).score - (found.get(b) as CombPair).score);
    const from = queue.pop() as Site;
    const near = found.get(from) as CombPair;
    for (const site of sites) {
      if (found.has(site)) continue;
      if (Math.max(Math.abs(site.column - from.column), Math.abs(site.row - from.row)) !== 1) continue;
      const across = trackComb(site.peaks, near.across, 1);
      const down = trackComb(site.peaks, near.down, 1);
      const score = across.score + down.score;
      const weaker = Math.min(across.score, down.score);
      if (score < LEAST_SCORE || score < LEAST_SHARE * pick.pair.score || weaker < 2) continue;
      found.set(site, { across, down, score });
      queue.push(site);
    }
  }
  const tiles = [...found].map(([site, pair]) => toTile(site, pair, evidence));
  return { tiles, seed: tiles[0] as GridTile, share: tiles.length / sites.length };
}

/** Summed clarity of the clearest grid in two pieces of evidence: how well a colour channel shows the grid. */
export function gridClarity(a: FloatRaster, b: FloatRaster): number {
  const corner: Tile = { x: 0, y: 0 };
  const spectra = tileSpectra(
    { evidence: a, tile: corner },
    { evidence: b, tile: corner },
    planFft(TILE_SIZE),
  );
  let clarity = 0;
  for (const spectrum of spectra) clarity += findCombPair(spectrumPeaks(spectrum, TILE_SIZE))?.score ?? 0;
  return clarity;
}

function layTiles(evidence: FloatRaster): Site[] {
  const plan = planFft(TILE_SIZE);
  const across = starts(evidence.width);
  const down = starts(evidence.height);
  const places: { tile: Tile; column: number; row: number }[] = [];
  down.forEach((y, row) => across.forEach((x, column) => places.push({ tile: { x, y }, column, row })));
  const sites: Site[] = [];
  for (let at = 0; at < places.length; at += 2) {
    const first = places[at] as (typeof places)[number];
    const second = places[at + 1] ?? first;
    const [a, b] = tileSpectra({ evidence, tile: first.tile }, { evidence, tile: second.tile }, plan);
    sites.push({ ...first, peaks: spectrumPeaks(a, TILE_SIZE) });
    if (second !== first) sites.push({ ...second, peaks: spectrumPeaks(b, TILE_SIZE) });
  }
  return sites;
}

function starts(length: number): number[] {
  const room = Math.max(0, length - TILE_SIZE);
  const count = Math.ceil(room / STRIDE) + 1;
  return Array.from({ length: count }, (_, at) => (count === 1 ? 0 : Math.round((room * at) / (count - 1))));
}

/** Of the candidates of all tiles the one that also explains the other tiles best. */
function mostAgreed(sites: Site[], pairs: (CombPair | null)[]): { site: Site; pair: CombPair } | null {
  const candidates = pairs
    .map((pair, at) => ({ pair, site: sites[at] as Site }))
    .filter((entry): entry is { pair: CombPair; site: Site } => entry.pair !== null)
    .sort((a, b) => b.pair.score - a.pair.score)
    .slice(0, 8);
  let best: { site: Site; pair: CombPair } | null = null;
  let bestSum = 0;
  for (const { pair, site } of candidates) {
    let sum = 3 * pair.score;
    for (const other of sites) {
      sum += Math.max(0, fitComb(other.peaks, pair.across.kx, pair.across.ky).score);
      sum += Math.max(0, fitComb(other.peaks, pair.down.kx, pair.down.ky).score);
    }
    if (sum > bestSum) {
      bestSum = sum;
      best = { site, pair };
    }
  }
  return best;
}

function toTile(site: Site, pair: CombPair, evidence: FloatRaster): GridTile {
  const spanX = Math.min(TILE_SIZE, evidence.width - site.tile.x);
  const spanY = Math.min(TILE_SIZE, evidence.height - site.tile.y);
  return {
    column: site.column,
    row: site.row,
    x: site.tile.x + (spanX - 1) / 2,
    y: site.tile.y + (spanY - 1) / 2,
    pair,
  };
}
