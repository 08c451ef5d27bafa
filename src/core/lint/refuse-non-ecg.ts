import type { Layout } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { type HeartLikeness, heartLikeness } from './heart-likeness.ts';
import { sharedBeats } from './shared-beats.ts';

export interface RefuseOptions {
  /** Trust in the grid, 0..1, 0 where there is none. */
  readonly gridConfidence: number;
  /** Whether a person stated layout, leads or scale: then it is an ECG. */
  readonly stated: boolean;
}

/** So many lead names, on such a share of the leads, no other picture carries. */
const ENOUGH_LABELS = 3;
const LABELLED_SHARE = 1 / 3;
/** What a lead of a heart shows at least, and the rates that hearts have, per minute. */
const LEAST_QUIET = 0.65;
const LEAST_ALIKE = 0.75;
const MOST_OFFSET = 0.75;
const RATES: readonly [number, number] = [20, 260];
/** Share of the leads that must look like a heart; less will do where a clear grid, or print and pulses speak for it. */
const HEART_SHARE = 0.5;
const HEART_SHARE_ON_GRID = 0.4;
const HEART_SHARE_WITH_MARKS = 0.25;
/** Share of the beats that other leads must show as well. */
const SHARED_SHARE = 0.35;
const LEAST_GRID = 0.5;
const SURE_GRID = 0.9;

/** Lead names that mark a page of several leads. */
const LEAST_NAMES = 2;

/**
 * Says why the traced lines are no ECG, in words, or null where they are. Three lead names are enough; without them the
 * lines must beat like a heart and, where several leads are printed at once, beat together. 20 ms for twelve leads.
 */
export function refuseNonEcg(
  signals: readonly LeadSignal[],
  layout: Layout,
  { gridConfidence, stated }: RefuseOptions,
): string | null {
  if (stated) return null;
  const labels = layout.cells.filter((cell) => cell.labelSource === 'read').length;
  if (labels >= ENOUGH_LABELS && labels >= LABELLED_SHARE * layout.cells.length) return null;
  const marked = isMarked(layout);
  // A slow heart beats but once in a short lead: such leads say nothing here, only whether they beat together.
  const judged = signals.map(heartLikeness).filter((h) => h.rate === 0 || h.alike === h.alike);
  const hearts = judged.filter(looksAlive).length;
  const unmarked = gridConfidence >= SURE_GRID ? HEART_SHARE_ON_GRID : HEART_SHARE;
  const least = marked ? HEART_SHARE_WITH_MARKS : unmarked;
  const { beats, share } = sharedBeats(signals);
  if (hearts < least * judged.length || (judged.length === 0 && beats === 0)) {
    return 'its lines show no heart beats, and no lead names were read';
  }
  if (beats > 0 && share < SHARED_SHARE) return 'its lines do not beat together, and no lead names were read';
  if (!marked && gridConfidence < LEAST_GRID) {
    return 'it has no grid, no lead names, no calibration pulse and no printed scale';
  }
  return null;
}

/** Whether anything is printed that only an ECG carries: lead names (one of several may be chance), a pulse, speed or gain. */
export function isMarked({ cells, pulses, speedSource, gainSource }: Layout): boolean {
  if (pulses.length > 0 || speedSource === 'text' || gainSource === 'text') return true;
  return cells.filter((cell) => cell.labelSource === 'read').length >= Math.min(LEAST_NAMES, cells.length);
}

function looksAlive({ quiet, alike, offset, rate }: HeartLikeness): boolean {
  const beats = rate > RATES[0] && rate < RATES[1];
  return beats && quiet > LEAST_QUIET && alike > LEAST_ALIKE && offset < MOST_OFFSET;
}
