import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { AppError } from '../../shared/app-error.ts';
import { isWfdbRecordName } from './wfdb-record-name.ts';

/** ADC units per millivolt: one microvolt each, the usual choice for 16 bit. */
export const WFDB_GAIN = 1000;
/** What format 16 stores where there is no sample. */
export const WFDB_INVALID = -32768;

/** The two files of a record. */
export interface WfdbFiles {
  /** Content of `NAME.hea`, ASCII. */
  readonly header: string;
  /** Content of `NAME.dat`. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Writes a table as a WFDB record (format 16, 12 signals in the standard order, 1000 adu/mV, little-endian frames),
 * as specified in the WFDB Applications Guide, header(5) and signal(5). What is not printed is -32768, the format's
 * invalid sample; values beyond +-32.767 mV are clipped.
 *
 * @param name record name, also the stem of both files; see `toWfdbRecordName`
 * @param comments lines for the end of the header, ASCII
 * @throws AppError `usage` for a name that standard tools refuse
 *
 * @example
 * const { header, data } = writeWfdb('page-1', toLeadTable(digitization.signals));
 */
export function writeWfdb(name: string, table: LeadTable, comments: readonly string[] = []): WfdbFiles {
  if (!isWfdbRecordName(name)) {
    throw new AppError('usage', `"${name}" is no WFDB record name: use up to 50 of A-Z, a-z, 0-9, - and _.`);
  }
  const count = LEAD_NAMES.length;
  let rows = 0;
  for (const column of table.leads.values()) rows = Math.max(rows, column.length);
  const data = new Uint8Array(rows * count * 2);
  const view = new DataView(data.buffer);
  const lines = [`${name} ${count} ${formatRate(table.fs)} ${rows}`];
  LEAD_NAMES.forEach((lead, s) => {
    const column = table.leads.get(lead);
    let checksum = 0;
    let initial = 0;
    for (let row = 0; row < rows; row++) {
      const sample = column && row < column.length ? toAdu(column[row]!) : WFDB_INVALID;
      if (row === 0) initial = sample;
      checksum = (checksum + sample) | 0;
      view.setInt16(2 * (row * count + s), sample, true);
    }
    const signed16 = (checksum << 16) >> 16;
    lines.push(`${name}.dat 16 ${WFDB_GAIN}(0)/mV 16 0 ${initial} ${signed16} 0 ${lead}`);
  });
  for (const comment of comments) lines.push(`# ${comment}`);
  return { header: lines.join('\n') + '\n', data };
}

function toAdu(millivolts: number): number {
  if (Number.isNaN(millivolts)) return WFDB_INVALID;
  return Math.max(-32767, Math.min(32767, Math.round(millivolts * WFDB_GAIN)));
}

function formatRate(fs: number): string {
  return String(Number(fs.toFixed(6)));
}
