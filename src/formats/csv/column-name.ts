import { leadLabel } from '../signal/lead-label.ts';
import { isLeadName } from '../../shared/lead-name.ts';
import type { ReadHints } from '../signal/read-hints.ts';
import { millivoltsPerUnit } from '../signal/voltage-unit.ts';

/** What the head of a column says. */
export type Column =
  | { readonly kind: 'time'; readonly secondsPerUnit: number }
  | { readonly kind: 'sample' }
  | { readonly kind: 'record' }
  | { readonly kind: 'lead-name' }
  | { readonly kind: 'none' }
  | { readonly kind: 'value'; readonly millivoltsPerUnit: number | null }
  | {
      readonly kind: 'lead';
      readonly name: string;
      readonly millivoltsPerUnit: number | null;
      readonly standard: boolean;
    };

/**
 * What each of a table's columns holds by its title, or by what a person says that it stands for.
 *
 * @param units of the columns, where a row below the titles states them
 */
export function columnsOf(
  titles: readonly string[],
  { columns: said = {} }: ReadHints,
  units: readonly string[] | null = null,
): Column[] {
  return titles.map((title, c) => {
    const name = Object.hasOwn(said, title.trim()) ? said[title.trim()]! : title;
    if (name === '' && title.trim() !== '') return { kind: 'none' };
    return columnOf(units?.[c] ? `${name} [${units[c]}]` : name);
  });
}

/**
 * Takes a column's name for what it holds: `time_s`, `Time (ms)`, `sample`, `ECG aVR [uV]`, `V1_mV` ...; in the long
 * form `lead` and `millivolts`.
 */
export function columnOf(title: string): Column {
  const parts = /^(.*?)[\s_]*(?:\[([^\]]*)\]|\(([^)]*)\)|_(mV|uV|µV|ms|s))?$/i.exec(title.trim());
  const name = parts?.[1] || title.trim();
  const unit = parts?.[2] ?? parts?.[3] ?? parts?.[4] ?? '';
  const factor = millivoltsPerUnit(unit);
  const label = leadLabel(name);
  if (isLeadName(label)) return { kind: 'lead', name: label, millivoltsPerUnit: factor, standard: true };
  if (/^(time|times|elapsed time|timestamp|t|zeit|seconds?|sec)$/i.test(name)) {
    return { kind: 'time', secondsPerUnit: /^(ms|millis)/i.test(unit) ? 0.001 : 1 };
  }
  if (/^(sample|sample #|samples|index|row|n|unnamed: 0)?$/i.test(name)) return { kind: 'sample' };
  if (/^(record|recording|record_id|ecg_id|id)$/i.test(name)) return { kind: 'record' };
  if (/^(lead|lead_name|channel|ableitung)$/i.test(name)) return { kind: 'lead-name' };
  if (/^(millivolts?|mv|value|voltage|amplitude|signal)$/i.test(name)) {
    return { kind: 'value', millivoltsPerUnit: factor ?? millivoltsPerUnit(name) };
  }
  return { kind: 'lead', name: label, millivoltsPerUnit: factor, standard: false };
}
