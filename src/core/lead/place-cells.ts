import type { LeadName } from '../../shared/lead-name.ts';
import type { Box } from '../image/raster.ts';
import type { ColumnFit } from './fit-columns.ts';
import type { LeadCell } from './layout.ts';
import type { RowExtent } from './measure-extents.ts';
import type { TraceGrid } from './trace-grid.ts';
import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

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
  /** Whether each row has a calibration pulse before, and behind its trace. */
  readonly pulseLeft: readonly boolean[];
  readonly pulseRight: readonly boolean[];
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
/** Waves are followed at least this far from their baseline. */
const TALLEST_MM = 30;
const DEFAULT_SPACING_MM = 25;
/** A cell may begin later or end earlier than its column (cut prints), but not by less than this share of it. */
const CLIP_SHARE = 0.1;
/** First columns that begin this far outside of the page are cut: the clock then starts at its edge. */
const CUT_MM = 1;
/** Less of a cell than this is not worth naming. */
const MIN_CELL_SHARE = 0.1;

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
  const zero = fit.origin > -CUT_MM * pxPerMm ? fit.origin : 0;
  const cells: LeadCell[] = [];
  rows.forEach((row, r) => {
    const extent = extents[r];
    const divided = r < dividedRows;
    const columns = divided ? fit.count : 1;
    for (let c = 0; c < columns; c++) {
      const left = fit.origin + c * fit.width;
      const right = divided ? left + fit.width : fit.origin + fit.count * fit.width;
      const [inkFrom, inkTo] = inkSpan(row, input.grid.cellPx, left, right);
      const slack = CLIP_SHARE * fit.width;
      let x0 = inkFrom > left + slack ? inkFrom : left;
      let x1 = inkTo < right - slack ? inkTo : right;
      if (c === 0 && input.pulseLeft[r] && extent.x0 > left + slack && extent.x0 < left + 0.4 * fit.width) {
        x0 = Math.max(x0, extent.x0);
      }
      if (
        c === columns - 1 &&
        input.pulseRight[r] &&
        extent.x1 < right - slack &&
        extent.x1 > right - 0.4 * fit.width
      ) {
        x1 = Math.min(x1, extent.x1);
      }
      x0 = Math.max(0, x0);
      x1 = Math.min(pageWidth, x1);
      const name = names.get(cellId(r, c));
      if (!name || x1 - x0 < MIN_CELL_SHARE * fit.width) continue;
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

/** First and last place between `left` and `right` where the row's path runs on ink for two millimetres. */
function inkSpan(row: TraceRow, cellPx: number, left: number, right: number): [number, number] {
  const from = Math.max(0, Math.round(left / cellPx));
  const to = Math.min(row.onInk.length, Math.round(right / cellPx));
  const runs = (x: number): boolean =>
    row.onInk[x] + row.onInk[x + 1] + row.onInk[x + 2] + row.onInk[x + 3] >= 3;
  let first = from;
  while (first + 4 <= to && !runs(first)) first++;
  if (first + 4 > to) return [left, left];
  let last = to - 4;
  while (last > first && !runs(last)) last--;
  return [first * cellPx, (last + 4) * cellPx];
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
  ys.sort(ascending);
  const baselineY = ys.length > 0 ? ys[ys.length >> 1] : row.baselineY;
  const spacing = typicalSpacing(rows, pxPerMm);
  const above = r > 0 ? row.baselineY - rows[r - 1].baselineY : spacing;
  const below = r + 1 < rows.length ? rows[r + 1].baselineY - row.baselineY : spacing;
  let top = baselineY - LEAST_REACH * above;
  let bottom = baselineY + LEAST_REACH * below;
  const highest = baselineY - Math.max(MOST_REACH * spacing, TALLEST_MM * pxPerMm);
  const lowest = baselineY + Math.max(MOST_REACH * spacing, TALLEST_MM * pxPerMm);
  for (let x = from; x < to; x++) {
    if (row.onInk[x] === 0) continue;
    const y = Math.floor(row.pathY[x] / grid.cellPx);
    const upTo = r > 0 ? Math.floor(rows[r - 1].pathY[x] / grid.cellPx) : 0;
    const downTo = r + 1 < rows.length ? Math.floor(rows[r + 1].pathY[x] / grid.cellPx) : grid.height - 1;
    top = Math.min(top, (climb(grid, x, y, -1, upTo) - 2) * grid.cellPx);
    bottom = Math.max(bottom, (climb(grid, x, y, 1, downTo) + 3) * grid.cellPx);
  }
  return {
    baselineY,
    y0: Math.max(0, Math.floor(Math.max(top, highest))),
    y1: Math.min(pageHeight, Math.ceil(Math.min(bottom, lowest))),
  };
}

/**
 * Where the ink that goes on from cell (`x`, `y`) up (-1) or down (1) ends. Strokes lean, so it may step aside by a cell as
 * far as the path of the neighbouring row, at `neighbourY`: beyond, it would go on along that row's strokes.
 */
function climb(
  { data, width, height }: TraceGrid,
  x: number,
  y: number,
  direction: -1 | 1,
  neighbourY: number,
): number {
  for (;;) {
    const next = y + direction;
    if (next < 0 || next >= height) return y;
    const isOwn = (neighbourY - next) * direction > 0;
    const places = isOwn ? [x, x - 1, x + 1] : [x];
    const aside = places.find((at) => at >= 0 && at < width && data[next * width + at] === 1);
    if (aside === undefined) return y;
    x = aside;
    y = next;
  }
}

function typicalSpacing(rows: readonly TraceRow[], pxPerMm: number): number {
  const gaps: number[] = [];
  for (let k = 1; k < rows.length; k++) gaps.push(rows[k].baselineY - rows[k - 1].baselineY);
  gaps.sort(ascending);
  return gaps.length > 0 ? gaps[gaps.length >> 1] : DEFAULT_SPACING_MM * pxPerMm;
}
