import type { Layout } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { checkAmplitude } from './check-amplitude.ts';
import { checkCellStarts } from './check-cell-starts.ts';
import { checkDurations } from './check-durations.ts';
import { checkHeartRate } from './check-heart-rate.ts';
import { checkLimbLeads } from './check-limb-leads.ts';
import { checkPulses } from './check-pulses.ts';
import { checkRhythmStrips } from './check-rhythm-strips.ts';
import { checkTrust } from './check-trust.ts';
import type { Finding } from './finding.ts';
import { pageBeats } from './page-beats.ts';

/**
 * Checks digitized signals against what is known of hearts and of printed pages: the laws of the limb leads, rhythm
 * strips against their short leads, equal durations, sizes, calibration pulses, beginnings of cells, trust, heart
 * rate. An empty list means nothing looks wrong, not that everything is right.
 *
 * Signals are taken as they are meant (aVR as aVR, also from a Cabrera page). Cost: about 30 ms for a 12-lead page.
 *
 * @example
 * lintSignals(page.signals, page.layout).map((finding) => finding.message);
 * // ['The limb leads do not fit together: I + III = II is off by 92 %. Lead III looks upside down.']
 */
export function lintSignals(signals: readonly LeadSignal[], layout: Layout): Finding[] {
  const beats = pageBeats(signals);
  return [
    ...checkLimbLeads(signals),
    ...checkRhythmStrips(signals),
    ...checkPulses(layout),
    ...checkHeartRate(signals, beats),
    ...checkDurations(signals),
    ...checkAmplitude(signals),
    ...checkCellStarts(signals, beats),
    ...checkTrust(signals),
  ];
}
