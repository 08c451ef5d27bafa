import { beforeAll, beforeEach, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { reverseChange } from '../../shared/edit/byte-change.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { Raster } from '../image/raster.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import type { PageRegion } from '../region/page-region.ts';
import { checkDocument } from './check-document.ts';
import { regionKey } from './edit-documents.ts';
import { addRegion, dropRegion } from './edit-regions.ts';
import { maskArea } from './mask-tiles.ts';
import { createPageEditor, type EditResult, type PageEditor } from './page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { dragPin } from './pin-drag.ts';
import { PROVENANCE } from './provenance.ts';

const II = 'r1c0';
let raster: Raster;
let base: Digitization;
let packed: Uint8Array;
let evidence: PageEvidence;
let editor: PageEditor;

beforeAll(async () => {
  ({ raster } = drawnPage());
  base = await digitizePage(raster);
  packed = encodeEvidence(raster, base);
});
beforeEach(() => {
  evidence = decodeEvidence(packed);
  editor = createPageEditor(base, new Map(), evidence);
});

const columnAt = (share: number): number => {
  const { x0, provenance } = editor.path(II)!;
  return x0 + Math.round(share * provenance.length);
};
const rowAt = (x: number): number => {
  const { x0, fineY, samplesPerPx } = editor.path(II)!;
  return fineY[(x - x0) * samplesPerPx]!;
};

/** A rectangle about the line of II between two of its columns. */
function about(from: number, to: number, facts: Partial<PageRegion> = {}): Omit<PageRegion, 'id'> {
  const rows = Array.from({ length: to - from + 1 }, (_, k) => rowAt(from + k));
  const [top, bottom] = [Math.min(...rows) - 8, Math.max(...rows) + 8];
  const { warp } = base.rectification!;
  const points = [
    [from, top],
    [to, top],
    [to, bottom],
    [from, bottom],
  ].map(([x, y]) => canonicalToImage(warp, x!, y!));
  return { kind: 'exclude', points, cellId: null, gap: 'blank', seen: null, ...facts };
}

function undo({ changes }: EditResult): void {
  editor.apply([...changes].reverse().map(reverseChange));
}

test('the ink of an excluded region is no evidence; the trace is left blank or bridged', () => {
  const [from, to] = [columnAt(0.3), columnAt(0.36)];
  const before = editor.path(II)!;
  const blank = addRegion(editor, about(from, to))!;
  const inside = Math.round((from + to) / 2);
  expect(rowAt(inside)).toBeNaN();
  expect(editor.path(II)!.provenance[inside - before.x0]).toBe(PROVENANCE.blank);
  expect(rowAt(columnAt(0.1))).toBe(before.fineY[(columnAt(0.1) - before.x0) * before.samplesPerPx]);
  undo(blank);
  expect(editor.documents.size).toBe(0);
  addRegion(editor, about(from, to, { gap: 'bridge' }));
  const rows = [from + 2, inside, to - 2].map(rowAt);
  expect(rows.some(Number.isNaN)).toBe(false);
  expect(Math.abs(rows[1]! - (rows[0]! + rows[2]!) / 2)).toBeLessThan(1);
});

test('a trace that had followed a stain comes back to its ink when the stain is excluded', () => {
  const [from, to] = [columnAt(0.55), columnAt(0.62)];
  const { x0, samplesPerPx: s } = editor.path(II)!;
  const truth = editor.path(II)!.fineY.slice();
  const { coverage, certainty } = evidence.ink;
  const { warp } = base.rectification!;
  // A smear runs over the trace, 22 rows above it, and the trace along the smear.
  const fineY = truth.map((row, k) => (k / s >= from - x0 && k / s <= to - x0 ? row - 22 : row));
  for (let x = from - 2; x <= to + 2; x++) {
    for (let y = Math.round(rowAt(x)) - 25; y <= Math.round(rowAt(x)) - 19; y++) {
      coverage.data[y * coverage.width + x] = 1;
      certainty.data[y * coverage.width + x] = 1;
    }
  }
  const paths = base.paths.map((path) => (path.cellId === II ? { ...path, fineY } : path));
  const stained = createPageEditor({ ...base, paths }, new Map(), evidence);
  const smear = Array.from({ length: to - from + 9 }, (_, k) => from - 4 + k);
  const points = [
    ...smear.map((x) => canonicalToImage(warp, x, rowAt(x) - 30)),
    ...smear.reverse().map((x) => canonicalToImage(warp, x, rowAt(x) - 15)),
  ];
  addRegion(stained, { kind: 'exclude', points, cellId: null, gap: 'bridge', seen: null });
  const mended = stained.path(II)!;
  for (let x = from; x <= to; x++) {
    expect(Math.abs(mended.fineY[(x - x0) * s]! - truth[(x - x0) * s]!)).toBeLessThan(1.5);
  }
});

test('the evidence comes back to the bit when regions go, whatever their order', () => {
  const { coverage, certainty, stroke } = evidence.ink;
  const [ink, trust, strokes] = [coverage, certainty, stroke].map(({ data }) => data.slice());
  const [from, to] = [columnAt(0.3), columnAt(0.36)];
  addRegion(editor, about(from, to, { gap: 'bridge' }));
  addRegion(editor, about(from + 5, to + 20, { kind: 'include' }));
  expect(evidence.ink.coverage.data).not.toEqual(ink);
  dropRegion(editor, 'r0');
  dropRegion(editor, 'r1');
  expect(evidence.ink.coverage.data).toEqual(ink);
  expect(evidence.ink.certainty.data).toEqual(trust);
  for (let k = 0; k < strokes!.length; k++) {
    if (Math.abs(evidence.ink.stroke.data[k]! - strokes![k]!) > 1e-6)
      throw new Error(`stroke differs at ${k}`);
  }
});

test.each(['bridge', 'blank'] as const)(
  'taking a region away brings the trace back onto its ink (%s)',
  (gap) => {
    const [from, to] = [columnAt(0.3), columnAt(0.36)];
    const truth = rowAt(Math.round((from + to) / 2));
    addRegion(editor, about(from, to, { gap }));
    dropRegion(editor, 'r0');
    expect(Math.abs(rowAt(Math.round((from + to) / 2)) - truth)).toBeLessThan(1);
    expect(editor.regions()).toEqual([]);
  },
);

test('a region of one lead leaves the ink to the others', () => {
  const [from, to] = [columnAt(0.3), columnAt(0.36)];
  addRegion(editor, about(from, to, { cellId: II }));
  const pixel = Math.round(rowAt(columnAt(0.28))) * evidence.ink.coverage.width + columnAt(0.28);
  expect(editor.evidenceOf(II).ink.coverage.data[pixel]).toBe(evidence.ink.coverage.data[pixel]);
  expect(editor.evidenceOf(II)).not.toBe(editor.evidence);
  expect(editor.evidenceOf('r0c0')).toBe(editor.evidence);
  expect(rowAt(Math.round((from + to) / 2))).toBeNaN();
});

test('an included region brings ink back that was taken away', () => {
  const [from, to] = [columnAt(0.3), columnAt(0.36)];
  const inside = Math.round((from + to) / 2);
  const { data, width } = evidence.ink.coverage;
  const pixel = Math.round(rowAt(inside)) * width + inside;
  for (let y = -6; y <= 6; y++) data.fill(0, pixel + y * width - 8, pixel + y * width + 8);
  addRegion(editor, about(from, to, { kind: 'include' }));
  expect(data[pixel]).toBeGreaterThan(0.5);
});

test('what a model saw stands for the ink, and passes the check as a document', () => {
  const [from, to] = [columnAt(0.3), columnAt(0.36)];
  const top = Math.round(rowAt(from)) - 20;
  const box = { x0: from, x1: to + 1, y0: top - 10, y1: top + 40 };
  const trace = new Uint8Array((box.x1 - box.x0) * 50);
  // A level line 20 rows over the trace: what the model says is believed.
  for (let y = 9; y <= 11; y++) trace.fill(255, y * (box.x1 - box.x0), (y + 1) * (box.x1 - box.x0));
  const region = about(from, to, { kind: 'model', seen: { box, trace } });
  const { warp } = base.rectification!;
  const tall = [
    [from, top - 12],
    [to, top - 12],
    [to, top + 45],
    [from, top + 45],
  ].map(([x, y]) => canonicalToImage(warp, x!, y!));
  addRegion(editor, { ...region, points: tall });
  expect(Math.abs(rowAt(Math.round((from + to) / 2)) - top)).toBeLessThan(1.5);
  expect(() => checkDocument(regionKey('r0'), editor.documents.get(regionKey('r0'))!)).not.toThrow();
  expect(() => checkDocument(regionKey('r1'), editor.documents.get(regionKey('r0'))!)).toThrow(
    'cannot be kept',
  );
});

test('pins in a region stay, and the trace passes them', () => {
  const [from, to] = [columnAt(0.3), columnAt(0.36)];
  const inside = Math.round((from + to) / 2);
  dragPin(editor, II, inside, rowAt(inside) + 12, null)!.finish();
  const pinned = rowAt(inside);
  addRegion(editor, about(from, to, { gap: 'bridge' }));
  expect(editor.pins(II)).toHaveLength(1);
  expect(Math.abs(rowAt(inside) - pinned)).toBeLessThan(0.1);
});

test('masks that nobody painted on follow the ink', () => {
  const whole = maskArea(editor.mask(II));
  addRegion(editor, about(columnAt(0.3), columnAt(0.36)));
  expect(maskArea(editor.mask(II))).toBeLessThan(whole);
});
