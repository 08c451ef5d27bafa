import { describe, expect, it } from 'vitest';
import type { Digitization } from '../../core/digitization.ts';
import { readPageReport, writePageReport } from './page-report-json.ts';
import { toPageReport } from './to-page-report.ts';

const PAGE: Digitization = {
  status: 'partial',
  confidence: 0.71234,
  imageWidth: 2200,
  imageHeight: 1700,
  rectification: {
    quarterTurns: 1,
    skewDegrees: -1.23456,
    corners: [
      [0, 0],
      [2199.123, 1],
      [2199, 1699],
      [0, 1699],
    ],
    gridKind: 'colour',
    pxPerMmX: 7.874051,
    pxPerMmY: 7.91,
    lattice: {
      spacingMm: 5,
      columns: 2,
      rows: 2,
      xs: Float32Array.from([1, 40.371, NaN, 40.4]),
      ys: Float32Array.from([1, 2, NaN, 41]),
    },
    canonicalPxPerMm: 8,
    canonicalWidth: 2240,
    canonicalHeight: 1720,
    warp: { stepPx: 16, columns: 1, rows: 1, xs: new Float32Array(1), ys: new Float32Array(1) },
  },
  layout: {
    kind: '3x4+1',
    cabrera: false,
    cells: [
      { ...cell('r3c0', 'II', 3, 0, 10), role: 'rhythm' },
      cell('r0c1', 'aVR', 0, 2.5, 5),
      cell('r0c0', 'I', 0, 0, 2.5),
    ],
    pulses: [],
    text: [],
    separators: [],
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    speedSource: 'text',
    gainSource: 'pulse',
  },
  paths: [
    {
      cellId: 'r0c0',
      x0: 0,
      y: new Float32Array(4),
      confidence: new Float32Array(4),
      bridged: Uint8Array.from([0, 1, 0, 0]),
      strokeWidthPx: 2,
      fineY: new Float32Array(0),
      samplesPerPx: 2,
    },
  ],
  signals: [
    {
      cellId: 'r0c0',
      lead: 'I',
      role: 'lead',
      startSeconds: 0,
      fs: 500,
      millivolts: new Float32Array(1250).fill(NaN, 1000),
      confidence: new Float32Array(1250).fill(0.5),
    },
  ],
  findings: [
    {
      code: 'einthoven',
      severity: 'warning',
      message: 'I + III differs from II.',
      leads: ['I', 'II'],
      startSeconds: 0,
      endSeconds: 2.5,
      value: Infinity,
    },
  ],
  stages: [
    { stage: 'rectify', confidence: 0.9, milliseconds: 312.04, reasons: [] },
    { stage: 'ink', confidence: 0.8, milliseconds: 100, reasons: [] },
  ],
  reasons: [{ code: 'skewed', severity: 'info', message: 'The page is turned by a [degree].' }],
};

function cell(id: string, lead: 'I' | 'II' | 'aVR', row: number, startSeconds: number, endSeconds: number) {
  return {
    id,
    lead,
    role: 'lead' as const,
    row,
    column: Number(id.at(-1)),
    x0: 0,
    x1: 500,
    baselineY: 100,
    y0: 0,
    y1: 200,
    startSeconds,
    endSeconds,
    inverted: false,
    labelBox: null,
    labelSource: 'read' as const,
    confidence: 0.9,
  };
}

const CONTEXT = {
  file: 'a.png',
  page: 2,
  overrides: { layout: null, speedMmPerSecond: 25 },
  milliseconds: { decode: 50 },
  versions: { tracewright: '0.1.0' },
};

describe('toPageReport', () => {
  const report = toPageReport(PAGE, CONTEXT);

  it('names layout, scale and rhythm leads', () => {
    expect(report).toMatchObject({
      status: 'partial',
      confidence: 0.712,
      layout: '3x4+1',
      rhythmLeads: ['II'],
      pxPerMmX: 7.8741,
      pxPerMmY: 7.91,
      speedSource: 'text',
      samplesPerSecond: 500,
      overrides: { speedMmPerSecond: 25 },
    });
    expect(report.rectification!.lattice!.xs).toEqual([
      [1, 40.4],
      [null, 40.4],
    ]);
  });

  it('lists every printed stretch in reading order with its span, trust and flags', () => {
    expect(report.leads.map(({ cellId }) => cellId)).toEqual(['r0c0', 'r0c1', 'r3c0']);
    expect(report.leads[0]).toMatchObject({
      endSeconds: 2.5,
      confidence: 0.5,
      tracedShare: 0.8,
      bridgedShare: 0.25,
      flags: ['einthoven'],
    });
    expect(report.leads[1]).toMatchObject({ confidence: 0, tracedShare: 0, flags: ['not-traced'] });
  });

  it('adds up the milliseconds', () => {
    expect(report.milliseconds).toEqual({ decode: 50, rectify: 312, ink: 100, total: 462 });
  });

  it('says so little about a page without rectification that nothing is made up', () => {
    const nothing = { ...PAGE, status: 'failed' as const, rectification: null, layout: null, signals: [] };
    expect(toPageReport(nothing, CONTEXT)).toMatchObject({
      rectification: null,
      layout: null,
      pxPerMmX: null,
      speedMmPerSecond: null,
      leads: [],
    });
  });
});

describe('writePageReport', () => {
  it('is read back as it was, infinities as null', () => {
    const report = toPageReport(PAGE, CONTEXT);
    const text = writePageReport(report);
    expect(readPageReport(text)).toEqual(report);
    expect(report.findings[0]!.value).toBeNull();
  });

  it('keeps rows of numbers on one line and leaves text alone', () => {
    const text = writePageReport(toPageReport(PAGE, CONTEXT));
    expect(text).toContain('[ null, 40.4 ]');
    expect(text).toContain('by a [degree].');
  });
});

describe('readPageReport', () => {
  it.each([
    ['{', /not JSON/],
    ['{"format":1}', /wrong at "file"/],
  ])('refuses %j', (text, message) => {
    expect(() => readPageReport(text)).toThrow(message);
  });
});
