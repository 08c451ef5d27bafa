import { followRow } from './follow-row.ts';
import type { TraceGrid } from './trace-grid.ts';
import { TRACE_GRID_MM } from './trace-grid.ts';
import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

/** Vertical smoothing of the profile: wide enough for wander, narrow enough for rows 12 mm apart. */
const SMOOTH_MM = 2;
/** Rows nearer to each other than this are one. */
const MIN_SPACING_MM = 6;
/** The same where all leads stand below each other on a narrow sheet: as many rows at least, at equal distances no wider than this. */
const DENSE_SMOOTH_MM = 1;
const DENSE_SPACING_MM = 3.5;
const DENSE_ROWS = 6;
const DENSE_GAP_MM = 8;
/** How far the distances of such rows may be from the usual one, as a share. */
const DENSE_PLAY = 0.3;
/** Least profile of a row in relation to the strongest. */
const MIN_PEAK_SHARE = 0.22;
/** A column of ink taller than this is a stroke of a QRS or a pulse, not baseline. */
const FLAT_MM = 2;
/** A gap longer than this ends the row. */
const MAX_GAP_MM = 14;
/** A row must cover this share of its own extent, and this share of the longest row. */
const MIN_COVERAGE = 0.45;
const MIN_EXTENT_SHARE = 0.4;
/** A row shorter than this share of the longest must be covered this well. */
const SHORT_SHARE = 0.65;
const SHORT_COVERAGE = 0.76;
/** A path that never leaves this band is a ruled line. */
const RULED_MM = 0.5;
const LATTICE_MM = 0.6;
/** A row with a smaller share of tall strokes than this, of what the others have, is dull; grid lines lie on the lattice. */
const DULL_SHARE = 0.4;
const DULL_IN_STEP = 0.12;
const LATTICE_SHARE = 0.85;
/** Share of the usual distance below which two rows crowd each other. */
const CROWDED = 0.5;
/** An edge of the paper swings no further than this once the page is flat. */
const EDGE_SWING_MM = 1;

/**
 * Finds the rows of trace: peaks of the profile of flat ink, each followed by a path; what covers too little of its
 * extent (text), is perfectly straight (ruled lines), or is much shorter than the rest is no row.
 * From top to bottom. Cost: a few passes over the coarse grid.
 */
export function findRows(grid: TraceGrid): TraceRow[] {
  const profile = flatProfile(grid);
  const usual = rowsOf(grid, profile, SMOOTH_MM, MIN_SPACING_MM);
  const dense = rowsOf(grid, profile, DENSE_SMOOTH_MM, DENSE_SPACING_MM);
  return dense.length > usual.length && areDense(dense, grid.cellPx) ? dense : usual;
}

/** Whether rows are many, near to each other, and equally far apart. */
function areDense(rows: readonly TraceRow[], cellPx: number): boolean {
  if (rows.length < DENSE_ROWS) return false;
  const gaps = rows.slice(1).map((row, k) => row.baselineY - rows[k]!.baselineY);
  const usual = [...gaps].sort(ascending)[gaps.length >> 1]!;
  if (usual * TRACE_GRID_MM > DENSE_GAP_MM * cellPx) return false;
  return gaps.every((gap) => Math.abs(gap / usual - 1) < DENSE_PLAY);
}

function rowsOf(grid: TraceGrid, sharp: Float32Array, smoothMm: number, spacingMm: number): TraceRow[] {
  const profile = smooth(sharp, smoothMm / TRACE_GRID_MM);
  const peaks = findPeaks(profile, spacingMm);
  const rows: TraceRow[] = [];
  for (let k = 0; k < peaks.length; k++) {
    const above = k > 0 ? (peaks[k - 1] + peaks[k]) / 2 : peaks[k] - 12 / TRACE_GRID_MM;
    const below = k + 1 < peaks.length ? (peaks[k + 1] + peaks[k]) / 2 : peaks[k] + 12 / TRACE_GRID_MM;
    const top = Math.max(0, Math.floor(above));
    const bottom = Math.min(grid.height, Math.ceil(below));
    if (bottom - top < 3) continue;
    const row = measureRow(grid, top, bottom, peaks[k]);
    if (row !== null) rows.push(row);
  }
  const longest = rows.reduce((most, row) => Math.max(most, row.x1 - row.x0), 0);
  const long = rows.filter((row) => {
    const share = (row.x1 - row.x0) / longest;
    return share >= MIN_EXTENT_SHARE && (share >= SHORT_SHARE || row.coverage >= SHORT_COVERAGE);
  });
  return dropCrowded(dropRuled(long, grid));
}

/** What tells trace from ruled lines: how far the path swings, how often strokes stand out, how much lies on the grid. */
interface Liveliness {
  readonly swingMm: number;
  readonly tallShare: number;
  readonly latticeShare: number;
}

/** Takes away edges of the paper and grid lines that came through as ink: they hardly swing and carry no complexes. */
function dropRuled(rows: readonly TraceRow[], grid: TraceGrid): TraceRow[] {
  if (rows.length < 2) return [...rows];
  const life = rows.map((row) => measureLife(row, grid));
  const shares = life.map((l) => l.tallShare).sort(ascending);
  const middle = shares[shares.length >> 1];
  const most = shares[shares.length - 1];
  const straight = life.map((l, k) => {
    if (k > 0 && k + 1 < rows.length) return false;
    const limit = keepsStep(rows, k) ? DULL_IN_STEP : DULL_SHARE;
    return l.swingMm <= EDGE_SWING_MM && l.tallShare < limit * Math.max(middle, 0.4 * most);
  });
  const gridLine = life.map(
    (l) => l.latticeShare > LATTICE_SHARE && l.swingMm <= EDGE_SWING_MM && l.tallShare < 0.25 * most,
  );
  const gridLines = gridLine.filter(Boolean).length;
  return rows.filter((_, k) => !straight[k] && !(gridLine[k] && gridLines >= 2));
}

/** Of rows much nearer to each other than the others are, the one out of step (at the ends: the duller) is a grid line. */
function dropCrowded(rows: readonly TraceRow[]): TraceRow[] {
  if (rows.length < 4) return [...rows];
  const gaps = rows.slice(1).map((row, i) => row.baselineY - rows[i].baselineY);
  const usual = [...gaps].sort(ascending)[gaps.length >> 1];
  const dropped = new Set<TraceRow>();
  for (let k = 1; k < rows.length; k++) {
    if (dropped.has(rows[k - 1]) || gaps[k - 1] > CROWDED * usual) continue;
    const offStep = (row: TraceRow): number =>
      Math.abs(row.baselineY - (rows[k - 2]?.baselineY ?? -Infinity) - usual) +
      Math.abs((rows[k + 1]?.baselineY ?? Infinity) - row.baselineY - usual);
    const framed = k >= 2 && k + 1 < rows.length;
    const duller = rows[k - 1].tallShare < rows[k].tallShare;
    const dropFirst = framed ? offStep(rows[k - 1]) > offStep(rows[k]) : duller;
    dropped.add(dropFirst ? rows[k - 1] : rows[k]);
  }
  return rows.filter((row) => !dropped.has(row));
}

/** Whether an outermost row stands as far from its neighbour as the other rows from theirs. */
function keepsStep(rows: readonly TraceRow[], k: number): boolean {
  if (rows.length < 3) return true;
  const gaps = rows.slice(1).map((row, i) => row.baselineY - rows[i].baselineY);
  const own = k === 0 ? gaps[0] : gaps[gaps.length - 1];
  const sorted = [...gaps].sort(ascending);
  return Math.abs(own / sorted[sorted.length >> 1] - 1) < 0.12;
}

function measureLife(row: Omit<TraceRow, 'tallShare'>, grid: TraceGrid): Liveliness {
  const { data, width, height, cellPx } = grid;
  const ys: number[] = [];
  let tall = 0;
  let lattice = 0;
  const from = Math.floor(row.x0 / cellPx);
  const to = Math.min(width, Math.floor(row.x1 / cellPx));
  for (let x = from; x < to; x++) {
    if (row.onInk[x] === 0) continue;
    const y = Math.floor(row.pathY[x] / cellPx);
    const mm = (y + 0.5) * TRACE_GRID_MM;
    ys.push(mm);
    if (Math.abs(mm - 5 * Math.round(mm / 5)) <= LATTICE_MM) lattice++;
    let top = y;
    let bottom = y;
    while (top > 0 && data[(top - 1) * width + x] === 1) top--;
    while (bottom + 1 < height && data[(bottom + 1) * width + x] === 1) bottom++;
    if ((bottom - top + 1) * TRACE_GRID_MM > FLAT_MM) tall++;
  }
  ys.sort(ascending);
  return {
    swingMm: ys[Math.floor(0.95 * (ys.length - 1))] - ys[Math.floor(0.05 * ys.length)],
    tallShare: tall / Math.max(1, to - from),
    latticeShare: lattice / Math.max(1, ys.length),
  };
}

function flatProfile(grid: TraceGrid): Float32Array {
  const { data, width, height } = grid;
  const profile = new Float32Array(height);
  const tall = FLAT_MM / TRACE_GRID_MM;
  for (let x = 0; x < width; x++) {
    let y = 0;
    while (y < height) {
      if (data[y * width + x] === 0) {
        y++;
        continue;
      }
      const start = y;
      while (y < height && data[y * width + x] === 1) y++;
      const length = y - start;
      const weight = length <= tall ? 1 / length : 0.5 / length;
      for (let j = start; j < y; j++) profile[j] += weight;
    }
  }
  return profile;
}

function smooth(values: Float32Array, sigma: number): Float32Array {
  const radius = Math.ceil(3 * sigma);
  const kernel = new Float32Array(2 * radius + 1);
  for (let k = -radius; k <= radius; k++) kernel[k + radius] = Math.exp((-k * k) / (2 * sigma * sigma));
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    for (let k = -radius; k <= radius; k++) {
      const j = i + k;
      if (j >= 0 && j < values.length) sum += values[j] * kernel[k + radius];
    }
    out[i] = sum;
  }
  return out;
}

function findPeaks(profile: Float32Array, spacingMm: number): number[] {
  let most = 0;
  for (const value of profile) if (value > most) most = value;
  const candidates: number[] = [];
  for (let y = 0; y < profile.length; y++) {
    const before = y > 0 ? profile[y - 1] : 0;
    const after = y + 1 < profile.length ? profile[y + 1] : 0;
    if (profile[y] > MIN_PEAK_SHARE * most && profile[y] >= before && profile[y] > after) candidates.push(y);
  }
  candidates.sort((a, b) => profile[b] - profile[a]);
  const radius = spacingMm / TRACE_GRID_MM;
  const peaks: number[] = [];
  for (const y of candidates) if (peaks.every((other) => Math.abs(other - y) >= radius)) peaks.push(y);
  return peaks.sort(ascending);
}

function measureRow(grid: TraceGrid, top: number, bottom: number, centre: number): TraceRow | null {
  const { path, onInk } = followRow(grid, top, bottom, centre);
  const [from, to] = longestStretch(onInk, MAX_GAP_MM / TRACE_GRID_MM);
  if (to <= from) return null;
  const ys: number[] = [];
  for (let x = from; x < to; x++) if (onInk[x] === 1) ys.push(path[x]);
  const coverage = ys.length / (to - from);
  if (coverage < MIN_COVERAGE) return null;
  ys.sort(ascending);
  const ruled = ys[Math.floor(0.99 * (ys.length - 1))] - ys[Math.floor(0.01 * ys.length)];
  if (ruled <= RULED_MM / TRACE_GRID_MM && isBare(grid, path, from, to)) return null;
  const pathY = new Float32Array(path.length);
  for (let x = 0; x < path.length; x++) pathY[x] = (path[x] + 0.5) * grid.cellPx;
  const row = {
    baselineY: (ys[ys.length >> 1] + 0.5) * grid.cellPx,
    x0: from * grid.cellPx,
    x1: to * grid.cellPx,
    coverage,
    pathY,
    onInk,
  };
  return { ...row, tallShare: measureLife(row, grid).tallShare };
}

/** Whether hardly anything stands out of the line: a ruled line has no complexes. */
function isBare(grid: TraceGrid, path: Int32Array, from: number, to: number): boolean {
  let tall = 0;
  for (let x = from; x < to; x++) {
    let y = path[x];
    while (y > 0 && grid.data[(y - 1) * grid.width + x] === 1) y--;
    let end = path[x];
    while (end + 1 < grid.height && grid.data[(end + 1) * grid.width + x] === 1) end++;
    if (end - y + 1 > 3) tall++;
  }
  return tall < 0.01 * (to - from);
}

/** Longest stretch of ones whose gaps are at most `maxGap`. */
function longestStretch(flags: Uint8Array, maxGap: number): [number, number] {
  let best: [number, number] = [0, 0];
  let start = -1;
  let last = -1;
  for (let x = 0; x <= flags.length; x++) {
    const on = x < flags.length && flags[x] === 1;
    if (start >= 0 && (x === flags.length || (on && x - last > maxGap))) {
      if (last + 1 - start > best[1] - best[0]) best = [start, last + 1];
      start = -1;
    }
    if (on) {
      if (start < 0) start = x;
      last = x;
    }
  }
  return best;
}
