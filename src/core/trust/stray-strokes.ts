import type { Box, FloatRaster } from '../image/raster.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { TracePath } from '../trace/trace-path.ts';

/** Height from which a stroke is one of a QRS complex, up to that of a frame. */
const LEAST_MM = 4;
const MOST_MM = 60;
/** Strokes with less ink together than this, in a cell, are its pen's slips: two pens wide at the least height. */
const LEAST_MM2 = 0.8 * LEAST_MM;
/** No pen is thinner; the rim of a page may be. */
const PEN_MM = 0.25;
/** Coverage from which a pixel is ink. */
const INK = 0.5;
/** Beyond the pen's radius this much blur still belongs to a traced stroke, pixels. */
const EDGE_PX = 1.5;
/** Print takes its surroundings with it. */
const PRINT_MM = 1;
/** A stroke concerns the rows whose baselines lie this near to its ends. */
const NEAR_MM = 6;
/** It also concerns rows whose lines it goes on from: from their stroke it is at most so far. */
const TOUCH_MM = 1;

/**
 * Looks for tall strokes of ink that no traced line explains: where waves of neighbouring rows cross, lines that were cut
 * short or exchanged leave them behind. About 10 ms for 2200x1700.
 *
 * @param marks boxes of print (labels, separators, pulses), canonical pixels
 * @returns by cell, the columns in which such strokes stand, not in order; cells without any are absent
 */
export function strayStrokes(
  coverage: FloatRaster,
  paths: readonly TracePath[],
  cells: readonly LeadCell[],
  marks: readonly Box[],
  pxPerMm: number,
): ReadonlyMap<string, readonly number[]> {
  const { data, width, height } = coverage;
  const explained = explainedRows(paths, width);
  const near = NEAR_MM * pxPerMm;
  const touch = TOUCH_MM * pxPerMm;
  const least = LEAST_MM * pxPerMm;
  const most = MOST_MM * pxPerMm;
  const print = PRINT_MM * pxPerMm;
  const baselines = cells.map(({ baselineY }) => baselineY);
  const top = Math.max(0, Math.floor(Math.min(...baselines) - most / 2));
  const bottom = Math.min(height, Math.ceil(Math.max(...baselines) + most / 2));
  const columns = new Map<string, number[]>(cells.map(({ id }) => [id, []]));
  const inked = new Map<string, number>();
  const ended = (x: number, y: number, run: number): void => {
    if (run < least || run > most) return;
    const rows = run - printedRows(marks, x, y - run, y, print);
    if (rows < least) return;
    const touched = (explained[x] ?? []).filter(({ to, from }) => to >= y - run - touch && from <= y + touch);
    for (const { id, x0, x1, baselineY } of cells) {
      const isNear = baselineY >= y - run - near && baselineY <= y + near;
      if (x >= x0 && x < x1 && (isNear || touched.some(({ cellId }) => cellId === id))) {
        columns.get(id)!.push(x);
        inked.set(id, (inked.get(id) ?? 0) + rows);
      }
    }
  };
  // Row by row, how much unexplained ink stands above: going down the columns one by one misses every cache.
  const runs = new Int32Array(width);
  for (let y = top; y <= bottom; y++) passRow(data, y < bottom ? y * width : -1, y, explained, runs, ended);
  const isStroke = (id: string, xs: readonly number[]): boolean =>
    new Set(xs).size >= PEN_MM * pxPerMm && inked.get(id)! >= LEAST_MM2 * pxPerMm ** 2;
  return new Map([...columns].filter(([id, xs]) => isStroke(id, xs)));
}

/** Lengthens the runs of unexplained ink by the row that begins at `from` (-1: below the last) and ends the others. */
function passRow(
  data: Float32Array,
  from: number,
  y: number,
  explained: readonly (readonly Explained[])[],
  runs: Int32Array,
  ended: (x: number, y: number, run: number) => void,
): void {
  for (let x = 0; x < runs.length; x++) {
    if (from >= 0 && data[from + x]! >= INK && isUnexplained(explained[x], y)) runs[x]!++;
    else if (runs[x] !== 0) {
      ended(x, y, runs[x]!);
      runs[x] = 0;
    }
  }
}

/** Whether a row of a column that lines run through is beside their strokes. */
function isUnexplained(lines: readonly Explained[] | undefined, y: number): boolean {
  if (!lines) return false;
  for (const { from, to } of lines) if (y >= from && y <= to) return false;
  return true;
}

/** Rows of a column that the stroke of a line covers. */
interface Explained {
  readonly cellId: string;
  readonly from: number;
  readonly to: number;
}

/** Per column, the rows that the strokes of the lines cover there; columns without lines are empty. */
function explainedRows(paths: readonly TracePath[], width: number): Explained[][] {
  const rows: Explained[][] = [];
  for (const { cellId, x0, y, fineY, samplesPerPx, strokeWidthPx } of paths) {
    const stroke = strokeWidthPx / 2 + EDGE_PX;
    for (let column = 0; column < y.length; column++) {
      const x = x0 + column;
      if (x < 0 || x >= width) continue;
      let top = Infinity;
      let bottom = -Infinity;
      const to = Math.min(fineY.length - 1, (column + 1) * samplesPerPx);
      for (let k = Math.max(0, (column - 1) * samplesPerPx); k <= to; k++) {
        if (fineY[k]! < top) top = fineY[k]!;
        if (fineY[k]! > bottom) bottom = fineY[k]!;
      }
      (rows[x] ??= []).push({ cellId, from: top - stroke, to: bottom + stroke });
    }
  }
  return rows;
}

/**
 * Rows of a column between `y0` and `y1` in which print stands, or may. What rises high above a label is no part of it: the wave
 * that was taken for the label ends there.
 */
function printedRows(marks: readonly Box[], x: number, y0: number, y1: number, margin: number): number {
  let rows = 0;
  for (const mark of marks) {
    if (x < mark.x0 - margin || x >= mark.x1 + margin) continue;
    rows += Math.max(0, Math.min(y1, mark.y1 + margin) - Math.max(y0, mark.y0 - margin));
  }
  return rows;
}
