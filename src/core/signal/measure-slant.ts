import type { Layout, LeadCell } from '../lead/layout.ts';
import { asRecorded } from '../lint/as-recorded.ts';
import { LIMB_LAWS } from '../lint/limb-laws.ts';
import type { LeadSignal } from './lead-signal.ts';

/** Widest slant looked for, and the steps of the search, in columns per row; at first so many of them at once. */
const WIDEST = 0.0256;
const STEP = 0.0004;
const COARSE = 4;
/** How much better than upright the relations must hold (geometric mean), and how well. */
const BETTER = 0.75;
const WELL = 0.5;
/** Misfit that no slant explains, added to each: relations that hold to it have nothing to say. */
const NOISE = 0.003;
/** Least displacement between the outermost rows that is worth a correction, pixels. */
const LEAST_PX = 0.4;
/** Least stretch that leads share, seconds. */
const SHARED_SECONDS = 1;

/** Leads whose weighted sum is zero at every moment of a stretch that all of them show. */
interface Relation {
  readonly terms: readonly Term[];
  /** Samples of the stretch. */
  readonly samples: number;
  readonly fs: number;
}

interface Term {
  readonly data: Float32Array;
  /** Sample at which the stretch begins on an upright page. */
  readonly from: number;
  readonly weight: number;
  /** Rows below the middle of the relation's leads. */
  readonly below: number;
  /** Place for the weighted samples of the stretch. */
  readonly shifted: Float64Array;
}

/**
 * How far from upright the moments of a page lie: columns to the right per row downwards. A printing head does not stand
 * quite across preprinted paper, so what the leads of a column show at one moment is printed along a slanted line, up to a
 * degree on photographed recordings. It is found as the slant at which short leads agree best with their rhythm strips, and
 * the limb leads with Einthoven's and Goldberger's laws. About 5 ms.
 *
 * @returns 0 where the page is upright or its leads do not tell
 */
export function measureSlant(signals: readonly LeadSignal[], layout: Layout, pxPerSecond: number): number {
  const relations = relationsOf(asRecorded(signals), layout);
  const heightPx = Math.max(...relations.map(({ terms }) => heightOf(terms)));
  if (!(heightPx > 0)) return 0;
  // The noise of each relation is its own: by the mean of the misfits a mistraced strip would drown out the others.
  const misfit = (slant: number): number => {
    let sum = 0;
    for (const relation of relations) sum += Math.log(NOISE + misfitOf(relation, slant / pxPerSecond));
    return Math.exp(sum / relations.length);
  };
  const [near] = lowest(misfit, 0, WIDEST, COARSE * STEP);
  const [slant, least] = lowest(misfit, near, COARSE * STEP, STEP);
  const isInside = Math.abs(slant) < WIDEST - STEP;
  const isBetter = least <= BETTER * misfit(0) && least <= WELL;
  return isInside && isBetter && Math.abs(slant) * heightPx >= LEAST_PX ? slant : 0;
}

/** Where a function is lowest within `reach` of `middle`, in steps, and how low. */
function lowest(of: (at: number) => number, middle: number, reach: number, step: number): [number, number] {
  let best: [number, number] = [middle, Infinity];
  const steps = Math.round(reach / step);
  for (let k = -steps; k <= steps; k++) {
    const value = of(middle + k * step);
    if (value < best[1]) best = [middle + k * step, value];
  }
  return best;
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
    return cell ? [{ signal, cell, weight: 1 }] : [];
  });
  const short = all.filter(({ signal }) => signal.role === 'lead');
  const relations: Relation[] = [];
  for (const strip of all) {
    if (strip.signal.role !== 'rhythm') continue;
    const same = short.find(({ signal }) => signal.lead === strip.signal.lead);
    if (same) relations.push(relationOf([same, { ...strip, weight: -1 }]));
  }
  // The other laws follow from these two.
  for (const { terms } of LIMB_LAWS.slice(0, 2)) {
    const parts = terms.flatMap(([lead, weight]) => {
      const found = short.find(({ signal }) => signal.lead === lead);
      return found ? [{ ...found, weight }] : [];
    });
    const isOneColumn = new Set(parts.map(({ cell }) => cell.column)).size === 1;
    if (parts.length === terms.length && isOneColumn) relations.push(relationOf(parts));
  }
  return relations.filter(({ samples, fs }) => samples >= SHARED_SECONDS * fs);
}

function relationOf(
  parts: readonly { readonly signal: LeadSignal; readonly cell: LeadCell; readonly weight: number }[],
): Relation {
  const { fs } = parts[0]!.signal;
  const start = Math.max(...parts.map(({ signal }) => signal.startSeconds));
  const end = Math.min(...parts.map(({ signal: s }) => s.startSeconds + s.millivolts.length / s.fs));
  const samples = Math.max(0, Math.floor((end - start) * fs));
  const middle = parts.reduce((sum, { cell }) => sum + cell.baselineY, 0) / parts.length;
  const terms = parts.map(({ signal, cell, weight }): Term => {
    return {
      data: signal.millivolts,
      from: (start - signal.startSeconds) * fs,
      weight,
      below: cell.baselineY - middle,
      shifted: new Float64Array(samples),
    };
  });
  return { terms, samples, fs };
}

function heightOf(terms: readonly Term[]): number {
  const rows = terms.map(({ below }) => below);
  return Math.max(...rows) - Math.min(...rows);
}

/** Power of the weighted sum in relation to that of its terms, moments slanted by so many seconds per row. */
function misfitOf({ terms, samples, fs }: Relation, secondsPerRow: number): number {
  for (const term of terms) shift(term, secondsPerRow * term.below * fs);
  const totals = new Float64Array(samples);
  for (const { shifted } of terms) for (let i = 0; i < samples; i++) totals[i]! += shifted[i]!;
  const power = terms.reduce((sum, { shifted }) => sum + variance(shifted, totals), 0);
  // NaN, and so no relation, where fewer than half of the samples are known.
  return power > 0 ? variance(totals, totals) / power : 1;
}

/** Lays the stretch out as it is found `late` samples later, NaN beyond the ends of the lead. */
function shift({ data, from, weight, shifted }: Term, late: number): void {
  const first = Math.floor(from + late);
  const share = from + late - first;
  for (let i = 0; i < shifted.length; i++) {
    const at = first + i;
    const isInside = at >= 0 && at + 1 < data.length;
    shifted[i] = isInside ? weight * (data[at]! * (1 - share) + data[at + 1]! * share) : Number.NaN;
  }
}

/** Variance of the values where `known` is a number; NaN where fewer than half of them are. */
function variance(values: Float64Array, known: Float64Array): number {
  let n = 0;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    if (known[i] !== known[i]) continue;
    n++;
    sum += values[i]!;
    square += values[i]! * values[i]!;
  }
  return n >= values.length / 2 ? square / n - (sum / n) ** 2 : Number.NaN;
}
