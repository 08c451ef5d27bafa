import { describe, expect, it } from 'vitest';
import type { Layout } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { randomEcg, type EcgKind } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { layoutCells } from '../synthesis/page/layout-cells.ts';
import { createRandom } from '../synthesis/random.ts';
import { timeByHeart } from './time-by-heart.ts';

const FS = 500;

/** A simulated heart as read at 25 mm/s off paper that ran at `speed`. */
function readAt25(speed: 25 | 50, kind: EcgKind, seed: number): { layout: Layout; signals: LeadSignal[] } {
  const random = createRandom(seed);
  const ecg = simulateEcg(randomEcg(random, kind), { seconds: 10, fs: FS, random });
  const slower = speed / 25;
  const cells = layoutCells('3x4+1', { seconds: 10 });
  const signals = cells.map(({ id, lead, role, startSeconds, endSeconds }): LeadSignal => {
    const [from, to] = [startSeconds, endSeconds].map((t) => Math.round((t / slower) * FS));
    const millivolts = ecg.leads.get(lead)!.slice(from, to);
    const confidence = new Float32Array(millivolts.length).fill(1);
    return { cellId: id, lead, role, startSeconds, fs: FS / slower, millivolts, confidence };
  });
  const layout = {
    kind: '3x4+1',
    cells,
    speedMmPerSecond: 25,
    speedSource: 'duration',
  } as unknown as Layout;
  return { layout, signals };
}

describe('timeByHeart', () => {
  it.each([1, 2, 3, 4])('finds that the paper ran at 50 mm/s (heart %i)', (seed) => {
    const { layout, signals } = readAt25(50, 'normal', seed);
    const { layout: timed, reasons } = timeByHeart(layout, signals);
    expect(timed).toMatchObject({ speedMmPerSecond: 50, speedSource: 'heart' });
    expect(timed.cells.at(-1)).toMatchObject({ startSeconds: 0, endSeconds: 5 });
    expect(reasons).toMatchObject([{ code: 'speed-from-heart', severity: 'warning' }]);
  });

  it.each(['normal', 'bradycardia', 'tachycardia', 'wide-qrs', 'atrial-fibrillation'] as const)(
    'leaves a heart of 25 mm/s as it is: %s',
    (kind) => {
      for (const seed of [1, 2, 3]) {
        const { layout, signals } = readAt25(25, kind, seed);
        expect(timeByHeart(layout, signals).layout).toBe(layout);
      }
    },
  );

  it('does not overrule print, pulses or a person', () => {
    const { layout, signals } = readAt25(50, 'normal', 1);
    for (const speedSource of ['text', 'pulse', 'user'] as const) {
      const told = { ...layout, speedSource };
      expect(timeByHeart(told, signals)).toEqual({ layout: told, reasons: [] });
    }
  });

  it('overrules what is usual for pages like it where it is sure', () => {
    const fast = readAt25(50, 'normal', 1);
    const told = { ...fast.layout, speedSource: 'habit' as const };
    expect(timeByHeart(told, fast.signals).layout).toMatchObject({
      speedMmPerSecond: 50,
      speedSource: 'heart',
    });
    const usual = readAt25(25, 'bradycardia', 2);
    const slow = { ...usual.layout, speedSource: 'habit' as const };
    expect(timeByHeart(slow, usual.signals)).toEqual({ layout: slow, reasons: [] });
  });

  it('says nothing where no beat is seen', () => {
    const { layout, signals } = readAt25(50, 'normal', 1);
    const flat = signals.map((signal) => ({
      ...signal,
      millivolts: new Float32Array(signal.millivolts.length),
    }));
    expect(timeByHeart(layout, flat)).toEqual({ layout, reasons: [] });
  });
});
