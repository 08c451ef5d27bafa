import type { Box } from '../image/raster.ts';
import type { TraceRow } from './trace-row.ts';
import type { Upright } from './find-uprights.ts';

/** Where lead separators stand: one column of marks. */
export interface SeparatorColumn {
  /** Centre line of the marks, canonical pixels (median over the rows). */
  readonly x: number;
  /** Rows that carry the mark. */
  readonly rows: readonly number[];
  readonly marks: readonly Box[];
  /** How alike the marks are, 0..1; chance alignments of complexes score low. */
  readonly quality: number;
}

/** Marks of one column share their place to this many millimetres. */
const ALIGN_X_MM = 0.5;
const ALIGN_Y_MM = 0.9;
/** Printed marks are equally long to this many millimetres; complexes are not. */
const SAME_LENGTH_MM = 0.35;
/** Spread at which a column of marks loses most of its quality, pixels. */
const LENGTH_SPREAD_PX = 1.3;
const PLACE_SPREAD_PX = 1.8;
/** Separators reach at most this far from the baseline. */
const MAX_REACH_MM = 12;

interface Mark {
  readonly x: number;
  readonly row: number;
  readonly top: number;
  readonly bottom: number;
  readonly upright: Upright;
}

/**
 * Finds columns of separators: upright marks that stand at the same x and at the same height relative to the
 * baselines of at least two rows. QRS complexes line up too, but hardly ever with the same ends.
 */
export function findSeparators(
  uprights: readonly Upright[],
  rows: readonly TraceRow[],
  pxPerMm: number,
): SeparatorColumn[] {
  const marks: Mark[] = [];
  for (const upright of uprights) {
    rows.forEach((row, k) => {
      const top = upright.y0 - row.baselineY;
      const bottom = upright.y1 - row.baselineY;
      if (Math.max(-top, bottom) > MAX_REACH_MM * pxPerMm) return;
      marks.push({ x: upright.x, row: k, top, bottom, upright });
    });
  }
  marks.sort((a, b) => a.x - b.x);
  const used = new Set<Mark>();
  const groups: Mark[][] = [];
  const need = Math.max(2, Math.ceil(0.5 * Math.min(rows.length, 3)));
  // Marks are in order of x: only those of the window are compared, or a page full of specks would take minutes.
  let from = 0;
  let to = 0;
  for (const seed of marks) {
    while (marks[from].x < seed.x - ALIGN_X_MM * pxPerMm) from++;
    while (to < marks.length && marks[to].x <= seed.x + ALIGN_X_MM * pxPerMm) to++;
    if (used.has(seed)) continue;
    const group = marks
      .slice(from, to)
      .filter(
        (m) =>
          !used.has(m) &&
          Math.abs(m.top - seed.top) <= ALIGN_Y_MM * pxPerMm &&
          Math.abs(m.bottom - seed.bottom) <= ALIGN_Y_MM * pxPerMm &&
          Math.abs(m.bottom - m.top - seed.bottom + seed.top) <= Math.max(1.5, SAME_LENGTH_MM * pxPerMm),
      );
    if (new Set(group.map((m) => m.row)).size < need) continue;
    for (const m of group) used.add(m);
    groups.push(group);
  }
  const columns: SeparatorColumn[] = [];
  groups.sort((a, b) => b.length - a.length);
  for (const group of groups) {
    const x = median(group.map((m) => m.x));
    if (
      columns.some(
        (c) => Math.abs(c.x - x) < 2 * pxPerMm && c.rows.length > new Set(group.map((m) => m.row)).size,
      )
    ) {
      continue;
    }
    const twin = columns.findIndex((c) => Math.abs(c.x - x) < ALIGN_X_MM * pxPerMm);
    const quality = likeness(group);
    const boxes = group.map((m) => boxOf(m.upright));
    const rowSet = [...new Set(group.map((m) => m.row))];
    if (twin >= 0) {
      const other = columns[twin];
      columns[twin] = {
        x: (other.x + x) / 2,
        quality: Math.max(other.quality, quality),
        rows: [...new Set([...other.rows, ...rowSet])].sort((a, b) => a - b),
        marks: [...other.marks, ...boxes],
      };
    } else columns.push({ x, quality, rows: rowSet.sort((a, b) => a - b), marks: boxes });
  }
  return columns.sort((a, b) => a.x - b.x);
}

/** Marks of one column differ by less than a pixel or so in length and place. */
function likeness(group: readonly Mark[]): number {
  const lengths = deviation(group.map((m) => m.bottom - m.top));
  const places = deviation(group.map((m) => m.x));
  return Math.exp(-((lengths / LENGTH_SPREAD_PX) ** 2) - (places / PLACE_SPREAD_PX) ** 2);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}

function boxOf(upright: Upright): Box {
  const half = upright.widthPx / 2;
  return {
    x0: Math.floor(upright.x - half),
    y0: upright.y0,
    x1: Math.ceil(upright.x + half + 1),
    y1: upright.y1,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
