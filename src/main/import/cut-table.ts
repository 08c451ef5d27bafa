import type { LeadTable } from '../../core/metrics/lead-table.ts';

/** A stretch of a table, on a clock that begins with it. */
export function cutTable({ fs, startSeconds, leads }: LeadTable, from: number, seconds: number): LeadTable {
  const first = Math.round((from - startSeconds) * fs);
  const cut = [...leads].map(([lead, values]) => {
    return [lead, values.slice(Math.max(0, first), first + Math.round(seconds * fs))] as const;
  });
  return { fs, startSeconds: 0, leads: new Map(cut.filter(([, values]) => values.length > 0)) };
}
