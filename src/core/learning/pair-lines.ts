import type { LeadCell } from '../lead/layout.ts';
import { medianOf } from '../signal/median-of.ts';
import type { TracePath } from '../trace/trace-path.ts';
import type { LinePair } from './fit-line-response.ts';

/** A page as it was read or left: what its lines are, and of which leads. */
export interface LinedPage {
  readonly paths: readonly TracePath[];
  readonly layout: { readonly cells: readonly Pick<LeadCell, 'id' | 'lead'>[] } | null;
}

/** Median distance up to which two lines are the same lead's, millimetres, and columns that must tell it. */
const SAME_MM = 0.3;
const LEAST_COLUMNS = 20;

/**
 * The leads that two readings of a flat page have in common, line by line: those of one name that run along each other.
 *
 * @param unverified cells of the accepted page that nobody answers for
 */
export function pairLines(
  read: LinedPage,
  accepted: LinedPage,
  unverified: readonly string[],
  pxPerMm: number,
): LinePair[] {
  return accepted.paths.flatMap((line) => {
    if (unverified.includes(line.cellId)) return [];
    const lead = leadOf(accepted, line);
    const nearest = read.paths
      .filter((path) => leadOf(read, path) === lead)
      .map((traced) => ({ traced, off: medianDistance(traced, line) }))
      .filter(({ off }) => off <= SAME_MM * pxPerMm)
      .sort((a, b) => a.off - b.off)[0];
    return nearest ? [{ traced: nearest.traced, accepted: line }] : [];
  });
}

const leadOf = ({ layout }: LinedPage, { cellId }: TracePath): string | undefined =>
  layout?.cells.find(({ id }) => id === cellId)?.lead;

/** Median distance of two lines over the columns that both have, pixels; NaN for too few. */
function medianDistance(one: TracePath, other: TracePath): number {
  const distances = one.y.map((row, k) => Math.abs(row - (other.y[k + one.x0 - other.x0] ?? NaN)));
  const known = distances.reduce((sum, value) => sum + (value === value ? 1 : 0), 0);
  return known < LEAST_COLUMNS ? NaN : medianOf(distances);
}
