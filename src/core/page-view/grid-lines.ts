import type { Lattice } from '../page/rectification.ts';
import { tenth, type ImagePoint } from './image-outline.ts';

const LINE_SPACING_MM = 5;

/**
 * Grid lines of a lattice as polylines in image pixels, 5 mm apart; a line is broken where crossings are off the page.
 * Empty for a page without a lattice.
 */
export function gridLines(lattice: Lattice | null): ImagePoint[][] {
  if (!lattice) return [];
  const { columns, rows, xs, ys } = lattice;
  const every = Math.max(1, Math.round(LINE_SPACING_MM / lattice.spacingMm));
  // Paper bends slowly: two points per line spacing follow it, and keep the answer small on a 1 mm lattice.
  const along = Math.max(1, Math.floor(every / 2));
  const at = (i: number, j: number): ImagePoint => [xs[j * columns + i]!, ys[j * columns + i]!];
  const lineColumns = stepped(columns, along);
  const lineRows = stepped(rows, along);
  return [
    ...stepped(rows, every).flatMap((j) => runs(lineColumns.map((i) => at(i, j)))),
    ...stepped(columns, every).flatMap((i) => runs(lineRows.map((j) => at(i, j)))),
  ];
}

function stepped(count: number, every: number): number[] {
  return Array.from({ length: Math.ceil(count / every) }, (_, k) => k * every);
}

/** Splits a line of crossings at NaN; single crossings are no line. */
function runs(crossings: readonly ImagePoint[]): ImagePoint[][] {
  const found: ImagePoint[][] = [[]];
  for (const [x, y] of crossings) {
    if (Number.isNaN(x) || Number.isNaN(y)) found.push([]);
    else found.at(-1)!.push([tenth(x), tenth(y)]);
  }
  return found.filter((run) => run.length > 1);
}
