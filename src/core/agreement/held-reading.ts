import { onCommonClock, type ReadSignal } from './common-clock.ts';
import { DIFFERENCE_LIMITS, type DifferenceStretch } from './difference-stretches.ts';

/** Which of two readings a page holds in a stretch; `both` where they are the same there, `neither` where it has its own. */
export type HeldReading = 'first' | 'second' | 'both' | 'neither';

/**
 * Tells which of two readings of a lead the page itself holds in a stretch: the one that it nowhere leaves by more than the
 * limit of voltage, with the same samples unprinted.
 */
export function heldReading(
  page: ReadSignal | null,
  first: ReadSignal | null,
  second: ReadSignal | null,
  stretch: Pick<DifferenceStretch, 'startSeconds' | 'endSeconds'>,
): HeldReading {
  const isFirst = isSame(page, first, stretch);
  const isSecond = isSame(page, second, stretch);
  if (isFirst && isSecond) return 'both';
  if (isFirst) return 'first';
  return isSecond ? 'second' : 'neither';
}

function isSame(
  page: ReadSignal | null,
  reading: ReadSignal | null,
  { startSeconds, endSeconds }: Pick<DifferenceStretch, 'startSeconds' | 'endSeconds'>,
): boolean {
  const pair = onCommonClock(page, reading);
  const from = Math.max(0, Math.round((startSeconds - pair.startSeconds) * pair.fs));
  const to = Math.min(pair.first.length, Math.round((endSeconds - pair.startSeconds) * pair.fs));
  for (let i = from; i < to; i++) {
    const a = pair.first[i]!;
    const b = pair.second[i]!;
    const isBlank = a !== a || b !== b;
    if (isBlank ? a === a || b === b : Math.abs(a - b) > DIFFERENCE_LIMITS.millivolts) return false;
  }
  return true;
}
