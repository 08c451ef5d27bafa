import { applyChange, reverseChange, type ByteChange } from '../../../shared/edit/byte-change.ts';
import type { MergeRun } from './merge-runs.ts';
import { partChange } from './part-change.ts';

/** A stretch of a journal as one change. */
export interface ComposedRun {
  readonly run: MergeRun;
  /** What leads from the state before its first entry to that after its last. */
  readonly changes: readonly ByteChange[];
  /** Which parts of the page each entry touched, in the order of the run's ids. */
  readonly touched: readonly (readonly string[])[];
}

/**
 * Walks a page back from where it is and makes one change of each run. Works an entry at a time, so that whoever asks can let
 * others work in between; entries that are added meanwhile do not matter.
 *
 * @param documents - the page as it is; changed on the way
 * @param moves - ids of all entries that moved the documents since then and not been merged, newest first
 * @param runs - oldest first, of those entries
 * @param changesOf - what an entry changed
 * @returns newest first
 */
export function* composeRuns(
  documents: Map<string, Uint8Array>,
  moves: readonly number[],
  runs: readonly MergeRun[],
  changesOf: (id: number) => readonly ByteChange[],
): Generator<void, ComposedRun[]> {
  const composed: ComposedRun[] = [];
  const waiting = [...runs];
  let run = waiting.pop();
  /** Documents at the end of the run that the walk is in, of those that it touched. */
  let after = new Map<string, Uint8Array | null>();
  let touched: string[][] = [];
  for (const id of moves) {
    if (!run) break;
    const changes = changesOf(id);
    const isInside = id <= run.ids.at(-1)! && id >= run.ids[0]!;
    for (let i = changes.length - 1; i >= 0; i--) {
      const change = changes[i]!;
      const now = documents.get(change.key) ?? null;
      if (isInside && !after.has(change.key)) after.set(change.key, now);
      const before = applyChange(now, reverseChange(change));
      if (before === null) documents.delete(change.key);
      else documents.set(change.key, before);
    }
    if (isInside) touched.push(partsOf(changes));
    if (id === run.ids[0]) {
      const net = [...after].flatMap(([key, end]) => partChange(key, documents.get(key) ?? null, end));
      composed.push({ run, changes: net, touched: touched.reverse() });
      run = waiting.pop();
      after = new Map();
      touched = [];
    }
    yield;
  }
  return composed;
}

/** Parts of the page: `mask/r0c0` for any of its tiles. */
function partsOf(changes: readonly ByteChange[]): string[] {
  return [...new Set(changes.map(({ key }) => key.split('/').slice(0, 2).join('/')))];
}
