import type { CellView, FindingView } from '../../../../shared/api/page-record.ts';

/**
 * Cells a finding points at: those of its leads that cover its time; without a time, all cells of its leads.
 * A finding without leads points at the whole page.
 */
export function findingCells(
  finding: Pick<FindingView, 'leads' | 'startSeconds' | 'endSeconds'>,
  cells: readonly Pick<CellView, 'id' | 'lead' | 'startSeconds' | 'endSeconds'>[],
): readonly string[] {
  const { leads, startSeconds, endSeconds } = finding;
  const named = leads.length === 0 ? cells : cells.filter(({ lead }) => leads.includes(lead));
  if (startSeconds === null) return named.map(({ id }) => id);
  const end = endSeconds ?? startSeconds;
  const covering = named.filter((cell) => cell.startSeconds < end && cell.endSeconds > startSeconds);
  return (covering.length > 0 ? covering : named).map(({ id }) => id);
}
