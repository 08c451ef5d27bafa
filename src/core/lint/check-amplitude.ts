import type { LeadSignal } from '../signal/lead-signal.ts';
import type { Finding } from './finding.ts';
import { quantile } from './stretch.ts';

const FLAT_MILLIVOLTS = 0.03;
const LOW_MILLIVOLTS = 0.1;
const HIGH_MILLIVOLTS = 5;
/** A lead is clipped when its extreme is this far out, level this long, this often. */
const CLIP_MILLIVOLTS = 0.6;
const CLIP_SECONDS = 0.026;
const CLIP_LEVEL_MILLIVOLTS = 0.015;
const CLIP_TIMES = 2;

/** Checks each lead's size: flat lines, voltages no heart makes, peaks cut off at one level. */
export function checkAmplitude(signals: readonly LeadSignal[]): Finding[] {
  return signals.flatMap((signal) => {
    const middle = quantile(signal.millivolts, 0.5);
    if (Number.isNaN(middle)) return [];
    const high = quantile(signal.millivolts, 0.999);
    const low = quantile(signal.millivolts, 0.001);
    const range = high - low;
    const name = `Lead ${signal.lead}${signal.role === 'rhythm' ? ' (rhythm strip)' : ''}`;
    const finding = (
      code: string,
      message: string,
      value: number,
      severity: Finding['severity'] = 'warning',
    ): Finding => ({
      code,
      severity,
      message,
      leads: [signal.lead],
      startSeconds: null,
      endSeconds: null,
      value,
    });
    if (range < FLAT_MILLIVOLTS) {
      return [
        finding('lead-flat', `${name} is a flat line: the electrode was off, or it was not traced.`, range),
      ];
    }
    const findings: Finding[] = [];
    if (range < LOW_MILLIVOLTS) {
      // A limb lead across the heart's axis is nearly flat in health; a chest lead never is.
      const limb = !signal.lead.startsWith('V');
      const advice = limb
        ? 'the lead may lie across the axis of the heart'
        : 'check the gain and the tracing';
      const message = `${name} is only ${range.toFixed(2)} mV high: ${advice}.`;
      findings.push(finding('amplitude-low', message, range, limb ? 'info' : 'warning'));
    }
    if (range > HIGH_MILLIVOLTS) {
      findings.push(
        finding('amplitude-high', `${name} is ${range.toFixed(1)} mV high: check gain and tracing.`, range),
      );
    }
    const top = clippedLevel(signal, middle, 1);
    if (top !== null) {
      findings.push(finding('lead-clipped', `${name} is cut off above ${top.toFixed(1)} mV.`, top));
    }
    const bottom = clippedLevel(signal, middle, -1);
    if (bottom !== null) {
      findings.push(finding('lead-clipped', `${name} is cut off below ${bottom.toFixed(1)} mV.`, bottom));
    }
    return findings;
  });
}

/** The level at which the peaks of one side (1 up, -1 down) end again and again, or null. */
function clippedLevel({ millivolts, fs }: LeadSignal, middle: number, side: 1 | -1): number | null {
  let extreme = -Infinity;
  for (let k = 0; k < millivolts.length; k++) {
    const height = side * (millivolts[k]! - middle);
    if (height > extreme) extreme = height;
  }
  if (extreme < CLIP_MILLIVOLTS) return null;
  const long = Math.ceil(CLIP_SECONDS * fs);
  let times = 0;
  let run = 0;
  for (let k = 0; k < millivolts.length; k++) {
    run = side * (millivolts[k]! - middle) > extreme - CLIP_LEVEL_MILLIVOLTS ? run + 1 : 0;
    if (run === long) times++;
  }
  return times >= CLIP_TIMES ? middle + side * extreme : null;
}
