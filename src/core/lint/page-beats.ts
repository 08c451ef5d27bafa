import type { LeadSignal } from '../signal/lead-signal.ts';
import { detectBeats } from './detect-beats.ts';

/** Times of the beats on the page's clock, seconds, ascending. */
export type PageBeats = readonly number[];

/** Leads agree on a beat within this. */
const AGREE_SECONDS = 0.1;

/**
 * Beats that at least half of the leads printed at their time show (a single lead may be too small, or mistraced).
 */
export function pageBeats(signals: readonly LeadSignal[]): number[] {
  const found = signals
    .flatMap((signal, index) =>
      detectBeats(signal.millivolts, signal.fs).map((t) => ({ index, t: t + signal.startSeconds })),
    )
    .sort((a, b) => a.t - b.t);
  const beats: number[] = [];
  for (let k = 0; k < found.length;) {
    const voters = new Set<number>();
    let sum = 0;
    let next = k;
    while (next < found.length && found[next]!.t - found[k]!.t < AGREE_SECONDS) {
      voters.add(found[next]!.index);
      sum += found[next]!.t;
      next++;
    }
    const t = sum / (next - k);
    const printed = signals.filter(
      (s) => t >= s.startSeconds && t < s.startSeconds + s.millivolts.length / s.fs,
    ).length;
    if (voters.size * 2 >= printed) beats.push(t);
    k = next;
  }
  return beats;
}
