import { describe, expect, it } from 'vitest';
import { randomEcg, type EcgKind } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { createRandom } from '../synthesis/random.ts';
import { detectBeats } from './detect-beats.ts';

const KINDS: EcgKind[] = [
  'normal',
  'tachycardia',
  'bradycardia',
  'atrial-fibrillation',
  'wide-qrs',
  'low-voltage',
];

describe('detectBeats', () => {
  it.each(KINDS)('finds every beat of %s in II, V1 and V5', (kind) => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = createRandom(seed);
      const ecg = simulateEcg(randomEcg(random, kind), { seconds: 10, fs: 500, random });
      const expected = ecg.rPeakSeconds.filter((t) => t > 0.1 && t < 9.9);
      for (const lead of ['II', 'V1', 'V5'] as const) {
        const found = detectBeats(ecg.leads.get(lead)!, 500).filter((t) => t > 0.06 && t < 9.94);
        const missed = expected.filter((t) => !found.some((f) => Math.abs(f - t) < 0.07));
        const extra = found.filter((f) => !ecg.rPeakSeconds.some((t) => Math.abs(f - t) < 0.07));
        expect({ seed, lead, missed, extra }).toEqual({ seed, lead, missed: [], extra: [] });
      }
    }
  });

  it('works at other rates, and finds nothing in nothing', () => {
    const random = createRandom(2);
    const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 250, random });
    expect(
      Math.abs(detectBeats(ecg.leads.get('II')!, 250).length - ecg.rPeakSeconds.length),
    ).toBeLessThanOrEqual(1);
    expect(detectBeats(new Float32Array(5000), 500)).toEqual([]);
    expect(detectBeats(new Float32Array(5000).fill(NaN), 500)).toEqual([]);
    expect(detectBeats(new Float32Array(3), 500)).toEqual([]);
  });
});
