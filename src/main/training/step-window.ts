import type { StepResult } from './step-session.ts';

/** What happened since the last logged step. */
export interface WindowPoint {
  /** Means over the steps. */
  readonly loss: number;
  readonly gradientLength: number;
  readonly waitMs: number;
  readonly stepMs: number;
  /** Soft Dice per class over all patches of these steps. */
  readonly dice: readonly number[];
}

/** Collects steps between two lines of the log. */
export interface StepWindow {
  add(result: StepResult, gradientLength: number, waitMs: number, stepMs: number): void;
  /** Sums up, and starts anew. */
  take(): WindowPoint;
}

/** An empty window for so many classes. */
export function createStepWindow(classes: number): StepWindow {
  let sums: number[];
  let overlaps: number[];
  let squares: number[];
  let count: number;
  const reset = (): void => {
    sums = [0, 0, 0, 0];
    overlaps = new Array<number>(classes).fill(0);
    squares = new Array<number>(classes).fill(0);
    count = 0;
  };
  reset();
  return {
    add(result, gradientLength, waitMs, stepMs) {
      [result.loss, gradientLength, waitMs, stepMs].forEach((value, k) => (sums[k]! += value));
      result.overlap.forEach((value, k) => (overlaps[k]! += value));
      result.squares.forEach((value, k) => (squares[k]! += value));
      count++;
    },
    take() {
      const [loss, gradientLength, waitMs, stepMs] = sums.map((sum) => round(sum / count)) as [
        number,
        number,
        number,
        number,
      ];
      const dice = overlaps.map((sum, k) => round((2 * sum) / Math.max(squares[k]!, 1e-9)));
      reset();
      return { loss, gradientLength, waitMs, stepMs, dice };
    },
  };
}

const round = (value: number): number => Number(value.toPrecision(5));
