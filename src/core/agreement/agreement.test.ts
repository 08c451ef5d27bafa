import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchF1 } from './beat-agreement.ts';
import { onCommonClock, type SignalPair } from './common-clock.ts';
import { DIFFERENCE_LIMITS, differenceStretches } from './difference-stretches.ts';
import { maskDifference } from './mask-difference.ts';
import { MOST_DB, signalAgreement } from './signal-agreement.ts';

const FS = 500;
const pairOf = (first: ArrayLike<number>, second: ArrayLike<number>): SignalPair => ({
  fs: FS,
  startSeconds: 1,
  first: Float64Array.from(first),
  second: Float64Array.from(second),
});
/** A second of a slow wave with a sharp peak at sample 250, millivolts. */
const wave = Array.from({ length: 500 }, (_, i) => 0.2 * Math.sin(i / 30) + (Math.abs(i - 250) < 4 ? 1 : 0));

test('a constant difference is told in microvolts, and what it is to the signal in decibels', () => {
  const agreement = signalAgreement(
    pairOf(
      wave,
      wave.map((v) => v + 0.03),
    ),
  );
  expect(agreement.rmseMicrovolts).toBeCloseTo(30, 6);
  expect(agreement.pearson).toBeCloseTo(1, 9);
  expect(agreement.lagMilliseconds).toBe(0);
  expect(agreement.snrDb).toBeGreaterThan(10);
});

test('the lag says how much later the second shows the same', () => {
  const late = [...new Array<number>(6).fill(wave[0]!), ...wave.slice(0, -6)];
  expect(signalAgreement(pairOf(wave, late)).lagMilliseconds).toBe(12);
  expect(signalAgreement(pairOf(late, wave)).lagMilliseconds).toBe(-12);
});

test('what only one reads is told in seconds and weighs as noise', () => {
  const holed = wave.map((v, i) => (i >= 240 && i < 265 ? Number.NaN : v));
  const agreement = signalAgreement(pairOf(wave, holed));
  expect(agreement).toMatchObject({ rmseMicrovolts: 0, onlyFirstSeconds: 0.05, onlySecondSeconds: 0 });
  expect(agreement.snrDb).toBeLessThan(10);
  expect(differenceStretches(pairOf(wave, holed))).toMatchObject([{ kind: 'only-first', peakMillivolts: 0 }]);
});

test('a flank one sample apart is no difference, a missed peak is one, told where it lies', () => {
  const shifted = [wave[0]!, ...wave.slice(0, -1)];
  expect(differenceStretches(pairOf(wave, shifted))).toEqual([]);
  const missed = wave.map((v, i) => (Math.abs(i - 250) < 4 ? v - 1 : v));
  const [stretch, ...rest] = differenceStretches(pairOf(wave, missed));
  expect(rest).toEqual([]);
  expect(stretch).toMatchObject({ kind: 'apart', peakMillivolts: expect.closeTo(1, 9) as number });
  expect(stretch!.startSeconds).toBeCloseTo(1 + 247 / FS, 9);
  expect(stretch!.endSeconds).toBeCloseTo(1 + 254 / FS, 9);
});

test('differences nearer than the limit are told as one', () => {
  const at = (...places: number[]) => wave.map((v, i) => (places.includes(i) ? v + 0.5 : v));
  expect(differenceStretches(pairOf(wave, at(100, 140)))).toHaveLength(1);
  expect(differenceStretches(pairOf(wave, at(100, 160)))).toHaveLength(2);
});

test('beats are paired once each', () => {
  expect(matchF1([1, 2, 3], [1.1, 2.9], 0.15)).toBeCloseTo(0.8, 9);
  expect(matchF1([1, 1.1], [1.05], 0.15)).toBeCloseTo(2 / 3, 9);
  expect(matchF1([1], [], 0.15)).toBe(0);
  expect(matchF1([], [], 0.15)).toBeNull();
});

test('masks are compared by their pixels', () => {
  const tile = (...bytes: number[]) => new Map([['0,0', Uint8Array.from(bytes)]]);
  expect(maskDifference(tile(0b111, 0), tile(0b110, 0b1))).toEqual({
    onlyFirst: 1,
    onlySecond: 1,
    dice: 4 / 6,
  });
  expect(maskDifference(new Map(), tile(3)).dice).toBe(0);
  expect(maskDifference(new Map(), new Map()).dice).toBe(1);
});

test('signals that begin at other moments meet on one clock', () => {
  const { first, second, startSeconds } = onCommonClock(
    { fs: 10, startSeconds: 1, millivolts: Float32Array.of(1, 2, 3) },
    { fs: 10, startSeconds: 0.9, millivolts: Float32Array.of(5, 6) },
  );
  expect(startSeconds).toBe(0.9);
  expect([...first]).toEqual([Number.NaN, 1, 2, 3]);
  expect([...second]).toEqual([5, 6, Number.NaN, Number.NaN]);
});

const sample = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const reading = fc.array(sample, { minLength: 60, maxLength: 60 });

test('whoever comes first, the readings differ by the same and in the same places', () => {
  fc.assert(
    fc.property(reading, reading, (a, b) => {
      const one = signalAgreement(pairOf(a, b));
      const other = signalAgreement(pairOf(b, a));
      expect(other.rmseMicrovolts).toBe(one.rmseMicrovolts);
      expect(other.snrDb).toBeCloseTo(one.snrDb, 9);
      expect(other.onlySecondSeconds).toBe(one.onlyFirstSeconds);
      const places = (pair: SignalPair) =>
        differenceStretches(pair).map(({ startSeconds, endSeconds, peakMillivolts }) => {
          return [startSeconds, endSeconds, peakMillivolts];
        });
      expect(places(pairOf(b, a))).toEqual(places(pairOf(a, b)));
    }),
  );
});

test('a reading does not differ from itself, nor from one within the limits', () => {
  fc.assert(
    fc.property(
      reading,
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }),
      (a, noise) => {
        expect(signalAgreement(pairOf(a, a))).toMatchObject({ snrDb: MOST_DB, lagMilliseconds: 0 });
        expect(differenceStretches(pairOf(a, a))).toEqual([]);
        const near = a.map((v, i) => v + 0.999 * DIFFERENCE_LIMITS.millivolts * noise[i]!);
        expect(differenceStretches(pairOf(a, near))).toEqual([]);
      },
    ),
  );
});
