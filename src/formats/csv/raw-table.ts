import { AppError } from '../../shared/app-error.ts';
import { ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import { ASSUMED_FS, type ReadHints } from '../signal/read-hints.ts';
import type { DelimitedText } from './delimited-text.ts';

/** A lead as a table has it. */
export interface RawLead {
  readonly name: string;
  /** NaN where the cell is empty. */
  readonly values: Float32Array;
  /** What the table says; null where it does not. */
  readonly millivoltsPerUnit: number | null;
}

/** What was read off a table, in the table's own units. */
export interface RawTable {
  /** Null where the table has no time. */
  readonly fs: number | null;
  readonly startSeconds: number;
  readonly leads: readonly RawLead[];
  readonly remarks: readonly string[];
}

/** Beyond so many millivolts, numbers without a unit are taken for microvolts. */
const MOST_MILLIVOLTS = 40;

/** Makes a recording of a table: rate and unit from the table, from `hints`, or assumed with a remark. */
export function signalOfTable(table: RawTable, hints: ReadHints): EcgSignal {
  const remarks = [...table.remarks];
  const fs = table.fs ?? hints.fs ?? ASSUMED_FS;
  if (table.fs === null && hints.fs === undefined) {
    remarks.push(`The table states no rate; ${ASSUMED_FS} samples per second are assumed.`);
  }
  let unit = hints.millivoltsPerUnit ?? 1;
  const unstated = table.leads.filter(({ millivoltsPerUnit }) => millivoltsPerUnit === null);
  const most = unstated.reduce(
    (max, { values }) => values.reduce((m, v) => (Math.abs(v) > m ? Math.abs(v) : m), max),
    0,
  );
  if (hints.millivoltsPerUnit === undefined && most > MOST_MILLIVOLTS) {
    unit = 0.001;
    remarks.push('The table states no unit; numbers as large as these are taken for microvolts.');
  }
  const leads = table.leads.map(({ name, values, millivoltsPerUnit }) => {
    const factor = millivoltsPerUnit ?? unit;
    return { name, millivolts: factor === 1 ? values : values.map((value) => value * factor) };
  });
  return ecgSignal({ fs, startSeconds: table.startSeconds, leads, remarks });
}

/** The number of a cell, seconds of a time such as `0:01.5`; NaN for an empty one. @throws AppError `corrupt` naming the line */
export function cellNumber(text: DelimitedText, row: number, column: number): number {
  const cell = text.rows[row]![column]!;
  if (cell === '') return NaN;
  const value = Number(text.decimalComma ? cell.replace(',', '.') : cell);
  const clock = Number.isNaN(value) ? /^(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)$/.exec(cell) : null;
  if (clock)
    return 3600 * Number(clock[1] ?? 0) + 60 * Number(clock[2]) + Number(clock[3]!.replace(',', '.'));
  if (Number.isNaN(value) && !/^(nan|na|null)$/i.test(cell)) {
    throw new AppError(
      'corrupt',
      `Line ${text.lineNumbers[row]} of the text holds "${cell.slice(0, 40)}" where a number is expected.`,
    );
  }
  return value;
}
