import type { Layout, LeadCell } from '../lead/layout.ts';
import { LIMB_LAWS } from '../lint/limb-laws.ts';
import type { LeadSignal } from './lead-signal.ts';

/** Widest slant looked for, and its steps, in columns per row. */
const WIDEST = 0.026;
const STEP = 0.0004;
/** How much better than upright the relations must hold, and how well. */
const BETTER = 0.75;
const WELL = 0.5;
/** Least displacement between the outermost rows that is worth a correction, pixels. */
const LEAST_PX = 0.6;
/** Least stretch that leads share, seconds. */
const SHARED_SECONDS = 1;

/** Leads whose weighted sum is zero at every moment. */
type Relation = readonly { readonly signal: LeadSignal; readonly cell: LeadCell; readonly weight: number }[];

/**
 * How far from upright the moments of a page lie: columns to the right per row downwards. A printing head does not stand
 * quite across preprinted paper, so what the leads of a column show at one moment is printed along a slanted line, up to a
 * degree on photographed recordings. It is found as the slant at which short leads agree best with their rhythm strips, and
 * the limb leads with Einthoven's and Goldberger's laws. About 15 ms.
 *
 * @returns 0 where the page is upright or its leads do not tell
 */
export function measureSlant(signals: readonly LeadSignal[], layout: Layout, pxPerSecond: number): number {
  const relations = relationsOf(signals, layout);
  const rows = relations.flat().map(({ cell }) => cell.baselineY);
  const heightPx = Math.max(...rows) - Math.min(...rows);
  if (!(heightPx > 0)) return 0;
  const misfit = (slant: number): number => {
    const parts = relations.map((relation) => misfitOf(relation, slant / pxPerSecond));
    return parts.reduce((sum, part) => sum + part, 0) / parts.length;
  };
  let best = 0;
  let least = Infinity;
  for (let k = -Math.round(WIDEST / STEP); k <= Math.round(WIDEST / STEP); k++) {
    const here = misfit(k * STEP);
    if (here < least) {
      least = here;
      best = k;
    }
  }
  const slant = best * STEP;
  const isInside = Math.abs(slant) < WIDEST - STEP;
  const isBetter = least <= BETTER * misfit(0) && least <= WELL;
  return isInside && isBetter && Math.abs(slant) * heightPx >= LEAST_PX ? slant : 0;
}

/** The cells where their traces lie on paper printed with a slant: those below moved to the right of those above. */
export function slantCells(layout: Layout, slant: number): Layout {
  const divided = layout.cells.filter(({ role }) => role === 'lead').map(({ baselineY }) => baselineY);
  const middle = divided.reduce((sum, y) => sum + y, 0) / Math.max(1, divided.length);
  const cells = layout.cells.map((cell) => {
    const right = slant * (cell.baselineY - middle);
    return { ...cell, x0: cell.x0 + right, x1: cell.x1 + right };
  });
  return { ...layout, cells };
}

function relationsOf(signals: readonly LeadSignal[], { cells }: Layout): Relation[] {
  const all = signals.flatMap((signal) => {
    const cell = cells.find(({ id }) => id === signal.cellId);
    return cell ? [{ signal, cell }] : [];
  });
  const short = all.filter(({ signal }) => signal.role === 'lead');
  const relations: Relation[] = [];
  for (const strip of all) {
    if (strip.signal.role !== 'rhythm') continue;
    const same = short.find(({ signal }) => signal.lead === strip.signal.lead);
    if (same)
      relations.push([
        { ...same, weight: 1 },
        { ...strip, weight: -1 },
      ]);
  }
  for (const { terms } of LIMB_LAWS) {
    const parts = terms.flatMap(([lead, weight]) => {
      const found = short.find(({ signal }) => signal.lead === lead);
      return found ? [{ ...found, weight }] : [];
    });
    const isOneColumn = new Set(parts.map(({ cell }) => cell.column)).size === 1;
    if (parts.length === terms.length && isOneColumn) relations.push(parts);
  }
  return relations.filter((relation) => sharedSpan(relation).seconds >= SHARED_SECONDS);
}

function sharedSpan(relation: Relation): { start: number; seconds: number } {
  const start = Math.max(...relation.map(({ signal }) => signal.startSeconds));
  const end = Math.min(...relation.map(({ signal: s }) => s.startSeconds + s.millivolts.length / s.fs));
  return { start, seconds: end - start };
}

/** Power of the weighted sum in relation to that of its terms, moments slanted by so many seconds per row. */
function misfitOf(relation: Relation, secondsPerRow: number): number {
  const { start, seconds } = sharedSpan(relation);
  const { fs } = relation[0]!.signal;
  const middle = relation.reduce((sum, { cell }) => sum + cell.baselineY, 0) / relation.length;
  const terms = relation.map(({ signal, cell, weight }) => {
    const late = secondsPerRow * (cell.baselineY - middle);
    return { data: signal.millivolts, from: (start - signal.startSeconds + late) * fs, weight };
  });
  let n = 0;
  let [sum, square] = [0, 0];
  const sums = terms.map(() => [0, 0] as [number, number]);
  const values = new Float64Array(terms.length);
  for (let i = 0; i < seconds * fs; i++) {
    let total = 0;
    terms.forEach(({ data, from, weight }, k) => {
      const at = Math.floor(from + i);
      const share = from + i - at;
      values[k] = weight * ((data[at] ?? NaN) * (1 - share) + (data[at + 1] ?? NaN) * share);
      total += values[k]!;
    });
    if (total !== total) continue;
    n++;
    sum += total;
    square += total * total;
    for (const [k, own] of sums.entries()) {
      own[0] += values[k]!;
      own[1] += values[k]! ** 2;
    }
  }
  if (n < SHARED_SECONDS * fs * 0.5) return 1;
  const power = sums.reduce((all, [own, squares]) => all + squares - (own * own) / n, 0);
  return power > 0 ? (square - (sum * sum) / n) / power : 1;
}
