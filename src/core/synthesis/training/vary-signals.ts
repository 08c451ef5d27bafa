import type { LeadName } from '../../../shared/lead-name.ts';
import type { Random } from '../random.ts';

/**
 * The recording of a patient as another day, body and amplifier might have given it: other heights, wandering base
 * lines, muscle and mains noise, pacemaker spikes, a lead that fell off. New arrays, millivolts.
 */
export function varySignals(
  signals: ReadonlyMap<LeadName, Float32Array>,
  fs: number,
  random: Random,
): Map<LeadName, Float32Array> {
  const factor = Math.min(2.5, Math.max(0.45, Math.exp(random.normal(0, 0.32))));
  const wander = random.chance(0.25) ? random.uniform(0.03, 0.35) : 0;
  const muscle = random.chance(0.2) ? Math.exp(random.uniform(Math.log(0.005), Math.log(0.06))) : 0;
  const mains = random.chance(0.1) ? random.uniform(0.01, 0.06) : 0;
  const mainsHz = random.pick([50, 60]);
  const paced = random.chance(0.06) ? random.uniform(0.6, 1.1) : 0;
  const spike = random.uniform(0.4, 2.5);
  const off = random.chance(0.05) ? random.pick([...signals.keys()]) : null;
  const result = new Map<LeadName, Float32Array>();
  for (const [lead, signal] of signals) {
    const own = random.fork(lead);
    const copy = new Float32Array(signal.length);
    const height = factor * Math.exp(own.normal(0, 0.05));
    const sway = (2 * Math.PI * own.uniform(0.08, 0.4)) / fs;
    const phase = own.uniform(0, 2 * Math.PI);
    const hum = (2 * Math.PI * mainsHz) / fs;
    for (let k = 0; k < copy.length; k++) {
      let value = lead === off ? 0 : signal[k]! * height;
      if (wander > 0) value += wander * Math.sin(sway * k + phase);
      if (mains > 0) value += mains * Math.sin(hum * k + phase);
      if (muscle > 0) value += own.normal(0, muscle);
      copy[k] = value;
    }
    if (paced > 0 && lead !== off) addSpikes(copy, fs, paced, spike * own.uniform(-1, 1));
    result.set(lead, copy);
  }
  return result;
}

function addSpikes(signal: Float32Array, fs: number, everySeconds: number, height: number): void {
  const wide = Math.max(1, Math.round(0.002 * fs));
  for (let t = 0.3; t * fs + wide < signal.length; t += everySeconds) {
    const at = Math.round(t * fs);
    for (let k = at; k < at + wide; k++) signal[k]! += height;
  }
}
