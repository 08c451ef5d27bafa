import type { BeatFiducials } from './delineate-lead.ts';
import { ascending } from '../../shared/ascending.ts';

/** Medians over the beats of a lead, milliseconds; null where fewer than half of the beats show the waves. */
export interface LeadIntervals {
  readonly pr: number | null;
  readonly qrs: number | null;
  readonly qt: number | null;
}

/** PR (onset of P to onset of QRS), QRS and QT (onset of QRS to end of T) of a lead. */
export function leadIntervals(beats: readonly BeatFiducials[]): LeadIntervals {
  return {
    pr: usual(beats, ({ pOnset, qrsOnset }) => difference(pOnset, qrsOnset)),
    qrs: usual(beats, ({ qrsOnset, qrsEnd }) => difference(qrsOnset, qrsEnd)),
    qt: usual(beats, ({ qrsOnset, tEnd }) => difference(qrsOnset, tEnd)),
  };
}

function difference(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : 1000 * (to - from);
}

function usual(beats: readonly BeatFiducials[], of: (beat: BeatFiducials) => number | null): number | null {
  const values = beats.flatMap((beat) => of(beat) ?? []).sort(ascending);
  if (values.length === 0 || values.length * 2 < beats.length) return null;
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half]! : (values[half - 1]! + values[half]!) / 2;
}
