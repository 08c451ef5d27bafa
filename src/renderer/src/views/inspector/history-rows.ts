import type { HistoryEntry } from '../../../../shared/api/edit-record.ts';

/** Steps that were merged, one after the other, folded into one row; newest first. */
export interface MergedSteps {
  readonly id: string;
  readonly steps: readonly HistoryEntry[];
  /** Who made them, each once. */
  readonly who: readonly string[];
  readonly milliseconds: number;
}

export type HistoryRow = { readonly entry: HistoryEntry } | { readonly merged: MergedSteps };

/**
 * A page's history as rows, newest first: steps that cannot be gone back to are folded, unless they were unfolded.
 *
 * @param entries - oldest first
 * @param unfolded - ids of folded rows whose steps are shown after them
 */
export function historyRows(entries: readonly HistoryEntry[], unfolded: ReadonlySet<string>): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let steps: HistoryEntry[] = [];
  const fold = (): void => {
    if (steps.length === 0) return;
    const id = `merged-${steps[0]!.id}`;
    const who = [...new Set(steps.map((step) => step.who).filter(Boolean))];
    const milliseconds = steps.reduce((sum, step) => sum + step.milliseconds, 0);
    rows.push({ merged: { id, steps, who, milliseconds } });
    if (unfolded.has(id)) rows.push(...steps.map((entry) => ({ entry })));
    steps = [];
  };
  for (const entry of entries.toReversed()) {
    if (!entry.kept) steps.push(entry);
    else {
      fold();
      rows.push({ entry });
    }
  }
  fold();
  return rows;
}
