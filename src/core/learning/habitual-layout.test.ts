import { expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { digitizePage } from '../digitize-page.ts';
import { pictureStyle } from '../explore/picture-style.ts';
import { scorePage } from '../metrics/score-page.ts';
import { toLeadTable } from '../metrics/to-lead-table.ts';
import type { PageHabits } from './page-habits.ts';

/** Nothing printed tells the speed. */
const silent = { layout: '3x4', seconds: 5, speedMmPerSecond: 50, pulse: 'none', footer: undefined } as const;
const learnt = (speedMmPerSecond: number): PageHabits => ({
  pages: [11, 12, 13, 14, 15, 16].map((seed) => ({
    style: [...pictureStyle(drawnPage(silent, seed).raster)],
    speedMmPerSecond,
    gainMmPerMillivolt: 10,
  })),
});

test('a page that shows no speed is read at that of corrected pages like it, unless its heart would beat at half its rate', async () => {
  const { raster, truth } = drawnPage(silent, 20);
  const read = (speedMmPerSecond: number) => digitizePage(raster, { habits: learnt(speedMmPerSecond) });
  const [alone, right, wrong] = [await digitizePage(raster), await read(50), await read(100)];
  expect((await read(25)).layout).toMatchObject({ speedMmPerSecond: 50, speedSource: 'heart' });
  expect(alone.layout).toMatchObject({ speedMmPerSecond: 50, speedSource: 'heart' });
  expect(right.layout).toMatchObject({ speedMmPerSecond: 50, speedSource: 'habit' });
  expect(wrong.layout).toMatchObject({ speedMmPerSecond: 100, speedSource: 'habit' });
  expect(right.reasons.map(({ code }) => code)).toContain('scale-by-habit');
  const score = ({ signals }: typeof alone) => scorePage(truth.signals, toLeadTable(signals)).snrDb;
  expect(score(right)).toBeGreaterThan(score(wrong) + 10);
});

test('pulses and people are not overruled', async () => {
  const { raster } = drawnPage({ ...silent, pulse: 'left' }, 20);
  const read = await digitizePage(raster, { habits: learnt(25) });
  expect(read.layout).toMatchObject({ speedMmPerSecond: 50, speedSource: 'pulse' });
  const stated = await digitizePage(raster, {
    habits: learnt(50),
    overrides: { speedMmPerSecond: 100 },
  });
  expect(stated.layout).toMatchObject({ speedMmPerSecond: 100, speedSource: 'user' });
});
