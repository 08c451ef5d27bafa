import type { Box, FloatRaster } from '../image/raster.ts';
import type { RowExtent } from './measure-extents.ts';
import type { RowLevel } from './row-level.ts';
import { ascending } from '../../shared/ascending.ts';

/** Heights of lead names, and how far from the height of the trace one may stand that is printed across it, millimetres. */
const NAME_HEIGHT_MM: readonly [number, number] = [1.2, 5.5];
const LEVEL_MM = 1;
/** How far behind the end, and behind the beginning of its name a row may seem to begin, millimetres. */
const BEHIND_MM = 4;
const LONGEST_MM = 18;
/** Coverage of ink, which is pale beside letters; what a column of a trace is lower than, and of a letter higher, and the longest gap in a trace, millimetres. */
const INKED = 0.15;
const THIN_MM = 0.9;
const GAP_MM = 0.4;
/** Shortest piece of trace before a name that counts; it runs on more than it climbs, which the arms of letters do not. */
const SHORTEST_MM = 0.6;
/** Rows that begin within this distance agree, and how many must show the piece at least. */
const AGREE_MM = 0.5;
const LEAST_ROWS = 2;

/**
 * The extents of the rows, beginning before names that are printed across their first strokes: under the letters the
 * trace is lost, so that rows seem to begin behind them, but a piece of it shows before. Taken only where more than half
 * of the rows begin at one place then, names of several rows standing behind it.
 *
 * @param ink all ink of the page, lettering included
 * @param level height of the trace of a row at a column
 * @param pulseEnds where the calibration pulse before a row ends; null without one
 */
export function beginBeforeNames(
  extents: readonly RowExtent[],
  words: readonly Box[],
  ink: FloatRaster,
  level: RowLevel,
  pulseEnds: readonly (number | null)[],
  pxPerMm: number,
): readonly RowExtent[] {
  const begins = extents.map(({ x0 }, row) => {
    const starts = words
      .filter((box) => stands(box, x0, level(row, box.x0), pulseEnds[row] ?? null, pxPerMm))
      .map((box) => pieceBefore(ink, box, pxPerMm))
      .filter((start) => start !== null);
    return starts.length > 0 ? Math.min(...starts) : null;
  });
  const shown = begins.filter((x) => x !== null).sort(ascending);
  const begin = shown[shown.length >> 1];
  if (begin === undefined) return extents;
  const isNear = (x: number): boolean => Math.abs(x - begin) <= AGREE_MM * pxPerMm;
  const agreeing = extents.filter(({ x0 }, row) => isNear(begins[row] ?? x0)).length;
  if (shown.filter(isNear).length < LEAST_ROWS || 2 * agreeing <= extents.length) return extents;
  return extents.map((extent) => {
    const late = extent.x0 - begin;
    const isLate = late > AGREE_MM * pxPerMm && late < LONGEST_MM * pxPerMm;
    return isLate ? { ...extent, x0: begin, freeLeft: true } : extent;
  });
}

/** Whether a word may be the name that hides where a row begins, which seems to begin at `x0`. */
function stands(box: Box, x0: number, y: number, pulseEnd: number | null, pxPerMm: number): boolean {
  const heightMm = (box.y1 - box.y0) / pxPerMm;
  return (
    heightMm >= NAME_HEIGHT_MM[0] &&
    heightMm <= NAME_HEIGHT_MM[1] &&
    y > box.y0 - LEVEL_MM * pxPerMm &&
    y < box.y1 + LEVEL_MM * pxPerMm &&
    x0 < box.x1 + BEHIND_MM * pxPerMm &&
    x0 < box.x0 + LONGEST_MM * pxPerMm &&
    x0 > box.x0 - AGREE_MM * pxPerMm &&
    (pulseEnd === null || box.x0 > pulseEnd)
  );
}

/** Where the piece of trace begins that ends at the first letter in a box; null where nothing like it does. */
function pieceBefore(ink: FloatRaster, box: Box, pxPerMm: number): number | null {
  const thin = Math.max(2, THIN_MM * pxPerMm);
  const gap = Math.max(1, Math.round(GAP_MM * pxPerMm));
  let letter = box.x0;
  while (letter < box.x1 && inkedIn(ink, letter, box.y0, box.y1) < thin) letter++;
  if (letter === box.x1) return null;
  let begin: number | null = null;
  // The soft edge of the letter itself may be a column or two.
  for (let x = letter - 1; x >= Math.max(0, letter - 1 - gap); x--) {
    for (const run of runsIn(ink, x, box.y0 - gap, box.y1 + gap)) {
      if (run[1] - run[0] >= thin) continue;
      const end = followLeft(ink, x, run, gap, thin);
      const length = x - end.x + 1;
      const climb = Math.abs((end.run[0] + end.run[1] - run[0] - run[1]) / 2);
      if (length >= SHORTEST_MM * pxPerMm && climb <= length && end.x < (begin ?? letter)) begin = end.x;
    }
  }
  return begin;
}

type Run = readonly [number, number];

/** The end of the thin stroke that goes to the left from a run of inked pixels in a column: where it reaches half its strength. */
function followLeft(
  ink: FloatRaster,
  from: number,
  run: Run,
  gap: number,
  thin: number,
): { x: number; run: Run } {
  const path = [{ x: from, run }];
  let end = path[0]!;
  for (let x = from - 1; x >= 0 && end.x - x <= 1 + gap; x--) {
    const reach = end.x - x;
    const next = runsIn(ink, x, end.run[0] - reach, end.run[1] + reach);
    if (next.length === 0) continue;
    const joined: Run = [next[0]![0], next[next.length - 1]![1]];
    if (joined[1] - joined[0] >= thin) break;
    end = { x, run: joined };
    path.push(end);
  }
  const peaks = path.map((place) => peakOf(ink, place.x, place.run));
  const half = [...peaks].sort(ascending)[peaks.length >> 1]! / 2;
  return path[peaks.findLastIndex((peak) => peak >= half)]!;
}

function peakOf({ data, width }: FloatRaster, x: number, [top, bottom]: Run): number {
  let peak = 0;
  for (let y = top; y < bottom; y++) peak = Math.max(peak, data[y * width + x]!);
  return peak;
}

/** How many rows of a column are inked between two. */
function inkedIn({ data, width, height }: FloatRaster, x: number, y0: number, y1: number): number {
  let inked = 0;
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) if (data[y * width + x]! >= INKED) inked++;
  return inked;
}

/** First and one past the last row of each run of inked pixels of a column between two rows. */
function runsIn({ data, width, height }: FloatRaster, x: number, y0: number, y1: number): Run[] {
  const runs: [number, number][] = [];
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
    if (data[y * width + x]! < INKED) continue;
    const last = runs[runs.length - 1];
    if (last && last[1] === y) last[1] = y + 1;
    else runs.push([y, y + 1]);
  }
  return runs;
}
