import type { Layout } from '../lead/layout.ts';
import type { Finding } from './finding.ts';

/**
 * Names the leads beside which tall strokes stand that no traced line explains.
 *
 * @param strays columns of such strokes by cell, canonical pixels; cells without any are absent
 */
export function checkStrayStrokes(
  strays: ReadonlyMap<string, readonly number[]>,
  { cells }: Layout,
  pxPerSecond: number,
): Finding[] {
  const stray = cells.filter(({ id }) => strays.has(id));
  if (stray.length === 0) return [];
  const seconds = stray.flatMap(({ id, x0, startSeconds }) =>
    strays.get(id)!.map((x) => startSeconds + (x - x0) / pxPerSecond),
  );
  const leads = [...new Set(stray.map(({ lead }) => lead))];
  return [
    {
      code: 'stroke-unexplained',
      severity: 'warning',
      message:
        `Tall strokes at ${leads.join(', ')} belong to no traced line: ` +
        'waves that cross may be cut short or exchanged.',
      leads,
      startSeconds: Math.min(...seconds),
      endSeconds: Math.max(...seconds),
      value: seconds.length,
    },
  ];
}
