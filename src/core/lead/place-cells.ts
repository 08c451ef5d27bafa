import type { LeadName } from '../../shared/lead-name.ts';
import type { Box } from '../image/raster.ts';
import type { ColumnFit } from './fit-columns.ts';
import type { LeadCell } from './layout.ts';
import type { RowExtent } from './measure-extents.ts';
import type { TraceGrid } from './trace-grid.ts';
import type { TraceRow } from './trace-row.ts';

/** A cell's name and how it came by it. */
export interface CellName {
  readonly lead: LeadName;
  readonly inverted: boolean;
  readonly labelBox: Box | null;
  readonly labelSource: LeadCell['labelSource'];
  readonly confidence: number;
}

export interface PlaceCellsInput {
  readonly rows: readonly TraceRow[];
  readonly extents: readonly RowExtent[];
  readonly grid: TraceGrid;
  readonly fit: ColumnFit;
  readonly dividedRows: number;
  readonly names: ReadonlyMap<string, CellName>;
  readonly speedMmPerSecond: number;
  readonly pxPerMm: number;
  readonly pageWidth: number;
  readonly pageHeight: number;
}

/** Durations that cells and rows are printed with, seconds, and how near a measured one must be to count as it. */
const USUAL_SECONDS = [2.5, 3, 5, 6, 10, 12];
const SNAP = 0.025;
/** Share of the distance to the neighbouring row that a cell reaches at least, and at most in rows. */
const LEAST_REACH = 0.75;
const MOST_REACH = 1.7;
const DEFAULT_SPACING_MM = 25;

/** Identifier of the cell in printed row `row` and column `column`, from 0. */
export function cellId(row: number, column: number): string {
  return `r${row}c${column}`;
}

/** Turns rows and columns into cells with extents on the paper and on the clock of the page. */
export function placeCells(input: PlaceCellsInput): LeadCell[] {
  const { rows, extents, fit, dividedRows, names, speedMmPerSecond, pxPerMm, pageWidth } = input;
  const secondsPerPx = 1 / (pxPerMm * speedMmPerSecond);
  const cellSeconds = snap(fit.width * secondsPerPx);
  const scale = cellSeconds / fit.width;
  const zero = Math.max(0, fit.origin);
  const cells: LeadCell[] = [];
  rows.forEach((row, r) => {
    const extent = extents[r];
    const divided = r < dividedRows;
    const columns = divided ? fit.count : 1;
    for (let c = 0; c < columns; c++) {
      const left = fit.origin + c * fit.width;
      const right = divided ? left + fit.width : fit.origin + fit.count * fit.width;
      const x0 = Math.max(c === 0 ? clipStart(left, extent.x0, fit.width) : left, 0);
      const x1 = Math.min(c === columns - 1 ? clipEnd(right, extent.x1, fit.width) : right, pageWidth);
      const name = names.get(cellId(r, c));
      if (!name || x1 - x0 < 0.1 * fit.width) continue;
      const { baselineY, y0, y1 } = verticalRange(input, r, x0, x1);
      cells.push({
        id: cellId(r, c),
        lead: name.lead,
        role: divided ? 'lead' : 'rhythm',
        row: r,
        column: c,
        x0,
        x1,
        baselineY,
        y0,
        y1,
        startSeconds: (x0 - zero) * scale,
        endSeconds: (x1 - zero) * scale,
        inverted: name.inverted,
        labelBox: name.labelBox,
        labelSource: name.labelSource,
        confidence: name.confidence * Math.min(1, 0.4 + 0.6 * row.coverage),
      });
    }
  });
  return cells;
}

/** The trace of the first column may begin later than its column (cropped print), but not by a hair. */
function clipStart(left: number, inkStart: number, width: number): number {
  return inkStart > left + 0.03 * width ? inkStart : left;
}

function clipEnd(right: number, inkEnd: number, width: number): number {
  return inkEnd < right - 0.03 * width ? inkEnd : right;
}

function snap(seconds: number): number {
  for (const usual of USUAL_SECONDS) if (Math.abs(seconds / usual - 1) < SNAP) return usual;
  return seconds;
}

function verticalRange(
  input: PlaceCellsInput,
  r: number,
  x0: number,
  x1: number,
): { baselineY: number; y0: number; y1: number } {
  const { rows, grid, pxPerMm, pageHeight } = input;
  const row = rows[r];
  const from = Math.max(0, Math.floor(x0 / grid.cellPx));
  const to = Math.min(grid.width, Math.ceil(x1 / grid.cellPx));
  const ys: number[] = [];
  for (let x = from; x < to; x++) if (row.onInk[x] === 1) ys.push(row.pathY[x]);
  ys.sort((a, b) => a - b);
  const baselineY = ys.length > 0 ? ys[ys.length >> 1] : row.baselineY;
  const spacing = typicalSpacing(rows, pxPerMm);
  const above = r > 0 ? row.baselineY - rows[r - 1].baselineY : spacing;
  const below = r + 1 < rows.length ? rows[r + 1].baselineY - row.baselineY : spacing;
  let top = baselineY - LEAST_REACH * above;
  let bottom = baselineY + LEAST_REACH * below;
  const highest = baselineY - Math.max(MOST_REACH * spacing, 30 * pxPerMm);
  const lowest = baselineY + Math.max(MOST_REACH * spacing, 30 * pxPerMm);
  for (let x = from; x < to; x++) {
    if (row.onInk[x] === 0) continue;
    const y = Math.floor(row.pathY[x] / grid.cellPx);
    let a = y;
    let b = y;
    while (a > 0 && grid.data[(a - 1) * grid.width + x] === 1) a--;
    while (b + 1 < grid.height && grid.data[(b + 1) * grid.width + x] === 1) b++;
    top = Math.min(top, (a - 2) * grid.cellPx);
    bottom = Math.max(bottom, (b + 3) * grid.cellPx);
  }
  return {
    baselineY,
    y0: Math.max(0, Math.floor(Math.max(top, highest))),
    y1: Math.min(pageHeight, Math.ceil(Math.min(bottom, lowest))),
  };
}

function typicalSpacing(rows: readonly TraceRow[], pxPerMm: number): number {
  const gaps: number[] = [];
  for (let k = 1; k < rows.length; k++) gaps.push(rows[k].baselineY - rows[k - 1].baselineY);
  gaps.sort((a, b) => a - b);
  return gaps.length > 0 ? gaps[gaps.length >> 1] : DEFAULT_SPACING_MM * pxPerMm;
}
