import type { FloatRaster } from '../image/raster.ts';
import { spreadGreatest } from '../image/spread-greatest.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { TraceRow } from './trace-row.ts';

/** Usual pulses: 1 mV at 5, 10 and 20 mm/mV, for 0.1 and 0.2 s at 25 and 50 mm/s, millimetres, and how far they may be from that. */
const HEIGHTS_MM: readonly number[] = [5, 10, 20];
const WIDTHS_MM: readonly number[] = [2.5, 5, 10];
const HEIGHT_PLAY_MM = 0.6;
const WIDTH_PLAY_MM = 0.5;
/** Sizes of all pulses, for where the scale is assumed. */
const ALL_HEIGHTS_MM: readonly [number, number] = [4, 22];
const ALL_WIDTHS_MM: readonly [number, number] = [1.8, 11];
/** How far the foot may be from the baseline of its row, and how far inside the ends of its row a pulse may stand. */
const FOOT_OFF_MM = 3;
const FROM_END_MM = 14;
const BEFORE_END_MM = 3;
/** How finely heights and feet are tried: strokes are half as thick, and thickened. */
const STEP_MM = 0.17;
/** Price of a foot that far off, in shares: where pulses stand on each other nothing else tells how high they are. */
const FOOT_PRICE = 0.5;
/** Coverage of ink; shares of legs and plateau that must show it, and of the paper between and beside the legs that may. */
const INKED = 0.3;
const LEG_FILL = 0.6;
const PLATEAU_FILL = 0.65;
const INNER_FILL = 0.3;
const BESIDE_FILL = 0.5;
/** What is left out where strokes meet, millimetres. */
const MEETING_MM = 0.8;
/** Beyond all pulses the paper is bare over their legs: from and to so many millimetres; grid lines and frames go on there. */
const BEYOND_MM: readonly [number, number] = [1.5, 6];
const BEYOND_FILL = 0.4;
/** Boxes of the grid, and how far from them what is left of one may stand. */
const BOX_MM = 5;
const BOX_PLAY_MM = 0.7;
/** How far pulses of different rows may stand aside of each other. */
const ALIGN_MM = 1;
/** Share of the rows that must show one, and the fewest, of several. */
const ROW_SHARE = 0.66;
const LEAST_ROWS = 2;
/** How well the pulse of a single row must fit, of 3: no other row bears it out. */
const LONE_FIT = 2.4;

interface Match {
  readonly row: number;
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
  readonly foot: number;
  readonly heightPx: number;
  readonly score: number;
}

/**
 * Pulses that no row shows well enough alone, found by all rows together: ragged ones of copies, and those of rows so near to
 * each other that they stand one upon the other, a ladder of two long legs. Most rows must show legs and plateau of one usual
 * size at one place; a single row, where the scale is known, nearly whole ones.
 *
 * @param isScaleAssumed whether nothing tells what `pxPerMm` is: pulses of any size are looked for then
 * @returns one pulse for each row that shows it; none where it is not most of them
 */
export function findSharedPulses(
  coverage: FloatRaster,
  rows: readonly TraceRow[],
  pxPerMm: number,
  isScaleAssumed = false,
): DetectedPulse[] {
  const isLone = rows.length < LEAST_ROWS;
  if (isLone && (rows.length === 0 || isScaleAssumed)) return [];
  const ink = fillsOf(coverage);
  const found = (['left', 'right'] as const).map((side) => {
    const matches = rows.flatMap((row, k) => matchRow(ink, row, k, side, pxPerMm, isScaleAssumed));
    return { side, pulses: mostShared(matches, rows, pxPerMm) };
  });
  const [best] = found.sort((a, b) => b.pulses.length - a.pulses.length || fitOf(b.pulses) - fitOf(a.pulses));
  if (best === undefined || best.pulses.length < Math.max(isLone ? 1 : LEAST_ROWS, ROW_SHARE * rows.length)) {
    return [];
  }
  if (isLone && best.pulses.some(({ score }) => score < LONE_FIT)) return [];
  const pulses = completed(best.pulses, rows, best.side);
  if (!standFree(ink, pulses, pxPerMm) || areBoxes(best.pulses, pxPerMm)) return [];
  return pulses.map(({ row, x0, x1, top, foot, heightPx }) => ({
    box: { x0: x0 - 1, y0: top - 1, x1: x1 + 2, y1: foot + 2 },
    heightMm: heightPx / pxPerMm,
    widthMm: (x1 - x0) / pxPerMm,
    row,
    side: best.side,
    leftX: x0,
    rightX: x1,
  }));
}

function fitOf(pulses: readonly Match[]): number {
  return pulses.reduce((sum, { score }) => sum + score, 0);
}

/** The pulses with those of the other rows that reach as far, of the same size at the same place. */
function completed(pulses: readonly Match[], rows: readonly TraceRow[], side: 'left' | 'right'): Match[] {
  return rows.flatMap((row, k) => {
    const own = pulses.find((pulse) => pulse.row === k);
    if (own) return [own];
    const fellow = pulses.reduce((a, b) => (Math.abs(b.row - k) < Math.abs(a.row - k) ? b : a));
    if (side === 'left' ? row.x0 > fellow.x1 : row.x1 < fellow.x0) return [];
    const foot = Math.round(row.baselineY);
    return [{ ...fellow, row: k, foot, top: Math.max(0, foot - fellow.heightPx) }];
  });
}

/** Sums of inked pixels of the page with its strokes a pixel thicker, down its columns and along its rows. */
interface Fills {
  readonly width: number;
  readonly height: number;
  /** Share of inked pixels in column `x` from row `y0` up to `y1`. */
  readonly down: (x: number, y0: number, y1: number) => number;
  /** Share of inked pixels in row `y` from column `x0` up to `x1`. */
  readonly along: (y: number, x0: number, x1: number) => number;
}

function fillsOf(coverage: FloatRaster): Fills {
  const { width, height } = coverage;
  const data = coverage.data.slice();
  spreadGreatest(data, width, height);
  const column = new Int32Array(width * (height + 1));
  const line = new Int32Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const on = data[y * width + x]! >= INKED ? 1 : 0;
      column[(y + 1) * width + x] = column[y * width + x]! + on;
      line[y * (width + 1) + x + 1] = line[y * (width + 1) + x]! + on;
    }
  }
  return {
    width,
    height,
    down: (x, y0, y1) => {
      const [from, to] = [Math.max(0, y0), Math.min(height, y1)];
      if (x < 0 || x >= width || to <= from) return 0;
      return (column[to * width + x]! - column[from * width + x]!) / (to - from);
    },
    along: (y, x0, x1) => {
      const [from, to] = [Math.max(0, x0), Math.min(width, x1)];
      if (y < 0 || y >= height || to <= from) return 0;
      return (line[y * (width + 1) + to]! - line[y * (width + 1) + from]!) / (to - from);
    },
  };
}

/** Pulses that one row may show: for each place and size the foot at which it fits best. */
function matchRow(
  ink: Fills,
  row: TraceRow,
  index: number,
  side: 'left' | 'right',
  pxPerMm: number,
  isScaleAssumed: boolean,
): Match[] {
  const inside = Math.round(FROM_END_MM * pxPerMm);
  const before = Math.round(BEFORE_END_MM * pxPerMm);
  const [from, to] =
    side === 'left'
      ? [Math.floor(row.x0) - before, Math.floor(row.x0) + inside]
      : [Math.ceil(row.x1) - inside, Math.ceil(row.x1) + before];
  const off = Math.round(FOOT_OFF_MM * pxPerMm);
  const matches = new Map<string, Match>();
  const step = Math.max(1, Math.round(STEP_MM * pxPerMm));
  for (const heightPx of heightsPx(isScaleAssumed, step, pxPerMm)) {
    for (let foot = Math.round(row.baselineY) - off; foot <= row.baselineY + off; foot += step) {
      const top = foot - heightPx;
      if (top < 0 || foot >= ink.height) continue;
      const legs: number[] = [];
      for (let x = Math.max(0, from); x < Math.min(ink.width, to); x++) {
        if (ink.down(x, top, foot) >= LEG_FILL) legs.push(x);
      }
      for (const x0 of legs) {
        for (const x1 of legs) {
          if (x1 <= x0 || !isWidth((x1 - x0) / pxPerMm, isScaleAssumed)) continue;
          const aside = Math.abs(foot - row.baselineY) / off;
          const score = fit(ink, { x0, x1, top, foot }, pxPerMm) - FOOT_PRICE * aside;
          const key = `${x0} ${x1} ${heightPx}`;
          if (score > (matches.get(key)?.score ?? 0)) {
            matches.set(key, { row: index, x0, x1, top, foot, heightPx, score });
          }
        }
      }
    }
  }
  return [...matches.values()];
}

/** How full legs and plateau are, 0 where it is no pulse. */
function fit(
  ink: Fills,
  { x0, x1, top, foot }: Pick<Match, 'x0' | 'x1' | 'top' | 'foot'>,
  pxPerMm: number,
): number {
  const plateau = ink.along(top, x0, x1 + 1);
  if (plateau < PLATEAU_FILL) return 0;
  const clear = Math.round(MEETING_MM * pxPerMm);
  let inner = 0;
  let columns = 0;
  for (let x = x0 + clear; x <= x1 - clear; x++) {
    inner += ink.down(x, top + clear, foot - clear);
    columns++;
  }
  if (columns === 0 || inner > INNER_FILL * columns) return 0;
  // The edge of a border or of a shade has ink on its other side.
  const beside = [x0 - clear, x1 + clear].map((x) => ink.down(x, top + clear, foot - clear));
  if (Math.max(...beside) > BESIDE_FILL) return 0;
  return plateau + ink.down(x0, top, foot) + ink.down(x1, top, foot) - inner / columns;
}

/** The pulses of one size that stand above each other in most rows, the best of each row. */
function mostShared(matches: readonly Match[], rows: readonly TraceRow[], pxPerMm: number): Match[] {
  let best: Match[] = [];
  let most = 0;
  const strongest = [...matches].sort((a, b) => b.score - a.score).slice(0, 40);
  for (const anchor of strongest) {
    const ofRows = rows.flatMap((_, row) => {
      const near = matches.filter(
        (m) =>
          m.row === row &&
          Math.abs(m.x0 - anchor.x0) <= ALIGN_MM * pxPerMm &&
          Math.abs(m.x1 - m.x0 - anchor.x1 + anchor.x0) <= WIDTH_PLAY_MM * pxPerMm &&
          Math.abs(m.heightPx - anchor.heightPx) <= WIDTH_PLAY_MM * pxPerMm,
      );
      return near.length === 0 ? [] : [near.reduce((a, b) => (b.score > a.score ? b : a))];
    });
    const sum = fitOf(ofRows);
    if (sum <= most) continue;
    most = sum;
    best = ofRows;
  }
  return best;
}

/** Whether the legs of the pulses end with them, above and below each that does not stand on its neighbour. */
function standFree(ink: Fills, pulses: readonly Match[], pxPerMm: number): boolean {
  const [from, to] = BEYOND_MM.map((mm) => Math.round(mm * pxPerMm)) as [number, number];
  const goesOn = (x: number, y0: number, y1: number): boolean =>
    [x - 1, x, x + 1].some((at) => ink.down(at, y0, y1) > BEYOND_FILL);
  return pulses.every(({ x0, x1, top, foot }, k) => {
    const before = pulses[k - 1]?.foot ?? -Infinity;
    const after = pulses[k + 1]?.top ?? Infinity;
    return [x0, x1].every(
      (x) =>
        (top - before < from + to || !goesOn(x, top - to, top - from)) &&
        (after - foot < from + to || !goesOn(x, foot + from, foot + to)),
    );
  });
}

/** Whether they are what is left of the grid, boxes of which lie on canonical multiples of 5 mm. */
function areBoxes(pulses: readonly Match[], pxPerMm: number): boolean {
  const lies = (px: number): boolean => {
    const mm = px / pxPerMm;
    return Math.abs(mm - BOX_MM * Math.round(mm / BOX_MM)) <= BOX_PLAY_MM;
  };
  const boxes = pulses.filter(({ x0, x1, top }) => lies(x0) && lies(x1) && lies(top));
  return 2 * boxes.length > pulses.length;
}

function isWidth(mm: number, isScaleAssumed: boolean): boolean {
  if (isScaleAssumed) return mm >= ALL_WIDTHS_MM[0] && mm <= ALL_WIDTHS_MM[1];
  return WIDTHS_MM.some((usual) => Math.abs(mm - usual) <= WIDTH_PLAY_MM);
}

/** Heights of pulses that are tried, whole pixels. */
function heightsPx(isScaleAssumed: boolean, step: number, pxPerMm: number): number[] {
  const [least, most] = ALL_HEIGHTS_MM;
  if (isScaleAssumed) {
    const count = Math.floor(((most - least) * pxPerMm) / step);
    return Array.from({ length: count }, (_, k) => Math.round(least * pxPerMm) + k * step);
  }
  const reach = Math.floor((HEIGHT_PLAY_MM * pxPerMm) / step);
  return HEIGHTS_MM.flatMap((mm) =>
    Array.from({ length: 2 * reach + 1 }, (_, k) => Math.round(mm * pxPerMm) + (k - reach) * step),
  );
}
