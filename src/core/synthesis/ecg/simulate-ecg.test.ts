import { describe, expect, it } from 'vitest';
import type { LeadName } from '../../../shared/lead-name.ts';
import { createRandom } from '../random.ts';
import { ECG_KINDS, randomEcg, type EcgKind } from './random-ecg.ts';
import { simulateEcg, type SimulatedEcg } from './simulate-ecg.ts';

function simulate(kind: EcgKind, seed = 1): SimulatedEcg {
  const random = createRandom(seed);
  return simulateEcg(randomEcg(random, kind), { seconds: 10, fs: 500, random });
}

const peak = (ecg: SimulatedEcg, lead: LeadName) => ecg.leads.get(lead)!.reduce((a, b) => Math.max(a, b), -9);
const intervals = (ecg: SimulatedEcg) => ecg.rPeakSeconds.slice(1).map((t, k) => t - ecg.rPeakSeconds[k]!);
const spread = (values: number[]) =>
  (Math.max(...values) - Math.min(...values)) / (Math.max(...values) + 1e-9);

describe('simulateEcg', () => {
  it.each(ECG_KINDS)('keeps the relations of the limb leads for %s', (kind) => {
    const { leads } = simulate(kind);
    const at = (lead: LeadName, k: number) => leads.get(lead)![k]!;
    for (let k = 0; k < 5000; k += 7) {
      expect(at('I', k) + at('III', k) - at('II', k)).toBeCloseTo(0, 5);
      expect(at('aVR', k) + at('aVL', k) + at('aVF', k)).toBeCloseTo(0, 5);
      expect(at('aVL', k) - (at('I', k) - at('III', k)) / 2).toBeCloseTo(0, 5);
    }
  });

  it('stays within believable voltages', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const ecg = simulate(ECG_KINDS[seed % ECG_KINDS.length]!, seed);
      for (const signal of ecg.leads.values()) {
        expect(signal.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(5);
      }
      expect(peak(ecg, 'V5')).toBeGreaterThan(0.2);
    }
  });

  it('is a function of its seed', () => {
    expect(simulate('normal', 4).leads.get('V3')).toEqual(simulate('normal', 4).leads.get('V3'));
    expect(simulate('normal', 4).leads.get('V3')).not.toEqual(simulate('normal', 5).leads.get('V3'));
  });

  it('puts the R peaks of lead II where it says', () => {
    const ecg = simulate('normal', 2);
    const signal = ecg.leads.get('II')!;
    for (const t of ecg.rPeakSeconds.filter((s) => s > 0.1 && s < 9.9)) {
      const k = Math.round(t * 500);
      const window = signal.subarray(k - 30, k + 30);
      const top = window.reduce((best, value, i) => (value > window[best]! ? i : best), 0);
      expect(Math.abs(top - 30)).toBeLessThanOrEqual(6);
    }
  });

  it('beats evenly in sinus rhythm and unevenly in fibrillation', () => {
    expect(spread(intervals(simulate('normal', 3)))).toBeLessThan(0.25);
    expect(spread(intervals(simulate('atrial-fibrillation', 3)))).toBeGreaterThan(0.3);
  });
});
