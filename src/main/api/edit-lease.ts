import { AppError } from '../../shared/app-error.ts';

/** Which window may correct: one at a time, so that two people do not pull at the same page. The others read. */
export interface EditLease {
  /** Asks for the lease, or with `take` takes it from whoever has it; tells whether the window has it now. */
  hold(window: string, take: boolean): boolean;
  /** Lets a window correct: it has the lease, or nobody alive has. @throws AppError `locked` */
  expect(window: string): void;
  release(window: string): void;
}

/** A window that was not heard of for so long is gone, or out of sight. */
const SILENCE_MS = 12_000;

/**
 * @param now clock, milliseconds
 * @param onChange hears of the window that has the lease
 */
export function createEditLease(now: () => number, onChange: (holder: string | null) => void): EditLease {
  let holder: string | null = null;
  let heard = 0;
  const give = (window: string | null): void => {
    heard = now();
    if (holder === window) return;
    holder = window;
    onChange(window);
  };
  const isFree = (window: string): boolean =>
    holder === null || holder === window || now() - heard > SILENCE_MS;
  return {
    hold(window, take) {
      if (take || isFree(window)) give(window);
      return holder === window;
    },
    expect(window) {
      if (!isFree(window)) {
        throw new AppError(
          'locked',
          'This project is being corrected in another window. Go on there, or take it over here.',
        );
      }
      give(window);
    },
    release(window) {
      if (holder === window) give(null);
    },
  };
}
