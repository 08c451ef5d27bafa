import { changeBetween, type ByteChange } from './byte-change.ts';

type Documents = ReadonlyMap<string, Uint8Array>;

/** What leads from some documents to others, a change for each that differs. */
export function documentChanges(before: Documents, after: Documents): ByteChange[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    return changeBetween(key, before.get(key) ?? null, after.get(key) ?? null) ?? [];
  });
}
