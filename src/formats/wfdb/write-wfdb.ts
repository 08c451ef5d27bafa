import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { AppError } from '../../shared/app-error.ts';
import { sampleCount, type EcgSignal } from '../signal/ecg-signal.ts';
import { signalFromTable } from '../signal/lead-table-signal.ts';
import { toMicrovolts } from '../signal/microvolts.ts';
import { isWfdbRecordName } from './wfdb-record-name.ts';

/** ADC units per millivolt: one microvolt each, the usual choice for 16 bit. */
export const WFDB_GAIN = 1000;

/** The two files of a record. */
export interface WfdbFiles {
  /** Content of `NAME.hea`, ASCII. */
  readonly header: string;
  /** Content of `NAME.dat`. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Writes a table as a WFDB record of the twelve leads in the standard order, see `writeWfdbSignal`.
 *
 * @param name record name, also the stem of both files; see `toWfdbRecordName`
 * @param comments lines for the end of the header, ASCII
 * @throws AppError `usage` for a name that standard tools refuse
 *
 * @example
 * const { header, data } = writeWfdb('page-1', toLeadTable(digitization.signals));
 */
export function writeWfdb(name: string, table: LeadTable, comments: readonly string[] = []): WfdbFiles {
  return writeWfdbSignal(name, signalFromTable(table, { comments }));
}

/**
 * Writes a recording as a WFDB record (format 16, 1000 adu/mV, little-endian frames), as specified in the WFDB
 * Applications Guide, header(5) and signal(5). What is unseen is -32768, the format's invalid sample; values beyond
 * +-32.767 mV are clipped. The patient's id becomes a comment, a clock that does not start at 0 a base counter value.
 *
 * @throws AppError `usage` for a name that standard tools refuse
 */
export function writeWfdbSignal(name: string, signal: EcgSignal): WfdbFiles {
  if (!isWfdbRecordName(name)) {
    throw new AppError('usage', `"${name}" is no WFDB record name: use up to 50 of A-Z, a-z, 0-9, - and _.`);
  }
  const { leads, startSeconds, startTime } = signal;
  const rows = sampleCount(signal);
  const count = leads.length;
  const data = new Uint8Array(rows * count * 2);
  const view = new DataView(data.buffer);
  const clock = startSeconds === 0 ? '' : `/1(${startSeconds})`;
  const [date, time] = startTime?.split('T') ?? [];
  const start = date && time ? ` ${time} ${date.split('-').reverse().join('/')}` : '';
  const lines = [`${name} ${count} ${formatRate(signal.fs)}${clock} ${rows}${start}`];
  leads.forEach(({ name: lead, millivolts }, s) => {
    let checksum = 0;
    let initial = 0;
    for (let row = 0; row < rows; row++) {
      const sample = toMicrovolts(millivolts[row]!);
      if (row === 0) initial = sample;
      checksum = (checksum + sample) | 0;
      view.setInt16(2 * (row * count + s), sample, true);
    }
    const signed16 = (checksum << 16) >> 16;
    lines.push(`${name}.dat 16 ${WFDB_GAIN}(0)/mV 16 0 ${initial} ${signed16} 0 ${oneLine(lead)}`);
  });
  if (signal.patientId !== null) lines.push(`# ${PATIENT}${oneLine(signal.patientId)}`);
  for (const comment of signal.comments) lines.push(`# ${oneLine(comment)}`);
  return { header: lines.join('\n') + '\n', data };
}

/** How the comment with the patient's id begins. */
export const PATIENT = 'Patient: ';

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

function formatRate(fs: number): string {
  return String(Number(fs.toFixed(6)));
}
