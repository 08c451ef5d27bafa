import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeChunks, encodeChunks } from '../../shared/api/chunk-bytes.ts';
import type { ByteChange } from '../../shared/edit/byte-change.ts';

/** The kinds of entries that move a page's documents. */
export type EntryKind = 'edit' | 'undo' | 'redo' | 'restore' | 'base';

export interface LoggedEntry {
  readonly id: number;
  readonly kind: EntryKind;
  /** Entry that an undo takes back or a redo does again. */
  readonly target: number | null;
}

/** What would be taken back and what done again next: ids of entries, the next one last. */
export interface EditStacks {
  readonly undo: readonly number[];
  readonly redo: readonly number[];
}

/** The stacks that a page's entries, oldest first, leave behind. A new action ends what could be done again. */
export function stacksOf(entries: readonly LoggedEntry[]): EditStacks {
  const undo: number[] = [];
  let redo: number[] = [];
  for (const { id, kind, target } of entries) {
    if (kind === 'undo') {
      undo.pop();
      redo.push(target!);
    } else if (kind === 'redo') {
      redo.pop();
      undo.push(target!);
    } else {
      undo.push(id);
      redo = [];
    }
  }
  return { undo, redo };
}

/** Changes as they are kept, deflated: a few hundred bytes to a few kilobytes an action. */
export function packChanges(changes: readonly ByteChange[]): Uint8Array {
  const meta = changes.map(({ key, at, before, after }) => {
    return { key, at, created: before === null, removed: after === null };
  });
  const arrays = changes.flatMap(({ before, after }) => [
    before ?? new Uint8Array(0),
    after ?? new Uint8Array(0),
  ]);
  return deflateRawSync(encodeChunks(meta, arrays), { level: 5 });
}

export function unpackChanges(bytes: Uint8Array): ByteChange[] {
  const { meta, arrays } = decodeChunks(inflateRawSync(bytes));
  const heads = meta as { key: string; at: number; created: boolean; removed: boolean }[];
  return heads.map(({ key, at, created, removed }, i) => ({
    key,
    at,
    before: created ? null : (arrays[2 * i] as Uint8Array<ArrayBuffer>),
    after: removed ? null : (arrays[2 * i + 1] as Uint8Array<ArrayBuffer>),
  }));
}
