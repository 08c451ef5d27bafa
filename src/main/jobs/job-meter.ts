/** Counts finished pages for the status line. */
export interface JobMeter {
  readonly done: number;
  readonly failed: number;
  /** Begins a new count, e.g. when work starts after everything was finished. */
  restart(): void;
  count(failed: boolean): void;
  /** Pages per minute over the last minute; null before the first page. */
  pagesPerMinute(): number | null;
}

const MINUTE_MS = 60_000;

/** @param now - monotonic clock in milliseconds */
export function createJobMeter(now: () => number): JobMeter {
  let done = 0;
  let failed = 0;
  let startedAt = now();
  let finishes: number[] = [];
  return {
    get done() {
      return done;
    },
    get failed() {
      return failed;
    },
    restart() {
      done = 0;
      failed = 0;
      finishes = [];
      startedAt = now();
    },
    count(isFailure) {
      if (isFailure) failed++;
      else done++;
      finishes.push(now());
      finishes = finishes.filter((at) => at > now() - MINUTE_MS);
    },
    pagesPerMinute() {
      if (finishes.length === 0) return null;
      const span = Math.max(1000, Math.min(MINUTE_MS, now() - startedAt));
      const recent = finishes.filter((at) => at > now() - span).length;
      return Math.round((recent * MINUTE_MS * 10) / span) / 10;
    },
  };
}
