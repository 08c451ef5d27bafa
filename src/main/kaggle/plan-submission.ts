import type { LeadTable } from '../../core/metrics/lead-table.ts';
import type { KaggleTarget } from '../../formats/kaggle/kaggle-lists.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { stemOf } from '../import/name-finder.ts';

/** One page of a submission. */
export interface SubmissionPage {
  /** Null where `test.csv` asks for a picture that is not there: its rows are 0. */
  readonly scan: string | null;
  /** First part of its rows' ids: that of the record, with the picture's number where a record has several pictures. */
  readonly id: string;
  readonly targets: readonly Omit<KaggleTarget, 'id'>[];
  /** Length of the longest lead. */
  readonly stripSeconds: number;
  /** Reads what is known of its signals, null for nothing. */
  readonly truth: (() => Promise<LeadTable>) | null;
}

/**
 * Which rows a submission has for which page: those that `test.csv` asks for, and for records whose signals are known as many
 * as each lead has printed samples. Pages in the order of their ids.
 *
 * @param truths how to read what is known, by scan
 * @param asked rows of `test.csv`, none where there is no such list
 */
export async function planSubmission(
  scans: readonly string[],
  truths: ReadonlyMap<string, () => Promise<LeadTable>>,
  asked: readonly KaggleTarget[],
): Promise<{
  readonly pages: readonly SubmissionPage[];
  readonly without: readonly string[];
  readonly missing: readonly string[];
}> {
  const byId = new Map<string, KaggleTarget[]>();
  for (const target of asked) byId.set(target.id, [...(byId.get(target.id) ?? []), target]);
  const counts = new Map<string, number>();
  for (const scan of scans) counts.set(recordOf(scan), (counts.get(recordOf(scan)) ?? 0) + 1);
  const pages: SubmissionPage[] = [];
  const without: string[] = [];
  for (const scan of scans) {
    const record = recordOf(scan);
    const truth = truths.get(scan) ?? null;
    const targets = byId.get(record) ?? byId.get(stemOf(scan)) ?? (truth ? targetsOf(await truth()) : []);
    if (targets.length === 0) {
      without.push(scan);
      continue;
    }
    const id = counts.get(record) === 1 ? record : stemOf(scan);
    pages.push({ scan, id, targets, stripSeconds: stripOf(targets), truth });
  }
  const missing = [...byId.keys()].filter((id) => !counts.has(id));
  for (const id of missing) {
    const targets = byId.get(id)!;
    pages.push({ scan: null, id, targets, stripSeconds: stripOf(targets), truth: null });
  }
  pages.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { pages, without, missing };
}

function stripOf(targets: readonly Omit<KaggleTarget, 'id'>[]): number {
  return Math.max(...targets.map(({ rows, fs }) => rows / fs));
}

/** `12/12-0003.png` shows record 12, `12.png` as well. */
export function recordOf(scan: string): string {
  const stem = stemOf(scan);
  return /^(.+)-\d{4}$/.exec(stem)?.[1] ?? stem;
}

/** First printed sample and number of samples up to the last. */
export function printedSpan(values: Float32Array): { readonly first: number; readonly count: number } {
  const first = values.findIndex((value) => !Number.isNaN(value));
  let end = values.length;
  while (end > 0 && Number.isNaN(values[end - 1]!)) end--;
  return first < 0 ? { first: 0, count: 0 } : { first, count: end - first };
}

function targetsOf({ fs, leads }: LeadTable): Omit<KaggleTarget, 'id'>[] {
  return LEAD_NAMES.flatMap((lead) => {
    const rows = printedSpan(leads.get(lead) ?? new Float32Array(0)).count;
    return rows > 0 ? [{ lead, fs, rows }] : [];
  });
}
