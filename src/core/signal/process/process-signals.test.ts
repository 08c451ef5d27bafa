import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadTable } from '../../metrics/lead-table.ts';
import type { LeadSignal } from '../lead-signal.ts';
import { butterworth, notch } from './biquad.ts';
import { correctLag } from './correct-lag.ts';
import { filterZeroPhase } from './filter-zero-phase.ts';
import { numberStretches } from './number-stretches.ts';
import { processSignal } from './process-signal.ts';
import { processSignals } from './process-signals.ts';
import { resampleSignal } from './resample-signal.ts';
import { runningMedian } from './running-median.ts';
import { NO_PROCESSING } from './signal-processing.ts';

const N = NaN;

function lead(values: ArrayLike<number>, fs = 500, startSeconds = 0): LeadSignal {
  const millivolts = Float32Array.from(values);
  const confidence = new Float32Array(millivolts.length).fill(0.5);
  return { cellId: 'r0c0', lead: 'II', role: 'lead', startSeconds, fs, millivolts, confidence };
}

/** A beat a second: a sharp bump and a blunt one. */
const heart = (t: number) => {
  const phase = (((t - 0.4) % 1) + 1) % 1;
  return Math.exp(-(((phase - 0.5) / 0.012) ** 2)) + 0.25 * Math.exp(-(((phase - 0.75) / 0.05) ** 2));
};
const sampled = (of: (t: number) => number, seconds = 10, fs = 500) =>
  Float64Array.from({ length: seconds * fs }, (_, k) => of(k / fs));
const rms = (a: ArrayLike<number>, b: ArrayLike<number>, from = 0, to = a.length) => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / (to - from));
};

describe('filterZeroPhase', () => {
  const x = Float64Array.of(0, 1, 3, 2, 0, -1, 0, 4, 5, 1, 0, 0, 2, 1, 0, 3);
  it.each([
    ['low-pass', butterworth('low', 5, 50), [-0.092109414, 0.504024279, 0.919613794], 2.93146197],
    ['high-pass', butterworth('high', 2, 50), [-0.106980742, 0.741555538, 2.581214268], -0.316962619],
    ['notch', notch(10, 5, 50), [0.363247295, 0.80555337, 2.274541277], 3.393224858],
  ] as const)('gives what scipy 1.17 filtfilt(padlen=6) gives: %s', (_, section, first, last) => {
    const y = filterZeroPhase(x, section, 6);
    first.forEach((value, i) => expect(y[i]).toBeCloseTo(value, 8));
    expect(y[15]).toBeCloseTo(last, 8);
  });

  it('takes a single value', () => {
    expect(filterZeroPhase(Float64Array.of(3), butterworth('low', 5, 50), 30)[0]).toBeCloseTo(3, 9);
  });
});

describe('runningMedian', () => {
  it('is the median of each window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 12 }),
        (values, reach) => {
          const medians = runningMedian(Float64Array.from(values), reach);
          values.forEach((_, i) => {
            const window = values.slice(Math.max(0, i - reach), i + reach + 1).sort((a, b) => a - b);
            const half = window.length >> 1;
            const middle = window.length % 2 ? window[half]! : (window[half - 1]! + window[half]!) / 2;
            expect(medians[i]).toBe(middle);
          });
        },
      ),
    );
  });
});

describe('resampleSignal', () => {
  it('reads a smooth signal between its samples', () => {
    const wave = (t: number) => Math.sin(2 * Math.PI * 7 * t) + 0.4 * Math.cos(2 * Math.PI * 31 * t);
    const read = resampleSignal(sampled(wave, 2, 250), 100.3, 0.7, 300);
    const truth = Float64Array.from({ length: 300 }, (_, k) => wave((100.3 + 0.7 * k) / 250));
    expect(rms(read, truth)).toBeLessThan(1e-4);
  });

  it('lets nothing fold back when the rate falls', () => {
    const quick = sampled((t) => Math.sin(2 * Math.PI * 90 * t), 4, 500);
    const slow = resampleSignal(quick, 0, 5, 400);
    expect(rms(slow, new Float64Array(400), 40, 360)).toBeLessThan(0.01);
  });
});

describe('processSignal', () => {
  it('does nothing unless told', () => {
    const signal = lead([1, N, 2, 3]);
    expect(processSignal(signal, NO_PROCESSING)).toEqual(signal);
  });

  it.each(['high-pass', 'median'] as const)('takes away wander by %s, not the beats', (baseline) => {
    const wander = (t: number) => 0.4 * Math.sin(2 * Math.PI * 0.15 * t) + 0.3;
    const dirty = lead(sampled((t) => heart(t) + wander(t)));
    const clean = processSignal(dirty, { ...NO_PROCESSING, baseline }).millivolts;
    const alone = processSignal(lead(sampled(heart)), { ...NO_PROCESSING, baseline }).millivolts;
    expect(rms(dirty.millivolts, sampled(heart))).toBeGreaterThan(0.3);
    expect(rms(clean, alone, 500, 4500)).toBeLessThan(0.05);
    const peak = clean.indexOf(Math.max(...clean));
    expect(Math.abs(((peak / 500) % 1) - 0.9)).toBeLessThan(0.005);
  });

  it('takes away 50 Hz and nothing else', () => {
    const dirty = lead(sampled((t) => heart(t) + 0.2 * Math.sin(2 * Math.PI * 50 * t)));
    const clean = processSignal(dirty, { ...NO_PROCESSING, notchHz: 50 }).millivolts;
    expect(rms(clean, sampled(heart), 250, 4750)).toBeLessThan(0.012);
  });

  it('takes away what is quicker than the low-pass', () => {
    const dirty = lead(sampled((t) => Math.sin(2 * Math.PI * 5 * t) + 0.5 * Math.sin(2 * Math.PI * 180 * t)));
    const clean = processSignal(dirty, { ...NO_PROCESSING, lowPassHz: 40 }).millivolts;
    expect(
      rms(
        clean,
        sampled((t) => Math.sin(2 * Math.PI * 5 * t)),
        250,
        4750,
      ),
    ).toBeLessThan(0.01);
  });

  it('keeps gaps where they are and lets nothing across', () => {
    const values = sampled(heart);
    values.fill(N, 2000, 2100);
    const options = { baseline: 'high-pass', notchHz: 50, lowPassHz: 100, fs: null } as const;
    const whole = processSignal(lead(values), options).millivolts;
    expect(numberStretches(whole)).toEqual([
      { from: 0, to: 2000 },
      { from: 2100, to: 5000 },
    ]);
    const alone = processSignal(lead(values.subarray(2100)), options).millivolts;
    expect(rms(whole.subarray(2100), alone)).toBe(0);
  });

  it('changes the rate on the page clock', () => {
    const values = sampled(heart, 2.5);
    values.fill(N, 0, 100);
    const { fs, startSeconds, millivolts, confidence } = processSignal(lead(values, 500, 2.5), {
      ...NO_PROCESSING,
      fs: 360,
    });
    expect([fs, startSeconds, millivolts.length]).toEqual([360, 2.5, 900]);
    expect(numberStretches(millivolts)).toEqual([{ from: 72, to: 900 }]);
    expect(confidence[80]).toBe(0.5);
    expect(confidence[0]).toBe(0);
    const truth = Float64Array.from({ length: 900 }, (_, k) => heart(k / 360));
    expect(rms(millivolts, truth, 80, 880)).toBeLessThan(2e-3);
  });

  it('survives every pattern of gaps and rates', () => {
    const value = fc.oneof(fc.constant(N), fc.float({ min: -3, max: 3, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 60 }),
        fc.integer({ min: 60, max: 900 }),
        fc.constantFrom('high-pass', 'median', null),
        (values, fs, baseline) => {
          const done = processSignal(lead(values, 200, 1.25), { baseline, notchHz: 50, lowPassHz: 40, fs });
          const known = values.filter((v) => !Number.isNaN(v)).length;
          const kept = done.millivolts.filter((v) => !Number.isNaN(v)).length;
          expect(done.millivolts.every((v) => Number.isNaN(v) || Number.isFinite(v))).toBe(true);
          expect(Math.abs(kept - (known * fs) / 200)).toBeLessThanOrEqual(
            1 + Math.max(1, fs / 200) * numberStretches(Float32Array.from(values)).length,
          );
        },
      ),
    );
  });

  it('refuses a filter that the rate cannot carry', () => {
    expect(() => processSignal(lead([1, 2], 100), { ...NO_PROCESSING, notchHz: 50 })).toThrow(
      /more than 100/,
    );
  });
});

describe('correctLag', () => {
  const reference: LeadTable = {
    fs: 500,
    startSeconds: 0,
    leads: new Map([['II', Float32Array.from(sampled(heart))]]),
  };

  it('moves a late stretch onto its reference by a fraction of a sample', () => {
    const late = lead(
      sampled((t) => 0.9 * heart(t + 2 - 0.0473) + 0.1, 5),
      500,
      2,
    );
    const { signal, correction } = correctLag(late, reference);
    expect(correction.lagSeconds).toBeCloseTo(0.0473, 4);
    expect(correction.correlation).toBeGreaterThan(0.99);
    const truth = sampled((t) => 0.9 * heart(t + 2) + 0.1, 5);
    expect(rms(signal.millivolts, truth, 100, 2400)).toBeLessThan(0.003);
    expect(signal.startSeconds).toBe(2);
  });

  it('leaves alone what does not look like its reference, and says so', () => {
    const other = lead(sampled((t) => Math.sin(2 * Math.PI * 3.3 * t)));
    const { signal, correction } = correctLag(other, reference);
    expect(signal).toBe(other);
    expect(correction.lagSeconds).toBe(0);
    expect(correction.correlation).toBeLessThan(0.7);
    const { lags } = processSignals([{ ...other, lead: 'V1' }], NO_PROCESSING, reference);
    expect(lags).toEqual([{ cellId: 'r0c0', lagSeconds: 0, correlation: null }]);
  });
});
