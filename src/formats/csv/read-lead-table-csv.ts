import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { AppError } from '../../shared/app-error.ts';
import { isLeadName, type LeadName } from '../../shared/lead-name.ts';

/**
 * Reads a CSV with a `time_s` column and lead columns in any order (others are ignored); CRLF and a byte order mark
 * are fine. The rate is what the time stamps say, rounded to a whole Hz when they are within 0.1 % of it. A column
 * without a single number is left out.
 *
 * @throws AppError `corrupt` naming the line when the header, a number or the length of a row is wrong
 */
export function readLeadTableCsv(text: string): LeadTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  const header = (lines[0] ?? '').split(',').map((name) => name.trim());
  const timeColumn = header.indexOf('time_s');
  if (timeColumn < 0) {
    throw new AppError('corrupt', 'The CSV has no time_s column: it should start with "time_s,I,II,...".');
  }
  const rows = lines.length - 1;
  const times = new Float64Array(rows);
  const columns = header.map((name) => (isLeadName(name) ? new Float32Array(rows).fill(NaN) : null));
  const filled = new Set<number>();
  for (let row = 0; row < rows; row++) {
    const cells = lines[row + 1]!.split(',');
    if (cells.length !== header.length) {
      throw new AppError(
        'corrupt',
        `Line ${row + 2} of the CSV has ${cells.length} values where the header names ${header.length}.`,
      );
    }
    times[row] = toNumber(cells[timeColumn]!, row);
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c];
      if (!column || cells[c] === '') continue;
      column[row] = toNumber(cells[c]!, row);
      filled.add(c);
    }
  }
  const leads = new Map<LeadName, Float32Array>();
  for (const c of filled) leads.set(header[c] as LeadName, columns[c]!);
  return { fs: rateOf(times), startSeconds: rows > 0 ? times[0]! : 0, leads };
}

function toNumber(text: string, row: number): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value) && text.trim().toLowerCase() !== 'nan') {
    throw new AppError('corrupt', `Line ${row + 2} of the CSV holds "${text}" where a number is expected.`);
  }
  return value;
}

function rateOf(times: Float64Array): number {
  const n = times.length;
  const duration = n > 1 ? times[n - 1]! - times[0]! : 0;
  if (n > 1 && !(duration > 0)) {
    throw new AppError('corrupt', 'The time_s column of the CSV does not grow.');
  }
  if (n < 2) return 500;
  const fs = (n - 1) / duration;
  const whole = Math.round(fs);
  return whole > 0 && Math.abs(fs - whole) <= whole * 1e-3 ? whole : fs;
}
