import { describe, expect, it } from 'vitest';
import { chooseScale } from './choose-scale.ts';
import type { CalibrationPulse } from './layout.ts';
import type { ScaleReading } from './read-scale-text.ts';

const BOX = { x0: 0, y0: 0, x1: 10, y1: 10 };
const pulses = (count: number, heightMm: number, widthMm = 5): CalibrationPulse[] =>
  Array.from({ length: count }, (_, row) => ({ box: BOX, heightMm, widthMm, row, side: 'left' }));
const printed = (
  kind: ScaleReading['kind'],
  value: number,
  scope: ScaleReading['scope'] = 'all',
  probability = 0.95,
): ScaleReading => ({ kind, value, scope, probability, box: BOX, text: '' });
const choose = (
  evidence: { pulses?: CalibrationPulse[]; readings?: ScaleReading[]; cellWidthMm?: number },
  overrides = {},
) => chooseScale({ pulses: [], readings: [], cellWidthMm: 62.5, ...evidence }, overrides);
const codes = (scale: ReturnType<typeof choose>): string[] => scale.reasons.map(({ code }) => code);

describe('chooseScale', () => {
  it('assumes 25 mm/s and 10 mm/mV where nothing speaks', () => {
    const scale = choose({ cellWidthMm: 70 });
    expect(scale).toMatchObject({ speedMmPerSecond: 25, speedSource: 'default', gainMmPerMillivolt: 10 });
    expect(scale).toMatchObject({ gainSource: 'default', trust: 1, chestGainMmPerMillivolt: null });
    expect(codes(scale)).toEqual(['pulse-missing']);
  });

  it('takes the print where there is nothing else, and where the pulses agree', () => {
    const readings = [printed('speed', 50), printed('gain', 20)];
    for (const given of [{ readings }, { readings, pulses: pulses(3, 20.3, 10) }]) {
      expect(choose({ ...given, cellWidthMm: 125 })).toMatchObject({
        speedMmPerSecond: 50,
        speedSource: 'text',
        gainMmPerMillivolt: 20,
        gainSource: 'text',
        trust: 1,
        reasons: [],
      });
    }
  });

  it('lets three equal pulses outweigh the printed gain, one not; says so and doubts both', () => {
    const readings = [printed('gain', 10)];
    const many = choose({ readings, pulses: pulses(3, 5) });
    const one = choose({ readings, pulses: pulses(1, 5) });
    expect(many).toMatchObject({ gainMmPerMillivolt: 5, gainSource: 'pulse' });
    expect(one).toMatchObject({ gainMmPerMillivolt: 10, gainSource: 'text' });
    for (const scale of [many, one]) {
      expect(scale.trust).toBeLessThan(1);
      expect(codes(scale)).toEqual(['gain-conflict']);
    }
  });

  it('needs no pulse once the gain is printed, even where the pulses disagree', () => {
    const disagreeing = [...pulses(1, 4), ...pulses(1, 9.2), ...pulses(1, 10)];
    expect(codes(choose({ pulses: disagreeing }))).toEqual(['gain-conflict']);
    expect(choose({ pulses: disagreeing, readings: [printed('gain', 10)] })).toMatchObject({
      gainSource: 'text',
      reasons: [],
    });
  });

  it('gives the chest leads their own gain where the print does', () => {
    const scale = choose({ readings: [printed('gain', 10, 'limb'), printed('gain', 5, 'chest')] });
    expect(scale).toMatchObject({ gainMmPerMillivolt: 10, chestGainMmPerMillivolt: 5, gainSource: 'text' });
    expect(codes(scale)).toEqual(['gain-of-chest-leads']);
    const same = choose({ readings: [printed('gain', 10, 'limb'), printed('gain', 10, 'chest')] });
    expect(same).toMatchObject({ chestGainMmPerMillivolt: null, reasons: [] });
  });

  it('does not choose between two prints that contradict each other', () => {
    const scale = choose({
      readings: [printed('gain', 10), printed('gain', 5), printed('speed', 25), printed('speed', 50)],
    });
    expect(scale).toMatchObject({ gainSource: 'default', speedSource: 'duration' });
    expect(scale.trust).toBeLessThan(0.5);
    expect(codes(scale)).toContain('gain-conflict');
    expect(codes(scale)).toContain('speed-conflict');
    const doubtful = choose({ readings: [printed('gain', 10), printed('gain', 5, 'all', 0.55)] });
    expect(doubtful).toMatchObject({ gainMmPerMillivolt: 10, gainSource: 'text', trust: 1 });
  });

  it('doubts a printed speed only where pulses and columns both contradict it', () => {
    const readings = [printed('speed', 25)];
    expect(choose({ readings, pulses: pulses(3, 10, 10), cellWidthMm: 62.5 })).toMatchObject({ trust: 1 });
    const doubted = choose({ readings, pulses: pulses(3, 10, 10), cellWidthMm: 111 });
    expect(doubted).toMatchObject({ speedMmPerSecond: 25, speedSource: 'text' });
    expect(doubted.trust).toBeLessThan(1);
    expect(codes(doubted)).toEqual(['speed-conflict']);
  });

  it('believes the person first, and says what contradicts', () => {
    const readings = [printed('speed', 25), printed('gain', 10)];
    const scale = choose({ readings }, { speedMmPerSecond: 50, gainMmPerMillivolt: 5 });
    expect(scale).toMatchObject({ speedMmPerSecond: 50, speedSource: 'user' });
    expect(scale).toMatchObject({ gainMmPerMillivolt: 5, gainSource: 'user', trust: 1 });
    expect(codes(scale).sort()).toEqual(['gain-conflict', 'speed-conflict']);
  });

  it('takes a lone wide pulse for 0.2 s at 50 mm/s only where it has the size of one', () => {
    expect(choose({ pulses: pulses(1, 20.1, 10), cellWidthMm: 46 })).toMatchObject({
      speedMmPerSecond: 50,
      speedSource: 'pulse',
    });
    expect(choose({ pulses: pulses(1, 14, 10), cellWidthMm: 46 }).speedMmPerSecond).toBe(25);
    expect(choose({ pulses: pulses(1, 20, 9.2), cellWidthMm: 46 }).speedMmPerSecond).toBe(25);
  });
});
