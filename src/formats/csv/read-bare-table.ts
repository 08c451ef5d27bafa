import { matrixLeads, type Matrix } from '../signal/matrix-leads.ts';
import { MAX_SAMPLES } from '../signal/ecg-signal.ts';
import { ASSUMED_FS, type ReadHints } from '../signal/read-hints.ts';
import type { DelimitedText } from './delimited-text.ts';
import { cellNumber, type RawTable } from './raw-table.ts';
import { sampleClock } from './sample-clock.ts';

/**
 * Reads a table of nothing but numbers: a first column that grows evenly is time (steps below 1) or counts samples
 * (steps of 1); the rest is a matrix of leads, see `matrixLeads`.
 *
 * @throws AppError `corrupt`, `too-large`
 */
export function readBareTable(text: DelimitedText, hints: ReadHints): RawTable {
  const rows = text.rows.length;
  const columns = text.rows[0]!.length;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      data[row * columns + column] = cellNumber(text, row, column);
  }
  const first = Float64Array.from({ length: rows }, (_, row) => data[row * columns]!);
  const step = rows > 2 && columns > 1 ? (first[rows - 1]! - first[0]!) / (rows - 1) : 0;
  const counts =
    step > 0 &&
    step <= 1 &&
    first.every((value, row) => Math.abs(value - first[0]! - row * step) <= step * 0.6);
  const clock = counts && step < 1 ? sampleClock(first, MAX_SAMPLES, ASSUMED_FS) : null;
  const matrix: Matrix = counts
    ? { data: data.subarray(1), rows, columns: columns - 1, rowStride: columns, columnStride: 1 }
    : { data, rows, columns, rowStride: columns, columnStride: 1 };
  const leads = matrixLeads(matrix, 1, hints.leadNames).map(({ name, millivolts }) => ({
    name,
    values: millivolts,
    millivoltsPerUnit: null,
  }));
  const remarks = hints.leadNames
    ? []
    : ['The table has no header; its leads are taken in the standard order.'];
  return { fs: clock?.fs ?? null, startSeconds: clock?.startSeconds ?? 0, leads, remarks };
}
