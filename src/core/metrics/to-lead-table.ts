import type { LeadTable } from './lead-table.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/**
 * Lays the digitized stretches of a page out as one table: a row per sample from page time 0, a column per lead.
 *
 * A lead printed twice is represented by its longer stretch (of equals, the rhythm strip). Samples before page time 0
 * are cut off. Leads that were not digitized have no column.
 *
 * @param signals stretches of one page, all at the same rate
 * @throws RangeError when the rates differ
 *
 * @example
 * toLeadTable(digitization.signals).leads.get('II'); // Float32Array of millivolts, NaN where not printed
 */
export function toLeadTable(signals: readonly LeadSignal[], fsWhenEmpty = 500): LeadTable {
  const fs = signals[0]?.fs ?? fsWhenEmpty;
  let rows = 0;
  const chosen = new Map<LeadName, LeadSignal>();
  for (const signal of signals) {
    if (signal.fs !== fs) throw new RangeError(`toLeadTable: ${signal.fs} Hz among signals of ${fs} Hz`);
    rows = Math.max(rows, firstRow(signal) + signal.millivolts.length);
    const rival = chosen.get(signal.lead);
    if (!rival || isBetter(signal, rival)) chosen.set(signal.lead, signal);
  }
  const leads = new Map<LeadName, Float32Array>();
  for (const lead of LEAD_NAMES) {
    const signal = chosen.get(lead);
    if (!signal) continue;
    const column = new Float32Array(rows).fill(NaN);
    const first = firstRow(signal);
    column.set(signal.millivolts.subarray(Math.max(0, -first)), Math.max(0, first));
    leads.set(lead, column);
  }
  return { fs, startSeconds: 0, leads };
}

function firstRow(signal: LeadSignal): number {
  return Math.round(signal.startSeconds * signal.fs);
}

function isBetter(a: LeadSignal, b: LeadSignal): boolean {
  const lengthA = tracedSamples(a);
  const lengthB = tracedSamples(b);
  return lengthA !== lengthB ? lengthA > lengthB : a.role === 'rhythm' && b.role !== 'rhythm';
}

function tracedSamples({ millivolts }: LeadSignal): number {
  let count = 0;
  for (let i = 0; i < millivolts.length; i++) if (millivolts[i]! === millivolts[i]!) count++;
  return count;
}
