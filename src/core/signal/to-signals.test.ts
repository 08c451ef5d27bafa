import { describe, expect, it } from 'vitest';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { Rectification } from '../page/rectification.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { toSignals } from './to-signals.ts';

const PX_PER_MM = 8;
const rectification = { canonicalPxPerMm: PX_PER_MM } as Rectification;

function cellOf(change: Partial<LeadCell> = {}): LeadCell {
  return {
    id: 'r0c1',
    lead: 'aVR',
    role: 'lead',
    row: 0,
    column: 1,
    x0: 100,
    x1: 600,
    baselineY: 300,
    y0: 200,
    y1: 400,
    startSeconds: 2.5,
    endSeconds: 5,
    inverted: false,
    labelBox: null,
    labelSource: 'read',
    confidence: 1,
    ...change,
  };
}

function layoutOf(cell: LeadCell, change: Partial<Layout> = {}): Layout {
  return {
    kind: '3x4',
    cabrera: false,
    cells: [cell],
    pulses: [],
    text: [],
    separators: [],
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    speedSource: 'default',
    gainSource: 'default',
    ...change,
  };
}

/** A flat line with a triangle 1 mV (80 px) high whose tip is at `tipX`. */
function pathOf(tipX: number, x0 = 100, columns = 500): TracePath {
  const samplesPerPx = 2;
  const fineY = new Float32Array((columns - 1) * samplesPerPx + 1).fill(300);
  const tip = (tipX - x0) * samplesPerPx;
  for (let k = -16; k <= 16; k++) fineY[tip + k] = 300 - 80 * (1 - Math.abs(k) / 16);
  return {
    cellId: 'r0c1',
    x0,
    y: Float32Array.from({ length: columns }, (_, column) => fineY[column * samplesPerPx]!),
    confidence: new Float32Array(columns).fill(0.75),
    bridged: new Uint8Array(columns),
    strokeWidthPx: 2,
    fineY,
    samplesPerPx,
  };
}

describe('toSignals', () => {
  it('puts columns on the page clock and pixels to millivolts', () => {
    const cell = cellOf();
    const signal = toSignals([pathOf(300)], layoutOf(cell), rectification).value[0]!;
    expect(signal.startSeconds).toBe(2.5);
    expect(signal.fs).toBe(500);
    expect(signal.millivolts).toHaveLength(1250);
    // 200 px after the cell's start at 200 px/s: one second, sample 500.
    expect(signal.millivolts.indexOf(Math.max(...signal.millivolts))).toBe(500);
    expect(signal.millivolts[500]).toBeCloseTo(1, 5);
    expect(signal.millivolts[100]).toBeCloseTo(0, 5);
    expect(signal.confidence[100]).toBeCloseTo(0.75, 5);
  });

  it('honours a cell that starts between two columns', () => {
    const cell = cellOf({ x0: 100.4, x1: 600.4 });
    const { millivolts } = toSignals([pathOf(300)], layoutOf(cell), rectification).value[0]!;
    expect(millivolts.indexOf(Math.max(...millivolts))).toBe(499);
  });

  it('turns inverted leads back and follows gain and speed', () => {
    const cell = cellOf({ inverted: true, startSeconds: 0, endSeconds: 1.25 });
    const layout = layoutOf(cell, { speedMmPerSecond: 50, gainMmPerMillivolt: 5 });
    const { millivolts } = toSignals([pathOf(300)], layout, rectification, { fs: 1000 }).value[0]!;
    expect(millivolts).toHaveLength(1250);
    expect(Math.min(...millivolts)).toBeCloseTo(-2, 5);
    expect(millivolts.indexOf(Math.min(...millivolts))).toBe(500);
  });

  it('begins with the page clock where the picture ends within the first column', () => {
    const cut = cellOf({ column: 0, startSeconds: 0.0026, endSeconds: 2.5 });
    const [signal] = toSignals([pathOf(350)], layoutOf(cut), rectification).value;
    expect(signal!.startSeconds).toBe(0);
    expect(signal!.millivolts).toHaveLength(1250);
    expect(signal!.millivolts[0]).toBeCloseTo(0, 3);
    const later = cellOf({ column: 0, startSeconds: 0.0126, endSeconds: 2.5 });
    expect(toSignals([pathOf(350)], layoutOf(later), rectification).value[0]!.startSeconds).toBe(0.012);
  });

  it('is NaN where nothing was traced', () => {
    const { millivolts } = toSignals([pathOf(300, 200, 200)], layoutOf(cellOf()), rectification).value[0]!;
    expect(millivolts[0]).toBeNaN();
    expect(millivolts[1249]).toBeNaN();
    expect(millivolts[500]).toBeCloseTo(1, 5);
  });
});
