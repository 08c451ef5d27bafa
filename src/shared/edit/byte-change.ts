import { AppError } from '../app-error.ts';

/**
 * What happened to one document of a page: from byte `at` on, `before` gave way to `after`. `before` is null where the
 * document came into being, `after` where it was removed; `at` is 0 then.
 */
export interface ByteChange {
  readonly key: string;
  readonly at: number;
  readonly before: Uint8Array<ArrayBuffer> | null;
  readonly after: Uint8Array<ArrayBuffer> | null;
}

/** The change between two states of a document, without what both have in common at both ends; null when none. */
export function changeBetween(
  key: string,
  before: Uint8Array | null,
  after: Uint8Array | null,
): ByteChange | null {
  if (before === null || after === null) {
    if (before === after) return null;
    return { key, at: 0, before: before && before.slice(), after: after && after.slice() };
  }
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && before[at] === after[at]) at++;
  if (at === before.length && at === after.length) return null;
  let tail = 0;
  while (tail < shorter - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return {
    key,
    at,
    before: before.slice(at, before.length - tail),
    after: after.slice(at, after.length - tail),
  };
}

/**
 * The document after a change; null when the change removed it.
 *
 * @throws AppError `conflict` when the document is not what the change was made from
 */
export function applyChange(document: Uint8Array | null, change: ByteChange): Uint8Array<ArrayBuffer> | null {
  const { key, at, before, after } = change;
  if (before === null || after === null) {
    if (!(before === null ? document === null : document !== null && same(document, 0, before, true))) {
      throw conflict(key);
    }
    return after && after.slice();
  }
  if (document === null || !same(document, at, before, false)) throw conflict(key);
  const changed = new Uint8Array(document.length - before.length + after.length);
  changed.set(document.subarray(0, at));
  changed.set(after, at);
  changed.set(document.subarray(at + before.length), at + after.length);
  return changed;
}

/** The change that takes a change back. */
export function reverseChange({ key, at, before, after }: ByteChange): ByteChange {
  return { key, at, before: after, after: before };
}

function same(document: Uint8Array, at: number, part: Uint8Array, whole: boolean): boolean {
  if (at + part.length > document.length || (whole && part.length !== document.length)) return false;
  for (let i = 0; i < part.length; i++) if (document[at + i] !== part[i]) return false;
  return true;
}

function conflict(key: string): AppError {
  return new AppError('conflict', `The page was changed elsewhere meanwhile (${key}). It is read anew.`);
}
