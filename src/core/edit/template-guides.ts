import { templateOf } from '../lead/layout-templates.ts';
import type { Layout, LayoutKind, LeadCell } from '../lead/layout.ts';
import { ascending } from '../../shared/ascending.ts';

/** Where a layout is laid over a page; canonical pixels. */
export interface TemplateGuides {
  readonly kind: LayoutKind;
  readonly cabrera: boolean;
  /** Edges of the columns from the left: one more than there are columns. */
  readonly columns: readonly number[];
  /** Zero lines of the rows from above, rhythm strips last. */
  readonly rows: readonly number[];
}

/** Rows of leads lie so far apart where nothing tells, millimetres. */
const USUAL_ROW_MM = 25;
/** Columns count as evenly spaced when they differ by less than this share. */
const EVEN = 0.02;

/**
 * Guides to begin with: the rows and columns that the page has as far as they fit the layout, the rest evenly spaced.
 *
 * @param pxPerMm canonical pixels
 */
export function firstGuides(
  layout: Layout,
  kind: LayoutKind,
  cabrera: boolean,
  page: { readonly width: number; readonly height: number; readonly pxPerMm: number },
): TemplateGuides {
  const template = templateOf(kind, cabrera);
  const columns = columnEdges(layout, template.grid[0]!.length, page.width);
  const present = rowBaselines(layout.cells);
  const rhythm = template.rhythmRows;
  const grid = template.grid.length;
  const rows =
    present.length >= grid + rhythm
      ? [...present.slice(0, grid), ...(rhythm > 0 ? present.slice(-rhythm) : [])]
      : stretched(present, grid + rhythm, page);
  return { kind, cabrera: template.cabrera, columns, rows };
}

/** Zero lines of the rows of a page, from above: the median of each row's cells. */
export function rowBaselines(cells: readonly LeadCell[]): number[] {
  const byRow = new Map<number, number[]>();
  for (const { row, baselineY } of cells) byRow.set(row, [...(byRow.get(row) ?? []), baselineY]);
  return [...byRow.values()].map(median).sort(ascending);
}

/**
 * Guides after one of them was dragged. Rows keep their order and so do columns; an outer edge takes columns that are
 * evenly spaced along.
 *
 * @param leastPx how near guides may lie to each other
 */
export function moveGuide(
  guides: TemplateGuides,
  which: 'columns' | 'rows',
  index: number,
  to: number,
  leastPx: number,
): TemplateGuides {
  const lines = guides[which];
  const low = index > 0 ? lines[index - 1]! + leastPx : -Infinity;
  const high = index + 1 < lines.length ? lines[index + 1]! - leastPx : Infinity;
  const outer = which === 'columns' && (index === 0 || index === lines.length - 1);
  if (outer && lines.length > 2 && isEven(lines)) {
    const [first, last] = index === 0 ? [to, lines.at(-1)!] : [lines[0]!, to];
    if (last - first < leastPx * (lines.length - 1)) return guides;
    return { ...guides, columns: even(first, last, lines.length) };
  }
  const at = Math.max(low, Math.min(high, to));
  return { ...guides, [which]: lines.map((line, i) => (i === index ? at : line)) };
}

function columnEdges(layout: Layout, count: number, width: number): number[] {
  const cells = layout.cells.filter(({ role }) => role === 'lead');
  const all = cells.length > 0 ? cells : layout.cells;
  if (all.length === 0) return even(0.05 * width, 0.95 * width, count + 1);
  const first = Math.min(...all.map(({ x0 }) => x0));
  const last = Math.max(...all.map(({ x1 }) => x1));
  const present = new Set(cells.map(({ column }) => column)).size;
  if (present !== count || count === 1) return even(first, last, count + 1);
  const inner = Array.from({ length: count - 1 }, (_, k) => {
    return median(cells.filter(({ column }) => column === k + 1).map(({ x0 }) => x0));
  });
  const edges = [first, ...inner, last];
  return edges.every((x, k) => k === 0 || x > edges[k - 1]!) ? edges : even(first, last, count + 1);
}

function stretched(
  present: readonly number[],
  count: number,
  { height, pxPerMm }: { readonly height: number; readonly pxPerMm: number },
): number[] {
  const gaps = present.slice(1).map((y, k) => y - present[k]!);
  const gap = gaps.length > 0 ? median(gaps) : USUAL_ROW_MM * pxPerMm;
  const first = present[0] ?? gap;
  const room = (0.97 * height - first) / Math.max(1, count - 1);
  if (room >= gap) {
    return Array.from(
      { length: count },
      (_, k) => present[k] ?? (present.at(-1) ?? first) + (k - present.length + 1) * gap,
    );
  }
  return even(Math.min(first, 0.5 * height), Math.max(present.at(-1) ?? 0, 0.9 * height), count);
}

const even = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => (count === 1 ? first : first + ((last - first) * k) / (count - 1)));

function isEven(lines: readonly number[]): boolean {
  const gaps = lines.slice(1).map((x, k) => x - lines[k]!);
  return Math.max(...gaps) - Math.min(...gaps) <= EVEN * median(gaps);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort(ascending);
  return sorted[sorted.length >> 1]!;
}
