import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { beatTrain } from './beat-train.ts';
import { randomEcg } from './random-ecg.ts';

describe('beatTrain', () => {
  it('follows the heart rate', () => {
    const parameters = { ...randomEcg(createRandom(1), 'normal'), heartRate: 75, rateVariability: 0 };
    const beats = beatTrain(parameters, 60, createRandom(2)).filter(
      (b) => b.rSeconds >= 0 && b.rSeconds < 60,
    );
    expect(beats.length).toBeGreaterThanOrEqual(74);
    expect(beats.length).toBeLessThanOrEqual(76);
    expect(beats[5]!.rSeconds - beats[4]!.rSeconds).toBeCloseTo(0.8, 9);
  });

  it('lets a premature beat come early and pause after it', () => {
    const parameters = { ...randomEcg(createRandom(1), 'normal'), heartRate: 60, rateVariability: 0 };
    const beats = beatTrain({ ...parameters, prematureShare: 0.3 }, 60, createRandom(3));
    const early = beats.findIndex((beat) => beat.premature);
    expect(beats[early]!.rSeconds - beats[early - 1]!.rSeconds).toBeCloseTo(0.6, 9);
    expect(beats[early + 1]!.rSeconds - beats[early]!.rSeconds).toBeCloseTo(1.4, 9);
  });
});
