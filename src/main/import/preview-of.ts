import { SIGNAL_READERS } from '../../formats/read-signal.ts';
import { MOST_LISTED, type ImportIssue, type ImportPreview } from '../../shared/api/import-record.ts';
import type { KnownSignalFacts } from './known-signal-task.ts';
import type { ImportPlan } from './plan-import.ts';
import type { SignalKind } from './recording-kind.ts';

/** A plan as a window shows it; long lists are cut. */
export function previewOf(
  from: string,
  plan: ImportPlan,
  facts: ReadonlyMap<string, KnownSignalFacts>,
  issues: readonly ImportIssue[],
): ImportPreview {
  const unnamed = new Map<string, { titles: string[]; tables: number; example: string }>();
  for (const { path, titles } of plan.unnamed) {
    const key = JSON.stringify(titles);
    const group = unnamed.get(key);
    if (group) group.tables++;
    else unnamed.set(key, { titles: [...titles], tables: 1, example: path });
  }
  // What cannot be read comes first: it is what a person looks for.
  const pairs = [...plan.pairs].sort((a, b) => Number(facts.has(a.scan)) - Number(facts.has(b.scan)));
  return {
    from,
    kind: plan.kind,
    scans: plan.scans.length,
    paired: plan.pairs.length,
    masked: plan.masks.size,
    annotated: plan.annotations.size,
    pairs: pairs.slice(0, MOST_LISTED).map(({ scan, signal, rule }) => {
      const read = facts.get(scan);
      return {
        scan,
        signal: signal.path,
        format: formatTitle(signal.kind),
        rule,
        read: read
          ? { fs: read.fs, seconds: read.seconds, leads: read.leads.length, remarks: [...read.remarks] }
          : null,
      };
    }),
    unnamed: [...unnamed.values()],
    issues: issues.slice(0, MOST_LISTED),
    issuesInAll: issues.length,
  };
}

function formatTitle(kind: SignalKind): string {
  if (kind === 'table' || kind === 'bare' || kind === 'text') return 'table';
  return SIGNAL_READERS.find(({ id }) => id === kind)!.title;
}
