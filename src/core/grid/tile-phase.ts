import type { FloatRaster } from '../image/raster.ts';
import {
  PROFILE_BINS,
  PROFILE_HARMONICS,
  profileShift,
  profileSpectrum,
  profileValue,
  shiftSpectrum,
  type ProfileSpectrum,
} from './line-profile.ts';
import { TILE_SIZE, type GridTile, type TrackedTiles } from './track-tiles.ts';

/** A tile with the lattice coordinates of its centre, counted in major periods from an arbitrary major crossing. */
export interface AnchoredTile {
  readonly tile: GridTile;
  readonly u: number;
  readonly v: number;
  /** Cycles per evidence pixel: du/dx, du/dy, dv/dx, dv/dy. */
  readonly gradient: readonly [number, number, number, number];
  /** Agreement of the tile's lines with the page's typical line pattern, -1..1. */
  readonly correlation: number;
}

/** Typical line pattern of one period, the stronger (major) line at phase 0. */
export interface LineTemplates {
  readonly across: ProfileSpectrum;
  readonly down: ProfileSpectrum;
}

/** The anchored tiles of a page and the line patterns they were matched with. */
export interface AnchoredPage {
  readonly tiles: readonly AnchoredTile[];
  readonly templates: LineTemplates;
}

/**
 * Measures where the lines of every tile lie and numbers them consistently over the page: the phase of each tile is found
 * by matching its folded line pattern with the seed's, whole periods are counted along chains of neighbouring tiles.
 * About 2 ms per tile.
 */
export function anchorTiles(evidence: FloatRaster, tracked: TrackedTiles): AnchoredPage {
  const { seed, tiles } = tracked;
  const templates = {
    across: foldTile(evidence, seed, seed.pair.across.kx, seed.pair.across.ky),
    down: foldTile(evidence, seed, seed.pair.down.kx, seed.pair.down.ky),
  };
  centreOnMajor(templates.across);
  centreOnMajor(templates.down);
  const measured = new Map<GridTile, { u: number; v: number; correlation: number }>();
  for (const tile of tiles) {
    const u = profileShift(
      foldTile(evidence, tile, tile.pair.across.kx, tile.pair.across.ky),
      templates.across,
      0,
      0.5,
    );
    const v = profileShift(
      foldTile(evidence, tile, tile.pair.down.kx, tile.pair.down.ky),
      templates.down,
      0,
      0.5,
    );
    measured.set(tile, { u: -u.shift, v: -v.shift, correlation: Math.min(u.correlation, v.correlation) });
  }
  const anchored = new Map<GridTile, AnchoredTile>();
  const place = (tile: GridTile, u: number, v: number): void => {
    const found = measured.get(tile) as { u: number; v: number; correlation: number };
    anchored.set(tile, {
      tile,
      u: found.u + Math.round(u - found.u),
      v: found.v + Math.round(v - found.v),
      gradient: gradientOf(tile),
      correlation: found.correlation,
    });
  };
  place(seed, 0, 0);
  const queue = [seed];
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    const base = anchored.get(from) as AnchoredTile;
    for (const tile of tiles) {
      if (anchored.has(tile) || Math.abs(tile.column - from.column) + Math.abs(tile.row - from.row) !== 1)
        continue;
      const [ux, uy, vx, vy] = meanGradient(base.gradient, gradientOf(tile));
      const dx = tile.x - from.x;
      const dy = tile.y - from.y;
      place(tile, base.u + ux * dx + uy * dy, base.v + vx * dx + vy * dy);
      queue.push(tile);
    }
  }
  return { tiles: [...anchored.values()], templates };
}

/** Moves the pattern so that its highest point, the middle of the major line, lies at phase 0. */
export function centreOnMajor(template: ProfileSpectrum): void {
  let best = -Infinity;
  let phase = 0;
  for (let at = 0; at < 400; at++) {
    const value = profileValue(template, at / 400);
    if (value > best) {
      best = value;
      phase = at / 400;
    }
  }
  shiftSpectrum(template, -phase);
  shiftSpectrum(template, -symmetricCentre(template));
}

/** Phase within +-0.05 about which the pattern is most nearly mirror-symmetric. */
function symmetricCentre(template: ProfileSpectrum): number {
  let best = -Infinity;
  let centre = 0;
  for (let at = -50; at <= 50; at++) {
    const shift = at / 1000;
    let value = 0;
    for (let k = 1; k <= PROFILE_HARMONICS; k++) {
      const re = template[2 * k - 2] as number;
      const im = template[2 * k - 1] as number;
      const angle = 2 * Math.PI * k * shift;
      value += (re * Math.cos(angle) - im * Math.sin(angle)) * Math.hypot(re, im);
    }
    if (value > best) {
      best = value;
      centre = shift;
    }
  }
  return centre;
}

function gradientOf(tile: GridTile): [number, number, number, number] {
  const { across, down } = tile.pair;
  return [across.kx / TILE_SIZE, across.ky / TILE_SIZE, down.kx / TILE_SIZE, down.ky / TILE_SIZE];
}

function meanGradient(
  a: readonly [number, number, number, number],
  b: readonly [number, number, number, number],
): [number, number, number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2, (a[3] + b[3]) / 2];
}

/** Line pattern of a tile: evidence averaged over pixels of equal phase, phase 0 at the tile's centre. */
function foldTile(evidence: FloatRaster, tile: GridTile, kx: number, ky: number): ProfileSpectrum {
  const { data, width, height } = evidence;
  const sums = new Float32Array(PROFILE_BINS);
  const counts = new Float32Array(PROFILE_BINS);
  const half = TILE_SIZE / 2 - 8;
  const x0 = Math.max(0, Math.ceil(tile.x - half));
  const x1 = Math.min(width, Math.floor(tile.x + half));
  const y0 = Math.max(0, Math.ceil(tile.y - half));
  const y1 = Math.min(height, Math.floor(tile.y + half));
  const stepX = kx / TILE_SIZE;
  const stepY = ky / TILE_SIZE;
  for (let y = y0; y < y1; y++) {
    let phase = (x0 - tile.x) * stepX + (y - tile.y) * stepY;
    phase -= Math.floor(phase);
    for (let x = x0, at = y * width + x0; x < x1; x++, at++) {
      const bin = (phase * PROFILE_BINS + 0.5) | 0;
      const slot = bin >= PROFILE_BINS ? 0 : bin;
      sums[slot] = (sums[slot] as number) + (data[at] as number);
      counts[slot] = (counts[slot] as number) + 1;
      phase += stepX;
      phase -= Math.floor(phase);
    }
  }
  for (let bin = 0; bin < PROFILE_BINS; bin++) {
    sums[bin] = (counts[bin] as number) > 0 ? (sums[bin] as number) / (counts[bin] as number) : 0;
  }
  const out = new Float64Array(2 * PROFILE_HARMONICS);
  profileSpectrum(sums, 0, out);
  return out;
}
