import { describe, expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadTable } from './lead-table.ts';
import { resampleToClock } from './resample-to-clock.ts';
import { percentile, scoreFolder } from './score-folder.ts';
import { scorePage } from './score-page.ts';

const N = NaN;

function table(fs: number, leads: Partial<Record<LeadName, number[]>>): LeadTable {
  const entries = Object.entries(leads) as [LeadName, number[]][];
  return { fs, startSeconds: 0, leads: new Map(entries.map(([name, v]) => [name, Float32Array.from(v)])) };
}

describe('scorePage', () => {
  it('sums powers over leads before dividing', () => {
    // Means agree and fs 4 allows no lag (int(0.2 * 4) = 0), so nothing is aligned away.
    const truth = table(4, { I: [2, -2, 2, -2], V1: [1, -1, 1, -1] });
    const score = scorePage(truth, table(4, { I: [2, -2, 2, -2], V1: [2, -2, 2, -2] }));
    // Ps = 16 + 4, Pn = 0 + 4 -> 5 = 6.9897 dB
    expect(score.ratio).toBeCloseTo(5, 12);
    expect(score.snrDb).toBeCloseTo(6.9897, 4);
    expect(score.rmseMicrovolts).toBeCloseTo(1000 * Math.sqrt(4 / 8), 6);
    expect(score.pearson).toBeCloseTo(1, 12);
    expect(score.leadsFound).toBe(2);
  });

  it('forgives a constant offset and a lag, caps at 384', () => {
    const truth = table(20, { II: [0, 0, 0, 1, 5, 1, 0, 0, 0, 0] });
    const score = scorePage(truth, table(20, { II: [7, 7, 8, 12, 8, 7, 7, 7, 7, 7] }));
    expect(score.ratio).toBe(384);
    expect(score.snrDb).toBeCloseTo(25.8433, 4);
    expect(score.leads.get('II')!.lagSeconds).toBeCloseTo(0.05, 12);
    expect(score.leads.get('II')!.offsetMillivolts).toBeCloseTo(7, 12);
  });

  it('counts what the shift leaves empty as 0 mV', () => {
    const truth = table(10, { II: [3, 0, 9, 0, 0, 0] });
    const score = scorePage(truth, table(10, { II: [0, 9, 0, 0, 0, 0] }));
    // Delayed by one: [NaN 0 9 0 0 0]; the first sample costs 3^2.
    expect(score.leads.get('II')!.noisePower).toBeCloseTo(9, 12);
    expect(score.ratio).toBeCloseTo(10, 12);
  });

  it('takes a missing lead as zeros and ignores what is printed nowhere', () => {
    const truth = table(4, { I: [3, -3, 3, -3], II: [1, -1, 1, -1], III: [N, N, N, N] });
    const score = scorePage(truth, table(4, { I: [3, -3, 3, -3], aVF: [1, 1, 1, 1] }));
    expect(score.ratio).toBeCloseTo(40 / 4, 12);
    expect(score.leadsFound).toBe(1);
    expect(score.leadsPrinted).toBe(2);
    expect(score.pearson).toBeCloseTo(0.5, 12);
  });

  it('gives a page without prediction the ratio 1', () => {
    const score = scorePage(table(4, { I: [3, -3, 3, -3] }), null);
    expect([score.ratio, score.snrDb, score.failed, score.leadsFound]).toEqual([1, 0, true, 0]);
  });

  it('compares over the printed span only', () => {
    const truth = table(4, { V4: [N, N, 1, -1, 1, -1, N, N] });
    const score = scorePage(truth, table(4, { V4: [50, 60, 1, -1, 1, -1, 9, 9] }));
    expect(score.ratio).toBe(384);
    expect(score.leads.get('V4')!.samples).toBe(4);
  });

  it('reads a prediction of another rate on the clock of the truth', () => {
    const wave = (fs: number) =>
      Array.from({ length: 2 * fs }, (_, k) => Math.sin((2 * Math.PI * 3 * k) / fs));
    const score = scorePage(table(500, { I: wave(500) }), table(250, { I: wave(250) }));
    expect(score.ratio).toBe(384);
  });
});

describe('resampleToClock', () => {
  it('interpolates, keeps gaps, does not extrapolate', () => {
    const source = Float32Array.from([0, 2, NaN, 4, 6]);
    const out = resampleToClock(source, { fs: 1, startSeconds: 0 }, { fs: 2, startSeconds: -0.5, count: 11 });
    expect([...out]).toEqual([N, 0, 1, 2, N, N, N, 4, 5, 6, N]);
  });
});

describe('scoreFolder', () => {
  it('averages ratios for the score and decibels for the rest', () => {
    const page = (gain: number) =>
      scorePage(table(4, { I: [3, -3, 3, -3] }), table(4, { I: [3 + gain, -3 - gain, 3 + gain, -3 - gain] }));
    // Ratios 9/1, 9/0.09 = 100, and 1 for the failed page.
    const pages = [page(1), page(0.3), scorePage(table(4, { I: [3, -3, 3, -3] }), null)];
    const folder = scoreFolder(pages);
    expect(folder.scoreDb).toBeCloseTo(10 * Math.log10(110 / 3), 4);
    expect(folder.medianDb).toBeCloseTo(9.5424, 3);
    expect(folder.meanDb).toBeCloseTo((9.5424 + 20 + 0) / 3, 3);
    expect(folder.p5Db).toBeCloseTo(0.95424, 4);
    expect([folder.failures, folder.leadsFound, folder.leadsPrinted]).toEqual([1, 2, 3]);
  });

  it('refuses an empty folder', () => {
    expect(() => scoreFolder([])).toThrow('no pages');
  });
});

describe('percentile', () => {
  it('interpolates between ranks', () => {
    expect(percentile(Float64Array.from([1, 2, 3, 4]), 50)).toBe(2.5);
    expect(percentile(Float64Array.from([10]), 5)).toBe(10);
  });
});
