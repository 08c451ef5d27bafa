import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { signalFromTable } from '../signal/lead-table-signal.ts';
import { writeWideText } from './write-wide-text.ts';

/**
 * Writes a table as the CSV that every part of Tracewright exchanges, see `writeWideText`; all twelve columns always.
 *
 * @example
 * writeLeadTableCsv({ fs: 500, startSeconds: 0, leads: new Map([['I', new Float32Array([0.1])]]) });
 * // time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6
 * // 0.0000,0.1000,,,,,,,,,,,
 */
export function writeLeadTableCsv(table: LeadTable): string {
  return writeWideText(signalFromTable(table), ',');
}
