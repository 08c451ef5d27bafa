import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

/** Fewest rows that are looked at, and the widest distance between them, millimetres: further apart no pulses meet. */
const LEAST_ROWS = 6;
const WIDEST_GAP_MM = 19;
/** Usual heights and widths of pulses, millimetres, and how far they may be from that. */
const HEIGHTS_MM: readonly number[] = [5, 10, 20];
const HEIGHT_PLAY_MM = 1.5;
/** Share of the distance between rows that pulses are higher than which meet. */
const MEET_SHARE = 0.8;
const WIDTHS_MM: readonly number[] = [2.5, 5, 10];
const WIDTH_PLAY_MM = 0.5;
/** How far inside and outside the end of the rows the pulses may stand, millimetres. */
const FROM_END_MM = 16;
const BEFORE_END_MM = 3;
/**
 * Coverage of ink; share of a rung that shows it, of what lies beside a rung and between two that may, and of one leg that
 * must: so long a line may pass for one of the grid, and be taken away.
 */
const INKED = 0.3;
const RUNG_FILL = 0.8;
const BESIDE_FILL = 0.5;
const BETWEEN_FILL = 0.25;
const LEG_FILL = 0.3;
/** What lies beside a rung: from and to so many millimetres from its end. */
const BESIDE_MM: readonly [number, number] = [0.5, 1.2];
/** How far rungs may be from where equal distances put them, as a share of the distance, and how many may be missing. */
const RUNG_PLAY = 0.12;
const MISSING_SHARE = 0.25;

interface Ladder {
  readonly x0: number;
  readonly x1: number;
  /** Height of the rung of each row, canonical pixels. */
  readonly rungs: readonly number[];
  /** Height of the pulses, millimetres. */
  readonly heightMm: number;
  readonly strength: number;
}

/**
 * Calibration pulses of many rows so near to each other that they stand one in the other: two long legs with the plateau
 * of every row as a rung between them. One pulse alone cannot be told there, since the plateau of any row may lie
 * anywhere between its legs; but there are as many rungs as rows, at the same distances, so that the first one is that of
 * the first row, and tells how high they are.
 *
 * @returns one pulse for each row; none where they are no ladder
 */
export function findPulseLadder(
  coverage: FloatRaster,
  rows: readonly TraceRow[],
  pxPerMm: number,
): DetectedPulse[] {
  if (rows.length < LEAST_ROWS) return [];
  const gaps = rows.slice(1).map((row, k) => row.baselineY - rows[k]!.baselineY);
  const gap = (rows[rows.length - 1]!.baselineY - rows[0]!.baselineY) / gaps.length;
  if (gap > WIDEST_GAP_MM * pxPerMm) return [];
  let found: DetectedPulse[] = [];
  let strongest = 0;
  for (const side of ['left', 'right'] as const) {
    const end = rows.map((row) => (side === 'left' ? row.x0 : row.x1)).sort(ascending)[rows.length >> 1]!;
    const outside = Math.round(BEFORE_END_MM * pxPerMm);
    const inside = Math.round(FROM_END_MM * pxPerMm);
    const [from, to] = side === 'left' ? [end - outside, end + inside] : [end - inside, end + outside];
    const margin = 2 * BESIDE_MM[1] * pxPerMm;
    const sums = sumsOf(coverage, Math.floor(from - margin), Math.ceil(to + margin));
    const ladder = bestLadder(sums, rows, gap, Math.round(from), Math.round(to), pxPerMm);
    if (ladder === null || ladder.strength <= strongest) continue;
    strongest = ladder.strength;
    found = pulsesOf(ladder, side, pxPerMm);
  }
  return found;
}

function pulsesOf(
  { x0, x1, rungs, heightMm }: Ladder,
  side: 'left' | 'right',
  pxPerMm: number,
): DetectedPulse[] {
  return rungs.map((y, row) => ({
    box: { x0: x0 - 1, y0: Math.floor(y) - 1, x1: x1 + 2, y1: Math.ceil(y + heightMm * pxPerMm) + 2 },
    heightMm,
    widthMm: (x1 - x0) / pxPerMm,
    row,
    side,
    leftX: x0,
    rightX: x1,
  }));
}

/** The usual height of pulses whose plateaus are the rungs; undefined where they are none, or end above the next one's plateau. */
function heightOf(
  rungs: readonly number[],
  rows: readonly TraceRow[],
  gap: number,
  pxPerMm: number,
): number | undefined {
  const heights = rows.map((row, k) => row.baselineY - rungs[k]!).sort(ascending);
  const heightMm = heights[heights.length >> 1]! / pxPerMm;
  return HEIGHTS_MM.find(
    (mm) => Math.abs(heightMm - mm) <= HEIGHT_PLAY_MM && mm * pxPerMm >= MEET_SHARE * gap,
  );
}

/** Shares of inked pixels along the rows and down the columns of a page. */
interface Sums {
  readonly height: number;
  readonly along: (y: number, x0: number, x1: number) => number;
  readonly down: (x: number, y0: number, y1: number) => number;
}

/** The sums of the columns from `fromX` to `toX`; beyond them nothing is inked. */
function sumsOf({ data, width: pageWidth, height }: FloatRaster, fromX: number, toX: number): Sums {
  const left = Math.max(0, fromX);
  const width = Math.max(0, Math.min(pageWidth, toX) - left);
  const line = new Int32Array((width + 1) * height);
  const column = new Int32Array(width * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const on = data[y * pageWidth + left + x]! >= INKED ? 1 : 0;
      line[y * (width + 1) + x + 1] = line[y * (width + 1) + x]! + on;
      column[(y + 1) * width + x] = column[y * width + x]! + on;
    }
  }
  return {
    height,
    along: (y, x0, x1) => {
      const [from, to] = [Math.max(0, x0 - left), Math.min(width, x1 - left)];
      return to > from ? (line[y * (width + 1) + to]! - line[y * (width + 1) + from]!) / (to - from) : 0;
    },
    down: (x, y0, y1) => {
      const [from, to] = [Math.max(0, y0), Math.min(height, y1)];
      if (x < left || x >= left + width || to <= from) return 0;
      return (column[to * width + x - left]! - column[from * width + x - left]!) / (to - from);
    },
  };
}

function bestLadder(
  sums: Sums,
  rows: readonly TraceRow[],
  gap: number,
  from: number,
  to: number,
  pxPerMm: number,
): Ladder | null {
  const count = rows.length;
  let best: Ladder | null = null;
  for (const mm of WIDTHS_MM) {
    const least = Math.round((mm - WIDTH_PLAY_MM) * pxPerMm);
    const most = Math.round((mm + WIDTH_PLAY_MM) * pxPerMm);
    for (let width = least; width <= most; width++) {
      for (let x0 = Math.max(1, from); x0 + width < to; x0++) {
        const x1 = x0 + width;
        const rungs = rungsBetween(sums, x0, x1, pxPerMm);
        if (rungs.length < (1 - MISSING_SHARE) * count) continue;
        const ladder = climb(rungs, count, gap);
        if (ladder === null) continue;
        const heightMm = heightOf(ladder.rungs, rows, gap, pxPerMm);
        if (heightMm === undefined) continue;
        const [top, foot] = [Math.round(ladder.rungs[0]!), Math.round(ladder.rungs[count - 1]! + gap)];
        const legs = [x0, x1].map((x) =>
          Math.max(...[x - 1, x, x + 1].map((at) => sums.down(at, top, foot))),
        );
        const strength = ladder.strength + legs[0]! + legs[1]!;
        if (Math.max(...legs) < LEG_FILL || strength <= (best?.strength ?? 0)) continue;
        if (isFilled(sums, x0, x1, top, foot, pxPerMm)) continue;
        best = { x0, x1, rungs: ladder.rungs, heightMm, strength };
      }
    }
  }
  return best;
}

/** Middles of the level strokes that end at both columns. */
function rungsBetween(sums: Sums, x0: number, x1: number, pxPerMm: number): number[] {
  const [near, far] = BESIDE_MM.map((mm) => Math.max(1, Math.round(mm * pxPerMm))) as [number, number];
  const rungs: number[] = [];
  let start = -1;
  for (let y = 0; y <= sums.height; y++) {
    const isRung =
      y < sums.height &&
      sums.along(y, x0 + 1, x1) >= RUNG_FILL &&
      sums.along(y, x0 - far, x0 - near + 1) < BESIDE_FILL &&
      sums.along(y, x1 + near, x1 + far + 1) < BESIDE_FILL;
    if (isRung && start < 0) start = y;
    if (!isRung && start >= 0) {
      rungs.push((start + y - 1) / 2);
      start = -1;
    }
  }
  return rungs;
}

/** As many rungs at equal distances as there are rows, with none beyond them; null where there are not. */
function climb(
  rungs: readonly number[],
  count: number,
  gap: number,
): Pick<Ladder, 'rungs' | 'strength'> | null {
  const at = (y: number): number | undefined => rungs.find((own) => Math.abs(own - y) <= RUNG_PLAY * gap);
  for (const first of rungs) {
    if (at(first - gap) !== undefined) continue;
    const ladder = [first];
    let last = first;
    let missing = 0;
    for (let k = 1; k < count; k++) {
      const next = at(last + gap);
      if (next === undefined) missing++;
      last = next ?? last + gap;
      ladder.push(last);
    }
    if (missing > MISSING_SHARE * count || at(last) === undefined || at(last + gap) !== undefined) continue;
    return { rungs: ladder, strength: count - missing };
  }
  return null;
}

/** Whether what lies between the legs is dark, as bars and shades are. */
function isFilled(sums: Sums, x0: number, x1: number, top: number, foot: number, pxPerMm: number): boolean {
  const clear = Math.round(BESIDE_MM[1] * pxPerMm);
  const middles: number[] = [];
  for (let x = x0 + clear; x <= x1 - clear; x++) middles.push(sums.down(x, top, foot));
  return middles.length === 0 || Math.min(...middles) > BETWEEN_FILL;
}
