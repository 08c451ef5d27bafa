import { expect, test } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import { createRandom } from '../synthesis/random.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { limbNoise } from './limb-noise.ts';

const FS = 500;
const COUNT = 5000;
const random = createRandom(1);
const normal = (): number => {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += random.next();
  return sum;
};
const one = (k: number): number => Math.sin(k / 7);
const two = (k: number): number => 0.6 * Math.cos(k / 11);
const LIMB: Partial<Record<LeadName, (k: number) => number>> = {
  I: one,
  II: two,
  III: (k) => two(k) - one(k),
  aVR: (k) => -(one(k) + two(k)) / 2,
  aVL: (k) => one(k) - two(k) / 2,
  aVF: (k) => two(k) - one(k) / 2,
};

/** A stretch of a limb lead with noise of this root mean square, drawn at another height than its neighbours. */
function stretch(lead: LeadName, noise: number, from = 0, count = COUNT): LeadSignal {
  const value = LIMB[lead] ?? one;
  return {
    cellId: `${lead}${from}`,
    lead,
    role: 'lead',
    startSeconds: from / FS,
    fs: FS,
    millivolts: Float32Array.from({ length: count }, (_, k) => value(from + k) + noise * normal() + 0.3),
    confidence: new Float32Array(count).fill(1),
  };
}

test('limb leads that fit together show no noise, others as much as they have', () => {
  const all: LeadName[] = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'];
  for (const leads of [all, ['I', 'II', 'III'], ['aVR', 'aVL', 'aVF'], ['I', 'II', 'aVF']] as LeadName[][]) {
    expect(limbNoise(leads.map((lead) => stretch(lead, 0)))).toBeLessThan(1e-9);
    expect(Math.sqrt(limbNoise(leads.map((lead) => stretch(lead, 0.05)))!)).toBeCloseTo(0.05, 2);
  }
});

test('a lead that was mistraced shows', () => {
  const good = [stretch('I', 0.01), stretch('II', 0.01)];
  const wrong = { ...stretch('III', 0.01), millivolts: stretch('aVR', 0.01).millivolts };
  expect(limbNoise([...good, wrong])).toBeGreaterThan(100 * limbNoise([...good, stretch('III', 0.01)])!);
});

test('a lead printed twice tells too, for as long as both are', () => {
  const strip = { ...stretch('II', 0.05), role: 'rhythm' as const };
  expect(Math.sqrt(limbNoise([strip, stretch('II', 0.05, 1000, 1250)])!)).toBeCloseTo(0.05, 2);
});

test('what is unknown is left out', () => {
  const leads = (['I', 'II', 'III'] as const).map((lead) => stretch(lead, 0.05));
  leads[1]!.millivolts.fill(NaN, 1000, 3000);
  expect(Math.sqrt(limbNoise(leads)!)).toBeCloseTo(0.05, 2);
});

test('leads that nothing binds say nothing', () => {
  expect(limbNoise([])).toBeNull();
  expect(limbNoise([stretch('V1', 0), stretch('V2', 0)])).toBeNull();
  expect(limbNoise([stretch('I', 0), stretch('II', 0)])).toBeNull();
  expect(limbNoise([stretch('I', 0, 0, 1000), stretch('II', 0), stretch('III', 0, 1000, 1000)])).toBeNull();
});
