import { AppError } from '../../shared/app-error.ts';

/** Longest time for one page in a digitizing thread, milliseconds: the largest scan that is read takes a fraction of it. */
export const PAGE_LIMIT_MS = 60_000;

/** Why a thread's work ended without a result. */
export type StopReason = 'timeout' | 'stopped' | 'crashed';

/** Thrown by `runWithLimit`. */
export class WorkStopped extends AppError {
  readonly reason: StopReason;

  constructor(reason: StopReason, message: string, options?: { cause?: unknown }) {
    super(reason === 'stopped' ? 'cancelled' : 'internal', message, options);
    this.reason = reason;
  }
}

/**
 * Runs work that ends when its signal fires, for at most `limitMs`.
 *
 * @param stop - fires to end the work from outside
 * @throws WorkStopped `timeout`, `stopped`, or `crashed` for whatever else the work threw
 */
export async function runWithLimit<T>(
  work: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  stop: AbortSignal,
): Promise<T> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await work(AbortSignal.any([limit, stop]));
  } catch (cause) {
    if (stop.aborted) throw new WorkStopped('stopped', 'The work was stopped.', { cause });
    if (limit.aborted) {
      throw new WorkStopped('timeout', `It took longer than ${Math.round(limitMs / 1000)} s.`, { cause });
    }
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new WorkStopped('crashed', words, { cause });
  }
}
