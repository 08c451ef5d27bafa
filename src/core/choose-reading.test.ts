import { expect, it } from 'vitest';
import {
  betterReading,
  gridMisled,
  isDoubtful,
  isSure,
  merit,
  moreTrusted,
  type ReadingFacts,
} from './choose-reading.ts';
import type { Finding } from './lint/finding.ts';

/** A reading of four leads, of which so many names were read. */
const reading = (
  confidence: number,
  { names = 4, findings = [] as readonly string[], status = 'ok' as ReadingFacts['status'] } = {},
): ReadingFacts => ({
  status,
  confidence,
  layout: { cells: Array.from({ length: 4 }, (_, k) => ({ labelSource: k < names ? 'read' : 'layout' })) },
  findings: findings.map((code) => ({ code }) as Finding),
});

it('needs no second look at a page that is trusted, named and does not contradict itself', () => {
  expect(isSure(reading(0.85))).toBe(true);
  expect(isSure(reading(0.75))).toBe(false);
  expect(isSure(reading(0.85, { names: 3 }))).toBe(false);
  expect(isSure(reading(0.85, { findings: ['trace-doubtful'] }))).toBe(true);
  expect(isSure(reading(0.85, { findings: ['rhythm-gain'] }))).toBe(false);
});

it('takes the help of a model where it is trusted more, and in doubt', () => {
  const [plain, helped] = [reading(0.7), reading(0.72)];
  expect(betterReading(plain, helped)).toBe(plain);
  const better = reading(0.73);
  expect(betterReading(plain, better)).toBe(better);
  const [poor, alike] = [reading(0.3), reading(0.28)];
  expect(isDoubtful(poor)).toBe(true);
  expect(betterReading(poor, alike)).toBe(alike);
  const failed = reading(0, { status: 'failed' });
  expect(betterReading(failed, alike)).toBe(alike);
  expect(betterReading(poor, failed)).toBe(poor);
});

it('takes the more trusted of two readings, the first of equals, and no failed one', () => {
  const [one, other] = [reading(0.4), reading(0.5)];
  expect(moreTrusted(one, other)).toBe(other);
  expect(moreTrusted(other, one)).toBe(other);
  expect(moreTrusted(one, reading(0.4))).toBe(one);
  const failed = reading(0, { status: 'failed' });
  expect(moreTrusted(failed, reading(0, { names: 0, findings: ['rhythm-gain'] }))).not.toBe(failed);
  expect(moreTrusted(one, failed)).toBe(one);
});

it('counts names that were read, and contradictions against a reading', () => {
  const named = reading(0.6);
  expect(betterReading(reading(0.7, { names: 0 }), named)).toBe(named);
  const odd = reading(0.84, { findings: ['rhythm-mismatch', 'duration-odd'] });
  const sound = reading(0.76);
  expect(betterReading(odd, sound)).toBe(sound);
  expect(merit(reading(0.5, { findings: ['pulse-odd', 'pulse-odd', 'pulse-odd'] }))).toBeCloseTo(0.58, 9);
});

it('believes in no grid without which a page is trusted more', () => {
  const [strip, page] = [reading(0.21), reading(0.222, { names: 3 })];
  expect(gridMisled(strip, page)).toBe(true);
  expect(gridMisled(page, strip)).toBe(false);
  const failed = reading(0, { status: 'failed' });
  expect(gridMisled(failed, reading(0.01))).toBe(true);
  expect(gridMisled(strip, failed)).toBe(false);
  // Nothing is told by readings of which neither makes sense.
  expect(gridMisled(reading(0.004), reading(0.008))).toBe(false);
});
