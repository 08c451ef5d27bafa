import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readWfdb } from '../../formats/wfdb/read-wfdb.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/** Twelve leads of a recording. */
export interface EcgRecord {
  readonly name: string;
  readonly fs: number;
  /** Millivolts, equally long; NaN where the record has no sample. */
  readonly leads: ReadonlyMap<LeadName, Float32Array>;
}

const TO_MILLIVOLTS: Record<string, number> = { mv: 1, uv: 1e-3, '\u00b5v': 1e-3, v: 1e3 };

/**
 * Reads the standard leads of a WFDB record, whatever their order, spelling (`AVR`, `avr`) and unit.
 *
 * @param headerPath path of the `.hea`; its signal files lie beside it
 * @param startSeconds where to begin
 * @throws AppError `unsupported` when a standard lead is missing, `corrupt` when less than two seconds remain
 */
export function readEcgRecord(headerPath: string, startSeconds: number): EcgRecord {
  const folder = dirname(headerPath);
  const record = readWfdb(readFileSync(headerPath, 'latin1'), (file) => readFileSync(join(folder, file)));
  const first = Math.round(startSeconds * record.fs);
  const leads = new Map<LeadName, Float32Array>();
  for (const lead of LEAD_NAMES) {
    const signal = record.signals.find(({ description }) => sameName(description, lead));
    if (!signal) {
      throw new AppError('unsupported', `Record ${record.name} has no lead ${lead}; pages need all twelve.`);
    }
    const factor = TO_MILLIVOLTS[signal.unit.toLowerCase()];
    if (factor === undefined) {
      throw new AppError(
        'unsupported',
        `Record ${record.name} gives ${lead} in ${signal.unit}, not in volts.`,
      );
    }
    const values = signal.values.subarray(first);
    if (values.length < 2 * record.fs) {
      throw new AppError(
        'corrupt',
        `Record ${record.name} has ${(values.length / record.fs).toFixed(1)} s from second ${startSeconds} on; a page needs 2 s.`,
      );
    }
    leads.set(lead, factor === 1 ? values : values.map((value) => value * factor));
  }
  return { name: record.name, fs: record.fs, leads };
}

function sameName(description: string, lead: LeadName): boolean {
  const plain = description
    .trim()
    .replace(/^lead\s+/i, '')
    .toUpperCase();
  return plain === lead.toUpperCase() || plain === `ML${lead}`.toUpperCase();
}
