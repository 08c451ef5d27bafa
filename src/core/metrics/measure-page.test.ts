import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conductedWaves, TEXTBOOK_HEART } from '../synthesis/ecg/heart-waves.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { createRandom } from '../synthesis/random.ts';
import { bootstrapInterval } from './bootstrap-interval.ts';
import { scoreCinc2024 } from './cinc-2024.ts';
import { distanceToMask } from './distance-to-mask.ts';
import { maskOverlap } from './mask-overlap.ts';
import { f1Of, matchTimes } from './match-times.ts';
import { measurePage } from './measure-page.ts';
import { shiftLikeCinc } from './shift-like-cinc.ts';
import { smoothBoxcar } from './smooth-boxcar.ts';
import { warpDistance } from './warp-distance.ts';

const N = NaN;
const at = (...values: number[]) => Float64Array.from(values);

describe('smoothBoxcar', () => {
  it('gives what scipy 1.17 filtfilt(ones(4), 4, x, method="gust") gives', () => {
    const smooth = smoothBoxcar(at(1, 2, -1, 4, 0, 3, 5, 2, 1, 0, -2, 7), 4);
    const expected = [
      1.087962963, 1.1597222222, 1.2291666667, 1.8125, 2.0625, 2.4375, 2.5625, 1.875, 1.625, 1.3541666667,
      1.4097222222, 2.2546296296,
    ];
    expected.forEach((value, i) => expect(smooth[i]).toBeCloseTo(value, 9));
  });

  it('leaves what is too short at its level', () => {
    for (const value of smoothBoxcar(at(2, 2, 2), 5)) expect(value).toBeCloseTo(2, 12);
  });
});

describe('scoreCinc2024', () => {
  // Expected values: the formulas of the challenge's helper_code.py with NumPy 2.4 and SciPy 1.17.
  const truth = at(
    ...[0.5, 0.732, 0.705, 0.66, N, 0.991, 1.061, 0.759, 0.098, -0.644, -1.109, -1.111, -0.759, -0.347],
    ...[-0.112, -0.056, 0.025, 0.332, 0.853, 1.331, 1.451, 1.085, 0.402, -0.249, -0.592, -0.607, -0.506],
    ...[-0.519, -0.681, -0.796],
  );
  const prediction = at(
    ...[0.45, 0.688, 0.619, 0.574, 0.724, 0.897, 0.925, 0.694, 0.112, -0.604, N, N, N, -0.339, -0.08, -0.035],
    ...[
      -0.007, 0.3, 0.796, 1.181, 1.287, 1.004, 0.366, -0.254, -0.521, -0.523, -0.48, -0.476, -0.583, -0.724,
    ],
  );

  it('follows the definitions', () => {
    const score = scoreCinc2024(truth, prediction, 20)!;
    expect(score.snrDb).toBeCloseTo(17.600563284604753, 9);
    expect(score.medianSnrDb).toBeCloseTo(20.2104225904744, 9);
    expect(score.ks).toBeCloseTo(0.9971735677181974, 12);
    expect(score.asci).toBeCloseTo(-0.38461538461538464, 12);
    expect(score.weightedDifferenceMillivolts).toBeCloseTo(0.05668444702646307, 9);
  });

  it('has no score without a common sample, and an infinite one for the truth itself', () => {
    expect(
      scoreCinc2024(
        truth,
        truth.map(() => N),
        20,
      ),
    ).toBeNull();
    expect(scoreCinc2024(truth, truth, 20)).toMatchObject({ snrDb: Infinity, ks: 1, asci: 1 });
  });
});

describe('shiftLikeCinc', () => {
  const wave = (k: number) => Math.exp(-(((k - 60) / 6) ** 2)) + 0.3 * Math.sin(k / 9);

  it('takes back a shift and an offset, within a level', () => {
    const truth = Float64Array.from({ length: 200 }, (_, k) => wave(k));
    const late = Float64Array.from({ length: 200 }, (_, k) => wave(k - 7) + 0.2);
    const moved = shiftLikeCinc(truth, late, 100);
    for (let k = 0; k < 193; k++) expect(Math.abs(moved[k]! - truth[k]!)).toBeLessThan(0.01);
    expect(moved[199]).toBeNaN();
  });

  it('leaves alone what lies farther away than 0.5 s or 1 mV', () => {
    const truth = Float64Array.from({ length: 200 }, (_, k) => wave(k));
    const high = truth.map((x) => x + 1.5);
    expect(shiftLikeCinc(truth, high, 100)).toBe(high);
    const late = Float64Array.from({ length: 200 }, (_, k) => (k < 60 ? N : wave(k - 60)));
    expect(shiftLikeCinc(truth, late, 100)).toBe(late);
  });
});

describe('warpDistance', () => {
  it('forgives time within the band, not beyond', () => {
    const a = at(0, 0, 1, 3, 1, 0, 0, 0, 0, 0);
    const b = at(0, 0, 0, 0, 1, 3, 1, 0, 0, 0);
    expect(warpDistance(a, b, 2)).toBe(0);
    expect(warpDistance(a, b, 0)).toBeCloseTo((1 + 3 + 3 + 1) / 10, 12);
    expect(warpDistance(a, b, 1)).toBeGreaterThan(0);
  });

  it('is what the full table gives, gaps left out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), fc.boolean()), {
          minLength: 1,
          maxLength: 12,
        }),
        (samples) => {
          const a = samples.map(([x]) => x);
          const b = samples.map(([, y, gap]) => (gap ? N : y));
          const kept = samples.filter(([, , gap]) => !gap);
          const distance = warpDistance(at(...a), at(...b), 12);
          if (kept.length === 0) expect(distance).toBeNaN();
          // A mean over the path's steps: at least the cost of the cheapest path spread over the longest one.
          else {
            const cost = fullWarpCost(
              kept.map(([x]) => x),
              kept.map(([, y]) => y),
            );
            expect(distance).toBeLessThanOrEqual(cost / kept.length + 1e-12);
            expect(distance).toBeGreaterThanOrEqual(cost / (2 * kept.length) - 1e-12);
          }
        },
      ),
    );
  });
});

function fullWarpCost(a: number[], b: number[]): number {
  const table = a.map(() => b.map(() => Infinity));
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const before =
        i === 0 && j === 0
          ? 0
          : Math.min(
              table[i - 1]?.[j] ?? Infinity,
              table[i]![j - 1] ?? Infinity,
              table[i - 1]?.[j - 1] ?? Infinity,
            );
      table[i]![j] = before + Math.abs(a[i]! - b[j]!);
    }
  }
  return table.at(-1)!.at(-1)!;
}

describe('matchTimes', () => {
  it('uses each event once', () => {
    const match = matchTimes([1, 2, 3], [1.04, 1.05, 2.2, 2.96], 0.05);
    expect(match).toEqual({ matched: 2, missed: 1, extra: 2 });
    expect(matchTimes([0.05, 1], [1, 1.98], 0.05, [0.1, 1.9])).toEqual({ matched: 1, missed: 0, extra: 0 });
    expect(f1Of(match)).toBeCloseTo(4 / 7, 12);
    expect(f1Of(matchTimes([], [], 0.05))).toBe(1);
    expect(f1Of(matchTimes([1], [], 0.05))).toBe(0);
  });
});

describe('maskOverlap', () => {
  it('measures two squares', () => {
    const square = (x0: number) =>
      Uint8Array.from({ length: 400 }, (_, i) =>
        i % 20 >= x0 && i % 20 < x0 + 4 && Math.floor(i / 20) >= 5 && Math.floor(i / 20) < 9 ? 1 : 0,
      );
    const { dice, iou, hd95Px } = maskOverlap(square(3), square(5), 20, 20);
    expect(dice).toBeCloseTo(0.5, 12);
    expect(iou).toBeCloseTo(8 / 24, 12);
    expect(hd95Px).toBe(2);
    expect(maskOverlap(square(3), square(3), 20, 20)).toEqual({ dice: 1, iou: 1, hd95Px: 0 });
  });

  it('knows empty masks', () => {
    const none = new Uint8Array(4);
    expect(maskOverlap(none, none, 2, 2)).toEqual({ dice: 1, iou: 1, hd95Px: null });
    expect(maskOverlap(none, Uint8Array.of(1, 0, 0, 0), 2, 2)).toEqual({ dice: 0, iou: 0, hd95Px: null });
    expect(() => maskOverlap(none, none, 3, 2)).toThrow(RangeError);
  });

  it('has exact distances', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, fc.infiniteStream(fc.integer({ min: 0, max: 5 })), (width, height, stream) => {
        const mask = Uint8Array.from({ length: width * height }, () => (stream.next().value === 0 ? 1 : 0));
        const distances = distanceToMask(mask, width, height);
        for (let i = 0; i < mask.length; i++) {
          let nearest = Infinity;
          mask.forEach((inside, j) => {
            if (inside)
              nearest = Math.min(
                nearest,
                Math.hypot((i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)),
              );
          });
          expect(distances[i]).toBeCloseTo(nearest, 5);
        }
      }),
    );
  });
});

describe('bootstrapInterval', () => {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

  it('is what theory says of a mean, the same for the same seed', () => {
    const random = createRandom(4);
    const values = Array.from({ length: 200 }, () => random.normal(10, 2));
    const interval = bootstrapInterval(values, mean, { seed: 1 })!;
    const half = (1.96 * 2) / Math.sqrt(200);
    expect(Math.abs(interval.high - interval.low - 2 * half)).toBeLessThan(0.12);
    expect(bootstrapInterval(values, mean, { seed: 1 })).toEqual(interval);
    expect(bootstrapInterval(values, mean, { seed: 2 })).not.toEqual(interval);
    expect(bootstrapInterval([3], mean, { seed: 1 })).toBeNull();
  });
});

describe('measurePage', () => {
  const heart = simulateEcg(
    {
      rhythm: 'sinus',
      heartRate: 70,
      rateVariability: 0.02,
      breathsPerMinute: 15,
      prematureShare: 0,
      waves: conductedWaves(TEXTBOOK_HEART),
      prematureWaves: [],
      fibrillation: 0,
      wander: 0,
      muscleNoise: 0,
    },
    { seconds: 10, fs: 500, random: createRandom(2) },
  );
  const truth = { fs: 500, startSeconds: 0, leads: heart.leads };

  it('is at its best for a delayed copy with an offset, but for the challenge, which forgives nothing', () => {
    const late = new Map(
      [...heart.leads].map(([lead, values]) => [
        lead,
        values.map((_, i) => (i < 20 ? N : values[i - 20]! + 0.3)),
      ]),
    );
    const plain = measurePage(truth, { ...truth, leads: late }).get('V4')!;
    expect(plain.maeMicrovolts!).toBeLessThan(5);
    expect(plain.dtwMicrovolts!).toBeLessThan(5);
    expect(f1Of(plain.rPeaks)).toBe(1);
    for (const key of ['pr', 'qrs', 'qt'] as const) {
      expect(Math.abs(plain.intervals.prediction[key]! - plain.intervals.truth[key]!)).toBeLessThan(2);
    }
    expect(plain.cinc!.snrDb).toBeLessThan(6);
    const leads = new Map([['V4', late.get('V4')!]] as const);
    const shifted = measurePage(truth, { ...truth, leads }, { cincShift: true }).get('V4')!;
    expect(shifted.cinc!.snrDb).toBeGreaterThan(20);
  });

  it('has nothing to say about a lead that was not found', () => {
    const lost = measurePage(truth, null).get('II')!;
    expect(lost).toMatchObject({ maeMicrovolts: null, dtwMicrovolts: null, cinc: null });
    expect(f1Of(lost.rPeaks)).toBe(0);
    expect(lost.intervals.prediction).toEqual({ pr: null, qrs: null, qt: null });
  });
});
