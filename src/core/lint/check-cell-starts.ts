import type { LeadSignal } from '../signal/lead-signal.ts';
import type { PageBeats } from './page-beats.ts';
import type { Finding } from './finding.ts';
import { knownSpan, quantile } from './stretch.ts';

const EDGE_SECONDS = 0.016;
const AFTER_SECONDS = 0.05;
const JUMP_MILLIVOLTS = 0.4;
/** A jump makes this share of its way within `EDGE_SECONDS`; the end of a T wave does not. */
const ABRUPT_SHARE = 0.6;
/** A beat this near explains a steep start. */
const BEAT_SECONDS = 0.12;

/**
 * Checks how each cell begins: a trace that starts far from where it goes on has caught the separator, the label, the
 * calibration pulse or the end of its neighbour. Starts within a beat are left alone.
 */
export function checkCellStarts(signals: readonly LeadSignal[], beats: PageBeats): Finding[] {
  return signals.flatMap((signal) => {
    const span = knownSpan(signal);
    if (!span || beats.some((t) => Math.abs(t - span.start) < BEAT_SECONDS)) return [];
    const { fs, millivolts } = signal;
    const first = Math.round((span.start - signal.startSeconds) * fs);
    const edge = millivolts.subarray(first, first + Math.ceil(EDGE_SECONDS * fs));
    const after = millivolts.subarray(first + Math.round(AFTER_SECONDS * fs), first + Math.round(0.1 * fs));
    const jump = quantile(edge, 0.5) - quantile(after, 0.5);
    if (!(Math.abs(jump) > JUMP_MILLIVOLTS)) return [];
    const steepest = steepestStep(millivolts, first, fs, jump > 0 ? -1 : 1);
    if (steepest < ABRUPT_SHARE * Math.abs(jump)) return [];
    return [
      {
        code: 'start-jump',
        severity: 'warning',
        message:
          `Lead ${signal.lead} starts ${Math.abs(jump).toFixed(1)} mV ${jump > 0 ? 'above' : 'below'} its line: ` +
          `it may have caught a separator, a label or its neighbour.`,
        leads: [signal.lead],
        startSeconds: span.start,
        endSeconds: span.start + AFTER_SECONDS,
        value: jump,
      },
    ];
  });
}

/** Largest change in the asked direction within `EDGE_SECONDS`, over the beginning of a cell; mV. */
function steepestStep(millivolts: Float32Array, first: number, fs: number, direction: 1 | -1): number {
  const step = Math.ceil(EDGE_SECONDS * fs);
  const end = first + Math.round(0.1 * fs);
  let most = 0;
  for (let k = first; k + step <= end; k++) {
    const change = direction * (millivolts[k + step]! - millivolts[k]!);
    if (change > most) most = change;
  }
  return most;
}
