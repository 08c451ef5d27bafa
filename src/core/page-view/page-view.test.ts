import { expect, test } from 'vitest';
import type { Digitization } from '../digitization.ts';
import { pageDetail, type PageSummary } from '../../shared/api/page-record.ts';
import { gridLines } from './grid-lines.ts';
import { pageDetailView } from './page-detail-view.ts';
import { traceViews } from './trace-views.ts';

const f32 = (...values: number[]) => new Float32Array(values);

/** Canonical (x, y) lies at image (10 + 2x, 20 + 2y). */
const page: Digitization = {
  status: 'ok',
  confidence: 0.9,
  imageWidth: 220,
  imageHeight: 140,
  rectification: {
    quarterTurns: 0,
    skewDegrees: 0,
    corners: [
      [0, 0],
      [219, 0],
      [219, 139],
      [0, 139],
    ],
    gridKind: 'colour',
    pxPerMmX: 2,
    pxPerMmY: 2,
    lattice: {
      spacingMm: 2.5,
      columns: 3,
      rows: 3,
      xs: f32(0, 5, 10, 0, 5, 10, 0, NaN, 10),
      ys: f32(0, 0, 0, 5, 5, 5, 10, NaN, 10),
    },
    canonicalPxPerMm: 1,
    canonicalWidth: 101,
    canonicalHeight: 51,
    warp: { stepPx: 100, columns: 2, rows: 2, xs: f32(10, 210, 10, 210), ys: f32(20, 20, 220, 220) },
  },
  layout: {
    kind: 'strip',
    cabrera: false,
    cells: [
      {
        id: 'r0c0',
        lead: 'II',
        role: 'lead',
        row: 0,
        column: 0,
        x0: 10,
        x1: 60,
        baselineY: 25,
        y0: 5,
        y1: 45,
        startSeconds: 0,
        endSeconds: 2,
        inverted: false,
        labelBox: null,
        labelSource: 'layout',
        confidence: 0.8,
      },
    ],
    pulses: [],
    text: [],
    separators: [],
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    speedSource: 'default',
    gainSource: 'default',
  },
  paths: [
    {
      cellId: 'r0c0',
      x0: 12,
      y: f32(25, NaN, 20.5),
      confidence: f32(1, 0, 0.5),
      bridged: new Uint8Array(3),
      strokeWidthPx: 2,
      fineY: f32(25),
      samplesPerPx: 1,
    },
  ],
  signals: [],
  findings: [],
  stages: [],
  reasons: [],
};

const summary: PageSummary = {
  id: 7,
  folderId: 1,
  name: 'a.png',
  relativePath: 'a.png',
  pageIndex: 0,
  status: 'ok',
  confidence: 0.9,
  layout: 'strip',
  leadsFound: 1,
  findings: 0,
  message: null,
  width: 220,
  height: 140,
  addedAt: 0,
  digitizedAt: 1,
  review: {
    state: 'open',
    reason: '',
    note: '',
    tags: [],
    leads: {},
    leadReasons: {},
    secondsSpent: 0,
    edits: 0,
  },
  attention: null,
  reading: null,
};

const EXTRA = { model: null, hasReference: false, textBoxes: { reviewed: false, boxes: [] }, regions: [] };

test('outlines are polygons in image pixels', () => {
  const view = pageDetail.parse(pageDetailView(summary, {}, page, EXTRA));
  const outline = view.cells[0]!.outline;
  expect(outline).toHaveLength(32);
  expect([outline[0], outline[8], outline[16], outline[24]]).toEqual([
    [30, 30],
    [130, 30],
    [130, 110],
    [30, 110],
  ]);
  expect(view.facts).toMatchObject({ layout: 'strip', speedMmPerSecond: 25, pxPerMmX: 2 });
});

test('a page that is not digitized yet has a view without findings', () => {
  const view = pageDetail.parse(
    pageDetailView({ ...summary, status: 'new' }, { layout: '3x4' }, null, EXTRA),
  );
  expect(view).toMatchObject({ overrides: { layout: '3x4' }, facts: null, cells: [], gridLines: [] });
});

test('grid lines are 5 mm apart and break where a crossing is off the page', () => {
  expect(gridLines(page.rectification!.lattice)).toEqual([
    [
      [0, 0],
      [5, 0],
      [10, 0],
    ],
    [
      [0, 0],
      [0, 5],
      [0, 10],
    ],
    [
      [10, 0],
      [10, 5],
      [10, 10],
    ],
  ]);
  expect(gridLines(null)).toEqual([]);
});

test('traces lie in image pixels on the page clock', () => {
  const [trace] = traceViews(page);
  expect(trace).toMatchObject({ cellId: 'r0c0', lead: 'II', xs: f32(34, NaN, 38), ys: f32(70, NaN, 61) });
  expect(trace!.stepSeconds).toBeCloseTo(0.04, 10);
  expect(trace!.startSeconds).toBeCloseTo(0.08, 10);
});
