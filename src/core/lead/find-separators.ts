import type { Box } from '../image/raster.ts';
import type { TraceRow } from './trace-row.ts';
import type { Upright } from './find-uprights.ts';
import { ascending } from '../../shared/ascending.ts';

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
/** Baselines are known less well than that: a mark like its column's others may stand this far off in a row without one. */
const LOOSE_Y_MM = 2.5;
const SAME_WIDTH_PX = 1.5;
/** How far from the line of a column's marks a mark may stand: this, or so many times as far as they usually do. */
const IN_LINE_MM = 0.15;
const IN_LINE_SPREADS = 4;
/** Quality from which a group of marks tells that its rows are divided. */
const SURE_QUALITY = 0.5;
/** How much longer a mark may look where a trace touches its end. */
const LONGER_MM = 1.5;
/** Thickness from which marks count fully: slivers of steep strokes are thinner. */
const FULL_WIDTH_MM = 0.3;
/** The dashes above and below a trace are equally long to this factor. */
const TWIN_RATIO = 1.5;
/** Separators reach at most this far from the baseline, and this far where no row is nearer. */
const MAX_REACH_MM = 12;
const MAX_HIGH_MM = 18;

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
    const reaches = rows.map(({ baselineY }) => Math.max(baselineY - upright.y0, upright.y1 - baselineY));
    const isNear = Math.min(...reaches) <= MAX_REACH_MM * pxPerMm;
    const most = (isNear ? MAX_REACH_MM : MAX_HIGH_MM) * pxPerMm;
    rows.forEach((row, k) => {
      const top = upright.y0 - row.baselineY;
      const bottom = upright.y1 - row.baselineY;
      if (reaches[k]! > most) return;
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
    const group: Mark[] = [];
    for (let at = from; at < to; at++) {
      const mark = marks[at]!;
      if (!used.has(mark) && isLevelWith(mark, seed, pxPerMm)) group.push(mark);
    }
    const inLine = withoutOutliers(group, pxPerMm);
    if (new Set(inLine.map((m) => m.row)).size < need) continue;
    for (const m of inLine) used.add(m);
    groups.push(inLine);
  }
  const columns: SeparatorColumn[] = [];
  const scored = groups.map((group) => ({ group, quality: likeness(group, pxPerMm), score: 0 }));
  for (const entry of scored) entry.score = entry.quality * new Set(entry.group.map((m) => m.row)).size;
  scored.sort((a, b) => b.score - a.score || b.group.length - a.group.length);
  for (const { group, quality } of scored) {
    const x = median(group.map((m) => m.x));
    const twin = columns.findIndex((c) => Math.abs(c.x - x) < ALIGN_X_MM * pxPerMm);
    if (twin < 0 && columns.some((c) => Math.abs(c.x - x) < 2 * pxPerMm)) continue;
    const marked = new Set<number>();
    for (const other of scored) {
      if (other.group === group || other.quality < SURE_QUALITY) continue;
      for (const { row } of other.group) marked.add(row);
    }
    const marks = [...group, ...completeRows(group, marked, uprights, rows, pxPerMm)];
    const boxes = marks.map((m) => boxOf(m.upright));
    const rowSet = [...new Set(marks.map((m) => m.row))];
    if (twin >= 0) {
      const other = columns[twin];
      // Beside a mark stands a complex, not a second mark: simultaneous leads have their complexes at one place too.
      if (boxes.some((box) => other.marks.some((mark) => box.y0 < mark.y1 && mark.y0 < box.y1))) continue;
      const ratio = median(boxes.map(boxHeight)) / median(other.marks.map(boxHeight));
      if (ratio < 1 / TWIN_RATIO || ratio > TWIN_RATIO) continue;
      columns[twin] = {
        x: (other.x + x) / 2,
        quality: Math.max(other.quality, quality),
        rows: [...new Set([...other.rows, ...rowSet])].sort(ascending),
        marks: [...other.marks, ...boxes],
      };
    } else columns.push({ x, quality, rows: rowSet.sort(ascending), marks: boxes });
  }
  return columns.sort((a, b) => a.x - b.x);
}

/** A group without the marks that stand beside the line of the others: complexes of rows without separators. */
function withoutOutliers(group: readonly Mark[], pxPerMm: number): Mark[] {
  const { x, limit } = lineOf(group, pxPerMm);
  return group.filter((m) => Math.abs(m.x - x) <= limit);
}

/** Where the marks of a group stand, and how far from there one of them may. */
function lineOf(group: readonly Mark[], pxPerMm: number): { x: number; limit: number } {
  const x = median(group.map((m) => m.x));
  const spread = median(group.map((m) => Math.abs(m.x - x)));
  return { x, limit: Math.max(IN_LINE_MM * pxPerMm, IN_LINE_SPREADS * spread) };
}

function isLevelWith(mark: Mark, seed: Mark, pxPerMm: number): boolean {
  return (
    Math.abs(mark.top - seed.top) <= ALIGN_Y_MM * pxPerMm &&
    Math.abs(mark.bottom - seed.bottom) <= ALIGN_Y_MM * pxPerMm &&
    Math.abs(mark.bottom - mark.top - seed.bottom + seed.top) <= Math.max(1.5, SAME_LENGTH_MM * pxPerMm)
  );
}

/** Marks like those of a group in the rows that it misses but that are `marked` elsewhere: rhythm strips are not. */
function completeRows(
  group: readonly Mark[],
  marked: ReadonlySet<number>,
  uprights: readonly Upright[],
  rows: readonly TraceRow[],
  pxPerMm: number,
): Mark[] {
  const { x, limit } = lineOf(group, pxPerMm);
  const top = median(group.map((m) => m.top));
  const length = median(group.map((m) => m.bottom - m.top));
  const width = median(group.map((m) => m.upright.widthPx));
  const more: Mark[] = [];
  rows.forEach((row, k) => {
    if (!marked.has(k) || group.some((m) => m.row === k)) return;
    const { baselineY } = row;
    const offTop = (u: Upright): number => Math.abs(u.y0 - baselineY - top);
    const offBottom = (u: Upright): number => Math.abs(u.y1 - baselineY - top - length);
    const alike: Upright[] = [];
    for (const u of uprights) {
      if (
        Math.abs(u.x - x) <= limit &&
        Math.abs(u.widthPx - width) <= SAME_WIDTH_PX &&
        u.y1 - u.y0 >= length - Math.max(1.5, SAME_LENGTH_MM * pxPerMm) &&
        u.y1 - u.y0 <= length + LONGER_MM * pxPerMm &&
        Math.min(offTop(u), offBottom(u)) <= LOOSE_Y_MM * pxPerMm
      ) {
        alike.push(u);
      }
    }
    if (alike.length !== 1) return;
    // A trace that ends on the mark makes it longer: the end that is in place tells where the mark itself is.
    const [found] = alike;
    const upright =
      offTop(found) <= offBottom(found)
        ? { ...found, y1: Math.min(found.y1, found.y0 + length) }
        : { ...found, y0: Math.max(found.y0, found.y1 - length) };
    more.push({ x: upright.x, row: k, top: upright.y0 - baselineY, bottom: upright.y1 - baselineY, upright });
  });
  return more;
}

/** Marks of one column differ by less than a pixel or so in length and place, and are as thick as a pen. */
function likeness(group: readonly Mark[], pxPerMm: number): number {
  const thickness = Math.min(1, median(group.map((m) => m.upright.widthPx)) / (FULL_WIDTH_MM * pxPerMm));
  const lengths = deviation(group.map((m) => m.bottom - m.top));
  const places = deviation(group.map((m) => m.x));
  return (
    (0.5 + 0.5 * thickness) * Math.exp(-((lengths / LENGTH_SPREAD_PX) ** 2) - (places / PLACE_SPREAD_PX) ** 2)
  );
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

const boxHeight = ({ y0, y1 }: Box): number => y1 - y0;

function median(values: readonly number[]): number {
  const sorted = [...values].sort(ascending);
  return sorted[sorted.length >> 1];
}
