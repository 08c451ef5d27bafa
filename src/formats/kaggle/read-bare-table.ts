import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/** Ten minutes at 2000 Hz. */
const MOST_ROWS = 1_200_000;

/**
 * Reads a table of leads without a clock: a header of lead names in any order, whatever their case, a row per sample,
 * empty or `nan` where nothing is printed; other columns are passed over. Kaggle's `<id>.csv` and ECGMiner's output are such.
 *
 * @param fs samples per second, or null where only the length of the record is known
 * @param seconds length of the record where `fs` is null
 * @throws AppError `corrupt` naming the line
 */
export function readBareTable(
  text: string,
  { fs, seconds = 10 }: { readonly fs: number | null; readonly seconds?: number },
): LeadTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  const header = leadColumns(lines[0] ?? '');
  if (!header) throw new AppError('corrupt', 'The table has no column named after a lead in its first line.');
  const rows = lines.length - 1;
  if (rows > MOST_ROWS)
    throw new AppError('too-large', `The table has ${rows} rows; at most ${MOST_ROWS} are read.`);
  const columns = header.map((lead) => (lead ? new Float32Array(rows).fill(NaN) : null));
  for (let row = 0; row < rows; row++) {
    const cells = lines[row + 1]!.split(',');
    if (cells.length !== header.length) {
      throw new AppError(
        'corrupt',
        `Line ${row + 2} has ${cells.length} values where the header names ${header.length}.`,
      );
    }
    columns.forEach((column, c) => {
      const cell = cells[c]!.trim();
      if (!column || cell === '' || cell.toLowerCase() === 'nan') return;
      const value = Number(cell);
      if (!Number.isFinite(value)) {
        throw new AppError('corrupt', `Line ${row + 2} holds "${cell}" where a number is expected.`);
      }
      column[row] = value;
    });
  }
  const leads = new Map<LeadName, Float32Array>();
  header.forEach((lead, c) => {
    const column = columns[c];
    if (lead && column?.some((value) => !Number.isNaN(value))) leads.set(lead, column);
  });
  return { fs: fs ?? rows / seconds, startSeconds: 0, leads };
}

/** Leads of the columns of a header line, null for other columns; null altogether when none is a lead. */
export function leadColumns(header: string): (LeadName | null)[] | null {
  const columns = header.split(',').map((name) => {
    const word = name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase();
    return LEAD_NAMES.find((lead) => lead.toLowerCase() === word) ?? null;
  });
  return columns.some((lead) => lead !== null) ? columns : null;
}
