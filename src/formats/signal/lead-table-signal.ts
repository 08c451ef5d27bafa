import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { isLeadName, LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { ecgSignal, type EcgSignal } from './ecg-signal.ts';

/**
 * A page's table as a recording of all twelve leads in the standard order; leads without a column, and the ends of
 * short ones, are NaN.
 *
 * @param about what is known of the recording besides its samples
 */
export function signalFromTable(table: LeadTable, about: Partial<EcgSignal> = {}): EcgSignal {
  let rows = 0;
  for (const column of table.leads.values()) rows = Math.max(rows, column.length);
  const leads = LEAD_NAMES.map((name) => {
    const column = table.leads.get(name);
    if (column?.length === rows) return { name, millivolts: column };
    const millivolts = new Float32Array(rows).fill(NaN);
    if (column) millivolts.set(column);
    return { name, millivolts };
  });
  return ecgSignal({ ...about, fs: table.fs, startSeconds: table.startSeconds, leads });
}

/** The standard leads of a recording as a table; others are left out, and of two of one name the first is taken. */
export function tableFromSignal({ fs, startSeconds, leads }: EcgSignal): LeadTable {
  const columns = new Map<LeadName, Float32Array>();
  for (const { name, millivolts } of leads) {
    if (isLeadName(name) && !columns.has(name)) columns.set(name, millivolts);
  }
  return { fs, startSeconds, leads: columns };
}
