/** One measured figure. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it should stay below or reach; null for a figure that is only watched. */
  readonly goal: { readonly atMost: number } | { readonly atLeast: number } | null;
}

/**
 * A file `NAME.bench.ts` in this folder exports this by default. It returns no rows, and says why, where it cannot run.
 */
export type Bench = (say: (line: string) => void) => Promise<readonly BenchRow[]>;

/** Whether a row meets its goal; null without one. */
export function meetsGoal({ value, goal }: BenchRow): boolean | null {
  if (goal === null) return null;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** Median of a list that is not empty. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
