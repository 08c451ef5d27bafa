import { MAX_SAMPLES } from '../signal/ecg-signal.ts';
import { ASSUMED_FS } from '../signal/read-hints.ts';
import type { Column } from './column-name.ts';
import type { RawLead, RawTable } from './raw-table.ts';
import { sampleClock } from './sample-clock.ts';

/** A table of numbers with titled columns. */
export interface NumberTable {
  readonly titles: readonly string[];
  readonly rows: number;
  /** NaN for an empty cell. */
  readonly value: (row: number, column: number) => number;
}

/**
 * Reads a table with a column per lead. Where a column is one of the twelve leads, others without a unit of voltage are
 * left out with a remark; a single column of values is a lead of its own. Rows missing from the time column are unseen.
 *
 * @throws AppError `corrupt`, `too-large`
 */
export function readWideTable(table: NumberTable, columns: readonly Column[]): RawTable {
  const remarks: string[] = [];
  const { rows, titles, value } = table;
  const timeAt = columns.findIndex(({ kind }) => kind === 'time');
  const time = columns[timeAt];
  const clock =
    time?.kind === 'time'
      ? sampleClock(
          Float64Array.from({ length: rows }, (_, row) => value(row, timeAt) * time.secondsPerUnit),
          MAX_SAMPLES / columns.length,
          ASSUMED_FS,
        )
      : null;
  const standard = columns.some((column) => column.kind === 'lead' && column.standard);
  const leads: RawLead[] = [];
  for (const [c, column] of columns.entries()) {
    if (column.kind !== 'lead' && (column.kind !== 'value' || standard)) continue;
    if (standard && column.kind === 'lead' && !column.standard && column.millivoltsPerUnit === null) {
      remarks.push(`The column "${titles[c]!}" is left out: it is none of the twelve leads.`);
      continue;
    }
    const values = new Float32Array(clock?.samples ?? rows).fill(NaN);
    for (let row = 0; row < rows; row++) values[clock?.sampleOfRow[row] ?? row] = value(row, c);
    const name = column.kind === 'lead' ? column.name : titles[c]!;
    leads.push({ name, values, millivoltsPerUnit: column.millivoltsPerUnit });
  }
  return { fs: clock?.fs ?? null, startSeconds: clock?.startSeconds ?? 0, leads, remarks };
}
