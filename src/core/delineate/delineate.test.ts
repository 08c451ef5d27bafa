import { describe, expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import { conductedWaves, TEXTBOOK_HEART, type HeartShape } from '../synthesis/ecg/heart-waves.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { createRandom } from '../synthesis/random.ts';
import { delineateLead } from './delineate-lead.ts';
import { leadIntervals } from './lead-intervals.ts';
import { waveletLevels } from './wavelet-levels.ts';

/** Quiet sinus rhythm, so that waves lie where the model puts them. */
function record(shape: Partial<HeartShape>, heartRate = 60, noise = 0) {
  return simulateEcg(
    {
      rhythm: 'sinus',
      heartRate,
      rateVariability: 0,
      breathsPerMinute: 15,
      prematureShare: 0,
      waves: conductedWaves({ ...TEXTBOOK_HEART, ...shape }),
      prematureWaves: [],
      fibrillation: 0,
      wander: 0,
      muscleNoise: noise,
    },
    { seconds: 10, fs: 500, random: createRandom(5) },
  );
}

const intervals = (shape: Partial<HeartShape>, lead: LeadName = 'II', heartRate = 60, noise = 0) =>
  leadIntervals(delineateLead(record(shape, heartRate, noise).leads.get(lead)!, 500));

describe('waveletLevels', () => {
  it('crosses zero half a sample before where a bump is highest, at every level', () => {
    const bump = Float64Array.from({ length: 401 }, (_, i) => Math.exp(-(((i - 200) / 12) ** 2)));
    for (const level of waveletLevels(bump, 6)) {
      expect(level[199]!).toBeGreaterThan(0);
      expect(level[199]! + level[200]!).toBeCloseTo(0, 10);
    }
  });
});

describe('delineateLead', () => {
  it('finds every beat within 10 ms of its R peak', () => {
    const { leads, rPeakSeconds } = record({}, 72);
    const found = delineateLead(leads.get('II')!, 500).map(({ rSeconds }) => rSeconds);
    expect(found.length).toBe(rPeakSeconds.length);
    found.forEach((t, k) => expect(Math.abs(t - rPeakSeconds[k]!)).toBeLessThan(0.01));
  });

  it('places the ends of the waves where the model has them', () => {
    const { leads, rPeakSeconds } = record({});
    const beats = delineateLead(leads.get('V4')!, 500).slice(1, -1);
    expect(beats.length).toBeGreaterThan(6);
    for (const beat of beats) {
      const r = rPeakSeconds.find((t) => Math.abs(t - beat.rSeconds) < 0.05)!;
      // Centres of the bumps, and 2.2 deviations beyond the outermost, where 9 % of their height is left.
      expect(Math.abs(beat.pPeak! - (r - 0.16))).toBeLessThan(0.012);
      expect(Math.abs(beat.pOnset! - (r - 0.16 - 0.012 - 2.2 * 0.017))).toBeLessThan(0.012);
      expect(Math.abs(beat.qrsOnset! - (r - 0.027 - 2.2 * 0.0085))).toBeLessThan(0.012);
      expect(Math.abs(beat.qrsEnd! - (r + 0.021 + 2.2 * 0.0115))).toBeLessThan(0.015);
      expect(Math.abs(beat.tPeak! - (r + 0.29))).toBeLessThan(0.02);
      expect(Math.abs(beat.tEnd! - (r + 0.305 + 2.2 * 0.03))).toBeLessThan(0.02);
    }
  });

  it.each(['I', 'II', 'aVF', 'V4', 'V5'] as const)(
    'follows a longer PR by what it is longer in %s',
    (lead) => {
      const change = intervals({ prSeconds: 0.2 }, lead).pr! - intervals({ prSeconds: 0.15 }, lead).pr!;
      expect(Math.abs(change - 50)).toBeLessThan(6);
    },
  );

  it('follows a wider complex and a slower heart', () => {
    const ratio = intervals({ qrsWidth: 1.6 }, 'V4').qrs! / intervals({}, 'V4').qrs!;
    expect(Math.abs(ratio - 1.6)).toBeLessThan(0.1);
    // The T wave stretches with the root of the beat's length: its end moves by (sqrt(1.2) - sqrt(0.8)) * 0.37 s.
    const change = intervals({}, 'II', 50).qt! - intervals({}, 'II', 75).qt!;
    expect(Math.abs(change - 1000 * 0.371 * (Math.sqrt(1.2) - Math.sqrt(0.8)))).toBeLessThan(12);
  });

  it('stands muscle noise', () => {
    const quiet = intervals({}, 'V2');
    const noisy = intervals({}, 'V2', 60, 0.008);
    expect(Math.abs(noisy.qrs! - quiet.qrs!)).toBeLessThan(12);
    expect(Math.abs(noisy.qt! - quiet.qt!)).toBeLessThan(20);
    expect(Math.abs(noisy.pr! - quiet.pr!)).toBeLessThan(15);
  });

  it('reports no P wave where there is none', () => {
    expect(intervals({ atrialScale: 0 }).pr).toBeNull();
  });

  it('says nothing about gaps, flat lines and too little', () => {
    const lead = record({}).leads.get('II')!.slice();
    const whole = delineateLead(lead, 500);
    lead.fill(NaN, 1000, 2500);
    const cut = delineateLead(lead, 500);
    expect(cut.length).toBeLessThan(whole.length);
    expect(cut.every(({ rSeconds }) => rSeconds < 2 || rSeconds >= 5)).toBe(true);
    expect(delineateLead(new Float32Array(1000), 500)).toEqual([]);
    expect(delineateLead(new Float32Array(1), 500)).toEqual([]);
    expect(delineateLead(new Float32Array(700).fill(NaN), 500)).toEqual([]);
  });

  it('gives the same intervals at another rate', () => {
    const at500 = record({}).leads.get('II')!;
    const at250 = at500.filter((_, i) => i % 2 === 0);
    const a = leadIntervals(delineateLead(at500, 500));
    const b = leadIntervals(delineateLead(at250, 250));
    for (const key of ['pr', 'qrs', 'qt'] as const) expect(Math.abs(a[key]! - b[key]!)).toBeLessThan(4);
  });
});
