import { changeBetween, type ByteChange } from '../../../shared/edit/byte-change.ts';

/** Equal bytes fewer than these between two differences cost less than naming the second. */
const GAP_BYTES = 64;

/**
 * The change between two states of a document in as many parts as it has differences far from each other, so that what lies
 * between is not kept twice; documents whose length changed give one part. Applied in order, or reversed in reverse order.
 */
export function partChange(key: string, before: Uint8Array | null, after: Uint8Array | null): ByteChange[] {
  if (before === null || after === null || before.length !== after.length) {
    const change = changeBetween(key, before, after);
    return change ? [change] : [];
  }
  const parts: ByteChange[] = [];
  let start = -1;
  let last = -1;
  const close = (): void => {
    if (start < 0) return;
    parts.push({
      key,
      at: start,
      before: before.slice(start, last + 1),
      after: after.slice(start, last + 1),
    });
  };
  for (let i = 0; i < before.length; i++) {
    if (before[i] === after[i]) continue;
    if (start < 0 || i - last > GAP_BYTES) {
      close();
      start = i;
    }
    last = i;
  }
  close();
  return parts;
}
