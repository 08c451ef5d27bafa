import { expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { digitizePage } from '../digitize-page.ts';
import { pictureStyle } from '../explore/picture-style.ts';
import { scorePage } from '../metrics/score-page.ts';
import { toLeadTable } from '../metrics/to-lead-table.ts';
import type { PageHabits } from './page-habits.ts';

/** Five seconds at 50 mm/s look as ten at 25 do: nothing on the page tells. */
const silent = { layout: '3x4', seconds: 5, speedMmPerSecond: 50, pulse: 'none', footer: undefined } as const;
const learnt = (speedMmPerSecond: number): PageHabits => ({
  pages: [11, 12, 13, 14, 15, 16].map((seed) => ({
    style: [...pictureStyle(drawnPage(silent, seed).raster)],
    speedMmPerSecond,
    gainMmPerMillivolt: 10,
  })),
});

test('a page that tells no speed is read at that of corrected pages like it', async () => {
  const { raster, truth } = drawnPage(silent, 20);
  const [alone, taught] = [await digitizePage(raster), await digitizePage(raster, { habits: learnt(50) })];
  expect(alone.layout!.speedMmPerSecond).toBe(25);
  expect(taught.layout).toMatchObject({ speedMmPerSecond: 50, speedSource: 'habit' });
  expect(taught.reasons.map(({ code }) => code)).toContain('scale-by-habit');
  const score = ({ signals }: typeof alone) => scorePage(truth.signals, toLeadTable(signals)).snrDb;
  expect(score(taught)).toBeGreaterThan(score(alone) + 10);
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
