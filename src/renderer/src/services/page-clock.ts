/** Measures the time a person spends on the open page: pauses without a sign of life count for half a minute at most. */
export interface PageClock {
  /** A sign of life: a key, the pointer. */
  touch(): void;
  /** Milliseconds since they were last taken. */
  take(): number;
}

const PAUSE_MS = 30_000;

/** @param now clock, milliseconds */
export function createPageClock(now: () => number): PageClock {
  let last = now();
  let spent = 0;
  const touch = (): void => {
    const at = now();
    spent += Math.min(PAUSE_MS, at - last);
    last = at;
  };
  return {
    touch,
    take() {
      touch();
      const milliseconds = Math.round(spent);
      spent = 0;
      return milliseconds;
    },
  };
}

/** The clock of this window. */
export const pageClock = createPageClock(() => performance.now());
