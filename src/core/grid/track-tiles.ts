import { planFft } from '../image/fft.ts';
import type { FloatRaster } from '../image/raster.ts';
import {
  findCombPair,
  fitComb,
  spectrumPeaks,
  trackComb,
  type Comb,
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
/** Sheets longer than this are not believed: lines that would make one are the small boxes', 1 mm apart. */
const LONGEST_PAGE_MM = 800;
/**
 * Share of the tiles in which a grid must show that is clear in none, and small boxes alone, which are so close together
 * that chance has many lines to offer; and the score of the weaker family from which a grid is clear.
 */
const LEAST_UNCLEAR = 0.2;
const LEAST_SMALL_BOXES = 0.3;
const CLEAR_SCORE = 25;
/** How far from its neighbours' a comb is looked for: bins, and share of its frequency. */
const REACH_BINS = 1;
const REACH_SHARE = 0.04;

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
  const divisor = lengthMm(evidence, pick.pair) > LONGEST_PAGE_MM ? 5 : 1;
  const found = new Map<Site, CombPair>([[pick.site, pick.pair]]);
  const tried = new Set<Site>([pick.site]);
  const enter = (site: Site, reach: number): Site[] => {
    tried.add(site);
    const near = expectedPair(site, found, reach);
    const across = trackComb(site.peaks, near.across, reachOf(near.across));
    const down = trackComb(site.peaks, near.down, reachOf(near.down));
    const score = across.score + down.score;
    const weaker = Math.min(across.score, down.score);
    if (score < LEAST_SCORE || score < LEAST_SHARE * pick.pair.score || weaker < 2) return [];
    found.set(site, { across, down, score });
    return [site];
  };
  let queue: Site[] = [pick.site];
  while (queue.length > 0) {
    queue.sort((a, b) => (found.get(a) as CombPair).score - (found.get(b) as CombPair).score);
    const from = queue.pop() as Site;
    for (const site of sites) if (!found.has(site) && apart(site, from) === 1) queue.push(...enter(site, 1));
    // Beyond tiles full of ink the grid goes on.
    if (queue.length === 0)
      queue = sites.filter((site) => !tried.has(site)).flatMap((site) => enter(site, Infinity));
  }
  const clear = Math.min(pick.pair.across.score, pick.pair.down.score) >= CLEAR_SCORE;
  const needed = divisor > 1 ? LEAST_SMALL_BOXES : clear ? 0 : LEAST_UNCLEAR;
  if (found.size < needed * sites.length) return null;
  const tiles = [...found].map(([site, pair]) => toTile(site, pair, divisor, evidence));
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

/** Length of the longer side if the lines of the pair are 5 mm apart. */
function lengthMm({ width, height }: FloatRaster, { across, down }: CombPair): number {
  const perTile = Math.max(width * Math.hypot(across.kx, across.ky), height * Math.hypot(down.kx, down.ky));
  return (5 * perTile) / TILE_SIZE;
}

/** Frequencies to expect at a site: those of the tracked tiles within reach, the nearer and clearer ones counting more. */
function expectedPair(site: Site, found: ReadonlyMap<Site, CombPair>, reach: number): Frequencies {
  let total = 0;
  const across = { kx: 0, ky: 0 };
  const down = { kx: 0, ky: 0 };
  for (const [other, pair] of found) {
    const far = apart(site, other);
    if (far > reach) continue;
    const weight = pair.score / far ** 2;
    total += weight;
    across.kx += weight * pair.across.kx;
    across.ky += weight * pair.across.ky;
    down.kx += weight * pair.down.kx;
    down.ky += weight * pair.down.ky;
  }
  return {
    across: { kx: across.kx / total, ky: across.ky / total },
    down: { kx: down.kx / total, ky: down.ky / total },
  };
}

function apart(a: Site, b: Site): number {
  return Math.max(Math.abs(a.column - b.column), Math.abs(a.row - b.row));
}

interface Frequencies {
  readonly across: { readonly kx: number; readonly ky: number };
  readonly down: { readonly kx: number; readonly ky: number };
}

function reachOf({ kx, ky }: { readonly kx: number; readonly ky: number }): number {
  return Math.max(REACH_BINS, REACH_SHARE * Math.hypot(kx, ky));
}

/** `divisor` of the 5-mm period are one period of the pair. */
function toTile(site: Site, pair: CombPair, divisor: number, evidence: FloatRaster): GridTile {
  const spanX = Math.min(TILE_SIZE, evidence.width - site.tile.x);
  const spanY = Math.min(TILE_SIZE, evidence.height - site.tile.y);
  return {
    column: site.column,
    row: site.row,
    x: site.tile.x + (spanX - 1) / 2,
    y: site.tile.y + (spanY - 1) / 2,
    pair: { ...pair, across: divided(pair.across, divisor), down: divided(pair.down, divisor) },
  };
}

function divided(comb: Comb, divisor: number): Comb {
  return { ...comb, kx: comb.kx / divisor, ky: comb.ky / divisor };
}
