import { expect, test } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { Rectification } from '../page/rectification.ts';
import { badnessOfSnr, BEST_SNR_DB, expectedSnr, snrOfBadness } from './expected-snr.ts';
import { pageDoubt } from './page-doubt.ts';
import { SNR_TRAITS, type ReadPage } from './snr-traits.ts';
import { SNR_WEIGHTS } from './snr-weights.ts';

interface Look {
  readonly height?: number;
  readonly noise?: number;
  readonly trust?: number;
  readonly doubtful?: number;
  readonly pxPerMm?: number;
  readonly grid?: number;
  readonly warnings?: number;
  readonly penMm?: number;
}

/** A page of three limb leads with a beat each second, of which lead I is read with noise that turns with every sample. */
function page(look: Look = {}): ReadPage {
  const { height = 1, noise = 0.01, trust = 0.9, doubtful = 0, pxPerMm = 8 } = look;
  const { grid = 0.98, warnings = 0, penMm = 0.3 } = look;
  const beat = (k: number): number => height * Math.exp(-(((k % 500) - 250) ** 2) / 50);
  const signal = (lead: LeadName, share: number) => ({
    cellId: lead,
    lead,
    role: 'lead' as const,
    startSeconds: 0,
    fs: 500,
    millivolts: Float32Array.from(
      { length: 1250 },
      (_, k) => share * beat(k) + (lead === 'I' && k % 2 ? noise : 0),
    ),
    confidence: Float32Array.from({ length: 1250 }, (_, k) => (k < 1250 * doubtful ? 0.2 : 0.9)),
    trust,
  });
  return {
    status: 'ok',
    confidence: trust,
    signals: [signal('I', 0.4), signal('II', 1), signal('III', 0.6)],
    paths: [
      {
        cellId: 'I',
        x0: 0,
        y: new Float32Array(1),
        confidence: new Float32Array(1),
        bridged: new Uint8Array(1),
        strokeWidthPx: penMm * 8,
        fineY: new Float32Array(1),
        samplesPerPx: 1,
      },
    ],
    rectification: { pxPerMmX: pxPerMm, canonicalPxPerMm: 8 } as Rectification,
    stages: [{ stage: 'rectify', confidence: grid, milliseconds: 0, reasons: [] }],
    reasons: Array.from({ length: warnings }, () => ({ code: 'x', severity: 'warning', message: 'x' })),
    findings: [],
  };
}

test('a page is doubted more by all that makes pages worse', () => {
  const usual = pageDoubt(page());
  const worse: Look[] = [
    { noise: 0.1 },
    { height: 0.2 },
    { trust: 0.5 },
    { doubtful: 0.4 },
    { pxPerMm: 3 },
    { grid: 0.5 },
    { warnings: 3 },
    { penMm: 0.6 },
  ];
  for (const look of worse)
    expect(pageDoubt(page(look)), JSON.stringify(look)).toBeGreaterThan(usual + 0.005);
  expect(pageDoubt(page({ trust: 0.1, noise: 0.3, doubtful: 0.8, warnings: 5 }))).toBeGreaterThan(0.7);
});

test('no trait makes a page better the more there is of it', () => {
  for (const trait of SNR_TRAITS) {
    expect(SNR_WEIGHTS[trait].weight, trait).toBeGreaterThanOrEqual(0);
    expect(SNR_WEIGHTS[trait].spread, trait).toBeGreaterThan(0);
  }
});

test('doubt is what is expected to be missing of the best', () => {
  const db = expectedSnr(page())!;
  expect(db).toBeGreaterThan(15);
  expect(db).toBeLessThan(BEST_SNR_DB);
  expect(pageDoubt(page())).toBeCloseTo(1 - db / BEST_SNR_DB, 10);
});

test('decibels and badness go both ways', () => {
  for (const db of [-3, 0, 12, 25.84, BEST_SNR_DB])
    expect(snrOfBadness(badnessOfSnr(db))).toBeCloseTo(db, 10);
  expect(snrOfBadness(-5)).toBe(BEST_SNR_DB);
});

test('a page whose leads say nothing is doubted by its trust', () => {
  const failed = { ...page(), status: 'failed' as const, confidence: 0, signals: [], paths: [] };
  expect(expectedSnr({ ...failed, rectification: null, stages: [] })).toBeNull();
  expect(pageDoubt({ ...failed, rectification: null, stages: [] })).toBe(1);
  expect(pageDoubt({ ...page({ height: 0, noise: 0 }), confidence: 0.4 })).toBeCloseTo(0.6, 10);
});

test('one that does not know its scale, its pens or its grid is judged by the rest', () => {
  const bare = { ...page(), rectification: null, paths: [], stages: [] };
  expect(pageDoubt(bare)).toBeGreaterThan(0);
  expect(pageDoubt(bare)).toBeLessThan(1);
});
