import { expect, test } from 'vitest';
import type { CalibrationPulse, Layout, LeadCell } from './layout.ts';
import { scaleOfPrint } from './scale-of-print.ts';

/** Columns of 2.5 s on a page that was taken for `factor` times as fine as it is, and pulses of 10 mm on top of it. */
function layoutSeenAt(factor: number, pulses: number, columnSeconds = 2.5, pulseMm = 10): Layout {
  const cell = (startSeconds: number): LeadCell =>
    ({ role: 'lead', startSeconds, endSeconds: startSeconds + columnSeconds * factor }) as LeadCell;
  const pulse = { widthMm: 5 * factor, heightMm: pulseMm * factor } as CalibrationPulse;
  return {
    kind: '3x4+1',
    cells: [0, 1, 2, 3].map((k) => cell(k * columnSeconds * factor)),
    pulses: Array.from({ length: pulses }, () => pulse),
    speedMmPerSecond: 25,
    speedSource: 'default',
    gainSource: 'default',
  } as unknown as Layout;
}

test('columns of the usual length give the scale', () => {
  expect(scaleOfPrint(layoutSeenAt(0.8, 0), 10)).toBeCloseTo(8, 2);
  expect(scaleOfPrint(layoutSeenAt(1, 3), 10)).toBeCloseTo(10, 2);
});

test('pulses are believed against columns of another length, a single one is not', () => {
  expect(scaleOfPrint(layoutSeenAt(0.8, 3, 3), 10)).toBeCloseTo(8, 2);
  expect(scaleOfPrint(layoutSeenAt(0.8, 1, 2.75), 13.1)! / 13.1).toBeCloseTo(0.88, 2);
});

test('pulses as high as the printed gain tell that columns have the usual length, however narrow they are', () => {
  const layout = layoutSeenAt(0.9, 6);
  const narrow = layout.pulses.map((pulse) => ({ ...pulse, widthMm: 2.5 * 0.9 }));
  const printed = { gainSource: 'text', gainMmPerMillivolt: 10 } as const;
  expect(scaleOfPrint({ ...layout, ...printed, pulses: narrow }, 12.3)! / 12.3).toBeCloseTo(0.9, 3);
});

test('a page is scanned at a round resolution: pulses tell which one, where columns are a little shorter than usual', () => {
  const assumed = 200 / 25.4 / 0.9;
  expect(scaleOfPrint(layoutSeenAt(0.9, 3, 2.375, 10.1), assumed)! * 25.4).toBeCloseTo(200, 0);
});

test('what has no usual height is no pulse, and nothing printed says nothing', () => {
  expect(scaleOfPrint(layoutSeenAt(0.8, 3, 3, 14), 10)).toBeCloseTo(9.6, 1);
  expect(scaleOfPrint({ ...layoutSeenAt(1, 0), kind: 'strip' }, 10)).toBeNull();
  expect(scaleOfPrint(layoutSeenAt(4, 0), 10)).toBeNull();
});

test('fast paper may show half as long: the size that was assumed tells', () => {
  const fast = { speedMmPerSecond: 50, speedSource: 'text' } as const;
  expect(scaleOfPrint({ ...layoutSeenAt(0.8, 0), ...fast }, 10)).toBeCloseTo(8, 2);
  expect(scaleOfPrint({ ...layoutSeenAt(0.8, 0, 1.25), ...fast }, 10)).toBeCloseTo(8, 2);
});
