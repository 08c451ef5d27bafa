import { expect, test } from 'vitest';
import type { CalibrationPulse, Layout, LeadCell } from './layout.ts';
import { paperChance } from './paper-chance.ts';
import { scaleOfPrint } from './scale-of-print.ts';

const CANONICAL_PX_PER_MM = 6;

/** Columns of 2.5 s on a page that was taken for `factor` times as fine as it is, and pulses of 10 mm on top of it. */
function layoutSeenAt(factor: number, pulses: number, columnSeconds = 2.5, pulseMm = 10, speed = 25): Layout {
  const widthPx = columnSeconds * speed * CANONICAL_PX_PER_MM * factor;
  const cell = (column: number): LeadCell =>
    ({ role: 'lead', x0: column * widthPx, x1: (column + 1) * widthPx }) as LeadCell;
  const pulse = { widthMm: 5 * factor, heightMm: pulseMm * factor } as CalibrationPulse;
  return {
    kind: '3x4+1',
    cells: [0, 1, 2, 3].map(cell),
    pulses: Array.from({ length: pulses }, () => pulse),
    speedMmPerSecond: speed,
    speedSource: 'default',
    gainSource: 'default',
  } as unknown as Layout;
}

test('columns of the usual length give the scale', () => {
  expect(scaleOfPrint(layoutSeenAt(0.8, 0), CANONICAL_PX_PER_MM, 10)).toBeCloseTo(8, 2);
  expect(scaleOfPrint(layoutSeenAt(1, 3), CANONICAL_PX_PER_MM, 10)).toBeCloseTo(10, 2);
});

test('pulses are believed against columns of another length, a single one is not', () => {
  expect(scaleOfPrint(layoutSeenAt(0.8, 3, 3), CANONICAL_PX_PER_MM, 10)).toBeCloseTo(8, 2);
  expect(scaleOfPrint(layoutSeenAt(0.8, 1, 2.75), CANONICAL_PX_PER_MM, 13.1)! / 13.1).toBeCloseTo(0.88, 2);
});

test('pulses as high as the printed gain tell that columns have the usual length, however narrow they are', () => {
  const layout = layoutSeenAt(0.9, 6);
  const narrow = layout.pulses.map((pulse) => ({ ...pulse, widthMm: 2.5 * 0.9 }));
  const printed = { gainSource: 'text', gainMmPerMillivolt: 10 } as const;
  expect(
    scaleOfPrint({ ...layout, ...printed, pulses: narrow }, CANONICAL_PX_PER_MM, 12.3)! / 12.3,
  ).toBeCloseTo(0.9, 3);
});

test('a page is scanned at a round resolution: pulses tell which one, where columns are a little shorter than usual', () => {
  const assumed = 200 / 25.4 / 0.9;
  expect(scaleOfPrint(layoutSeenAt(0.9, 3, 2.375, 10.1), CANONICAL_PX_PER_MM, assumed)! * 25.4).toBeCloseTo(
    200,
    0,
  );
});

test('what has no usual height is no pulse, and nothing printed says nothing', () => {
  expect(scaleOfPrint(layoutSeenAt(0.8, 3, 3, 14), CANONICAL_PX_PER_MM, 10)).toBeCloseTo(9.6, 1);
  expect(scaleOfPrint({ ...layoutSeenAt(1, 0), kind: 'strip' }, CANONICAL_PX_PER_MM, 10)).toBeNull();
  expect(scaleOfPrint(layoutSeenAt(4, 0), CANONICAL_PX_PER_MM, 10)).toBeNull();
});

test('fast paper may show half as long: the size that was assumed tells', () => {
  const fast = { speedSource: 'text' } as const;
  expect(
    scaleOfPrint({ ...layoutSeenAt(0.8, 0, 2.5, 10, 50), ...fast }, CANONICAL_PX_PER_MM, 10),
  ).toBeCloseTo(8, 2);
  expect(
    scaleOfPrint({ ...layoutSeenAt(0.8, 0, 1.25, 10, 50), ...fast }, CANONICAL_PX_PER_MM, 10),
  ).toBeCloseTo(8, 2);
});

test('pictures of two tones have the resolution of a scanner, also where columns are short and nothing else tells', () => {
  const assumed = 150 / 25.4 / 0.95;
  const short = layoutSeenAt(0.95, 0, 2.375);
  const dpi = (isTwoTone: boolean) => scaleOfPrint(short, CANONICAL_PX_PER_MM, assumed, isTwoTone)! * 25.4;
  expect(dpi(true)).toBeCloseTo(150, 0);
  expect(dpi(false)).toBeCloseTo(142.5, 0);
});

test('of several scales that the print allows, the one that corrected pages have is believed', () => {
  // Columns of 2.25 s, as nobody prints them, and no pulses: alone they would make the page 10 % finer than it is.
  const short = layoutSeenAt(1, 0, 2.25);
  const scale = (known: number[]) => scaleOfPrint(short, CANONICAL_PX_PER_MM, 7.3, false, known)!;
  expect(scale([])).toBeCloseTo(0.9 * 7.3, 2);
  expect(scale(Array<number>(12).fill(7.32))).toBeCloseTo(7.32, 1);
});

test('the size of the paper tells which of two resolutions a fax has whose columns are of no usual length', () => {
  // 1195 x 1390 pixels are a sheet of letter or A4 paper cut below at 150 dpi, and no sheet at 100 dpi, though columns are nearly usual then.
  const layout = layoutSeenAt(5.906 / 5.15, 0, 1.625);
  const dpi = (picture: { width: number; height: number } | null) =>
    scaleOfPrint(layout, CANONICAL_PX_PER_MM, 5.15, true, [], picture)! * 25.4;
  expect(dpi({ width: 1195, height: 1390 })).toBeCloseTo(150, 0);
  expect(dpi(null)).toBeCloseTo(100, 0);
});

test('paperChance knows whole sheets, and those that are cut', () => {
  expect(paperChance(297, 210)).toBeGreaterThan(10 * paperChance(340, 240));
  expect(paperChance(210, 297) / paperChance(297, 210)).toBeCloseTo(1, 1);
  expect(paperChance(210, 230)).toBeGreaterThan(2 * paperChance(240, 263));
  expect(paperChance(297, 300)).toBeLessThan(paperChance(297, 150));
});
