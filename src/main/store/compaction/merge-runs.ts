import type { KeepRule } from '../../../shared/api/compaction-record.ts';
import { stacksOf, type EntryKind } from '../edit-log.ts';

/** An entry of a journal without its changes. */
export interface LedgerEntry {
  readonly id: number;
  readonly kind: EntryKind | 'review';
  readonly target: number | null;
  readonly tool: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of its changes as they are kept. */
  readonly bytes: number;
}

/** Entries whose changes become one change; the page can be brought back to where it was after the last of them. */
export interface MergeRun {
  readonly ids: readonly number[];
  readonly bytes: number;
}

/** Marks what compaction itself writes into the history. */
export const COMPACTION_TOOL = 'compaction';

/** A state is kept at least every so many actions. */
const MOST_PER_RUN = 100;

/** Whoever pauses that long has left a state worth keeping. */
const SITTING_BREAK_MS = 3_600_000;

const DAY_MS = 86_400_000;

/**
 * Which entries of one page's journal can be merged. A run ends where somebody will want the page back as it was: at a
 * decision, at another reading of the machine, at the end of a sitting, and after 100 actions at the latest. What `keep`
 * protects, what can be done again, and the run that is not complete stay as they are. Where runs begin and end does not
 * depend on when they are merged.
 *
 * @param entries - oldest first, from behind what was merged before
 * @param merged - id of the last entry that was merged before, 0 for none
 * @param now - milliseconds since 1970
 */
export function mergeRuns(
  entries: readonly LedgerEntry[],
  merged: number,
  keep: Pick<KeepRule, 'actions' | 'days'>,
  now: number,
): MergeRun[] {
  const ledger = entries.filter(({ tool }) => tool !== COMPACTION_TOOL);
  const end = firstKept(ledger, merged, keep, now);
  const runs: MergeRun[] = [];
  let ids: number[] = [];
  let bytes = 0;
  for (const [i, entry] of ledger.entries()) {
    if (entry.kind === 'review') continue;
    if (entry.id >= end) break;
    ids.push(entry.id);
    bytes += entry.bytes;
    const next = ledger[i + 1];
    if (!next || !(ids.length === MOST_PER_RUN || partsStates(entry, next))) continue;
    if (ids.length > 1) runs.push({ ids, bytes });
    ids = [];
    bytes = 0;
  }
  return runs;
}

function partsStates(entry: LedgerEntry, next: LedgerEntry): boolean {
  return (
    next.kind === 'review' ||
    next.kind === 'base' ||
    entry.kind === 'base' ||
    next.at - entry.at >= SITTING_BREAK_MS
  );
}

/** Id of the first entry that stays as it is. */
function firstKept(
  ledger: readonly LedgerEntry[],
  merged: number,
  { actions, days }: Pick<KeepRule, 'actions' | 'days'>,
  now: number,
): number {
  const moves = ledger.filter((entry): entry is LedgerEntry & { kind: EntryKind } => entry.kind !== 'review');
  const { undo, redo } = stacksOf(moves);
  // What is undone next after all of these was merged already.
  const undoable = undo.at(-actions) ?? (merged > 0 ? merged : (undo[0] ?? Infinity));
  const young = days === 0 ? undefined : moves.find(({ at }) => at >= now - days * DAY_MS);
  return Math.min(undoable, young?.id ?? Infinity, ...redo.slice(-1));
}
