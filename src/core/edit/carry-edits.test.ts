import { beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { Raster } from '../image/raster.ts';
import type { Rectification } from '../page/rectification.ts';
import { canonicalToImage, imageToCanonical } from '../page/warp-map.ts';
import { encodeRegion } from '../region/page-region.ts';
import { applyEdits, editedPath } from './apply-edits.ts';
import { carryEdits } from './carry-edits.ts';
import { stretchPath } from './carry-path.ts';
import {
  encodeJson,
  LAYOUT_KEY,
  pathKey,
  pinsKey,
  pinsOf,
  regionKey,
  regionsOf,
  TEXT_KEY,
} from './edit-documents.ts';
import { decodePath, encodePath } from './edited-path.ts';
import { PROVENANCE } from './provenance.ts';

let raster: Raster;
let base: Digitization;
const II = 'r1c0';
beforeAll(async () => {
  ({ raster } = drawnPage());
  base = await digitizePage(raster);
});

/** The page with some columns of lead II drawn 20 pixels higher by a person, others said not to be printed. */
function corrected(): Map<string, Uint8Array> {
  const path = editedPath(base, new Map(), II)!;
  const s = path.samplesPerPx;
  const fineY = path.fineY.map((row, k) => (k >= 20 * s && k <= 40 * s ? row - 20 : row));
  fineY.fill(Number.NaN, 60 * s, 70 * s + 1);
  const provenance = path.provenance.slice().fill(PROVENANCE.human, 20, 41);
  provenance.fill(PROVENANCE.blank, 60, 71);
  return new Map<string, Uint8Array>([
    [pathKey(II), encodePath({ ...path, fineY, provenance })],
    [pinsKey(II), encodeJson([[path.x0 + 30, fineY[30 * s]]])],
  ]);
}

test('on the same geometry a person’s columns stay to the sample, the rest is the new reading', () => {
  const documents = corrected();
  const again = {
    ...base,
    paths: base.paths.map((path) => ({ ...path, fineY: path.fineY.map((row) => row + 1) })),
  };
  const carried = carryEdits(base, documents, again);
  const before = decodePath(documents.get(pathKey(II))!);
  const after = decodePath(carried.get(pathKey(II))!);
  const s = before.samplesPerPx;
  expect(after.fineY.slice(20 * s, 40 * s + 1)).toEqual(before.fineY.slice(20 * s, 40 * s + 1));
  expect(after.fineY[10]).toBe(before.fineY[10]! + 1);
  expect([...after.fineY.slice(60 * s, 70 * s + 1)].every((row) => Number.isNaN(row))).toBe(true);
  expect(after.provenance).toEqual(before.provenance);
  expect(pinsOf(carried, II)).toEqual(pinsOf(documents, II));
});

test('on another geometry they stay where they lie on the scan', () => {
  const documents = corrected();
  const shifted = shiftPage(base, 7, 3);
  const carried = carryEdits(base, documents, shifted);
  const before = decodePath(documents.get(pathKey(II))!);
  const after = decodePath(carried.get(pathKey(II))!);
  const k = 60;
  const there = canonicalToImage(
    base.rectification!.warp,
    before.x0 + k / before.samplesPerPx,
    before.fineY[k]!,
  );
  const column = before.x0 + k / before.samplesPerPx - 7;
  const row = after.fineY[(column - after.x0) * after.samplesPerPx]!;
  const here = canonicalToImage(shifted.rectification!.warp, column, row);
  expect(here[0]).toBeCloseTo(there[0], 1);
  expect(here[1]).toBeCloseTo(there[1], 1);
});

test('names and gain that a person stated stay', () => {
  const layout = base.layout!;
  const cells = layout.cells.map((cell) =>
    cell.id === 'r0c0' ? { ...cell, lead: 'V6' as const, labelSource: 'user' as const } : cell,
  );
  const stated = { ...layout, cells, gainMmPerMillivolt: 5, gainSource: 'user' as const };
  const carried = carryEdits(base, new Map([[LAYOUT_KEY, encodeJson(stated)]]), base);
  const page = applyEdits(base, carried);
  expect(page.layout!.cells[0]!.lead).toBe('V6');
  expect(page.layout!.gainMmPerMillivolt).toBe(5);
});

test('a page without leads any more takes nothing along', () => {
  const nothing = { ...base, layout: null, paths: [], signals: [] };
  expect(carryEdits(base, corrected(), nothing).size).toBe(0);
});

/** The page's layout with other cells, as a document. */
const withCells = (change: (cells: readonly LeadCell[]) => readonly LeadCell[]) =>
  new Map<string, Uint8Array>([
    [LAYOUT_KEY, encodeJson({ ...base.layout!, cells: change(base.layout!.cells) })],
  ]);
const cellsAfter = (documents: ReadonlyMap<string, Uint8Array>, again: Digitization) =>
  applyEdits(again, carryEdits(base, documents, again)).layout!.cells;

test('a lead that only a person could draw is kept where the new reading has none', () => {
  const without = {
    ...base,
    layout: { ...base.layout!, cells: base.layout!.cells.filter(({ id }) => id !== II) },
    paths: base.paths.filter(({ cellId }) => cellId !== II),
  };
  const untraced = { ...base, paths: without.paths };
  for (const again of [without, untraced]) {
    const documents = corrected();
    const carried = carryEdits(base, documents, again);
    const after = decodePath(carried.get(pathKey(II))!);
    const before = decodePath(documents.get(pathKey(II))!);
    const drawn = ({ x0, fineY, samplesPerPx: s }: typeof before) =>
      fineY.slice((before.x0 + 20 - x0) * s, (before.x0 + 40 - x0) * s + 1);
    expect(drawn(after)).toEqual(drawn(before));
    expect(applyEdits(again, carried).signals.some(({ cellId }) => cellId === II)).toBe(true);
  }
});

test('leads that a person added, took off or moved the ends of stay so, and are traced as they were', () => {
  const shifted = shiftPage(base, 7, 3);
  const [first, second, third] = base.layout!.cells as [LeadCell, LeadCell, LeadCell];
  const added = { ...first, id: 'added0', lead: 'V6' as const, labelSource: 'user' as const };
  const lower = { ...added, baselineY: first.baselineY + 400, y0: first.y0 + 400, y1: first.y1 + 400 };
  const there = cellsAfter(
    withCells((cells) => [...cells, lower]),
    shifted,
  ).find(({ id }) => id === 'added0')!;
  expect([there.lead, there.role]).toEqual(['V6', 'lead']);
  expect(there.x0).toBeCloseTo(lower.x0 - 7, 1);
  expect(there.baselineY).toBeCloseTo(lower.baselineY - 3, 1);
  expect(there.startSeconds).toBeCloseTo(first.startSeconds, 2);

  const fewer = cellsAfter(
    withCells((cells) => cells.filter(({ id }) => id !== second.id)),
    shifted,
  );
  expect(fewer.map(({ id }) => id)).toEqual(
    base.layout!.cells.filter(({ id }) => id !== second.id).map(({ id }) => id),
  );

  const longer = { ...third, x0: Math.floor(third.x0) - 20 };
  const documents = withCells((cells) => cells.map((cell) => (cell.id === third.id ? longer : cell)));
  const path = stretchPath(editedPath(base, new Map(), third.id)!, longer.x0, longer.x1);
  path.fineY.fill(300, 0, 40);
  path.confidence.fill(0.8, 0, 20);
  documents.set(pathKey(third.id), encodePath(path));
  const carried = carryEdits(base, documents, shifted);
  const stretched = applyEdits(shifted, carried).layout!.cells.find(({ id }) => id === third.id)!;
  expect(stretched.x0).toBeCloseTo(longer.x0 - 7, 1);
  expect(stretched.x1).toBeCloseTo(longer.x1 - 7, 1);
  const seconds =
    (third.x0 - longer.x0) / (base.rectification!.canonicalPxPerMm * base.layout!.speedMmPerSecond);
  expect(third.startSeconds - stretched.startSeconds).toBeCloseTo(seconds, 3);
  const traced = decodePath(carried.get(pathKey(third.id))!);
  const column = Math.round(longer.x0) + 10 - 7 - traced.x0;
  expect(traced.fineY[column * traced.samplesPerPx]).toBeCloseTo(297, 1);
});

test('a name that the machine was told, and is not told any more, goes', () => {
  const cells = base.layout!.cells.map((cell, i) =>
    i === 0 ? { ...cell, lead: 'V6' as const, labelSource: 'user' as const } : cell,
  );
  const told = { ...base, layout: { ...base.layout!, cells } };
  expect(carryEdits(told, corrected(), base).has(LAYOUT_KEY)).toBe(false);
});

test('nothing is laid over a page that was turned', () => {
  const { warp } = base.rectification!;
  const turned = {
    ...base,
    rectification: { ...base.rectification!, warp: { ...warp, xs: warp.ys, ys: warp.xs } },
  };
  expect(carryEdits(base, corrected(), turned).size).toBe(0);
});

/** The same page on a canonical raster that begins `dx`, `dy` pixels further in. */
function shiftPage(page: Digitization, dx: number, dy: number): Digitization {
  const { warp } = page.rectification!;
  const nodes = Array.from({ length: warp.xs.length }, (_, at) => {
    const i = at % warp.columns;
    const j = Math.floor(at / warp.columns);
    return canonicalToImage(warp, i * warp.stepPx + dx, j * warp.stepPx + dy);
  });
  const rectification: Rectification = {
    ...page.rectification!,
    warp: {
      ...warp,
      xs: Float32Array.from(nodes, ([x]) => x),
      ys: Float32Array.from(nodes, ([, y]) => y),
    },
  };
  const cells = page.layout!.cells.map((cell) => ({
    ...cell,
    x0: cell.x0 - dx,
    x1: cell.x1 - dx,
    baselineY: cell.baselineY - dy,
    y0: cell.y0 - dy,
    y1: cell.y1 - dy,
  }));
  const paths = page.paths.map((path) => ({
    ...path,
    x0: path.x0 - dx,
    y: path.y.map((row) => row - dy),
    fineY: path.fineY.map((row) => row - dy),
  }));
  return { ...page, rectification, layout: { ...page.layout!, cells }, paths };
}

test('regions stay where they lie on the scan, those of one lead with it, and what a model saw moves along', () => {
  const { warp } = base.rectification!;
  const cell = base.layout!.cells.find(({ id }) => id === II)!;
  const box = { x0: Math.round(cell.x0) + 20, y0: Math.round(cell.y0), x1: Math.round(cell.x0) + 60, y1: 0 };
  box.y1 = box.y0 + 30;
  const points = [
    [box.x0, box.y0],
    [box.x1, box.y0],
    [box.x1, box.y1],
    [box.x0, box.y1],
  ].map(([x, y]) => canonicalToImage(warp, x!, y!));
  const trace = new Uint8Array(40 * 30);
  trace[10 * 40 + 25] = 255;
  const plain = { points, cellId: null, gap: 'bridge', seen: null } as const;
  const documents = new Map<string, Uint8Array>([
    [regionKey('r0'), encodeRegion({ id: 'r0', kind: 'exclude', ...plain })],
    [regionKey('r1'), encodeRegion({ id: 'r1', kind: 'exclude', ...plain, cellId: II })],
    [regionKey('r2'), encodeRegion({ id: 'r2', kind: 'model', ...plain, seen: { box, trace } })],
  ]);
  const carried = regionsOf(carryEdits(base, documents, shiftPage(base, 7, 3)));
  expect(carried.map(({ id, cellId }) => [id, cellId])).toEqual([
    ['r0', null],
    ['r1', II],
    ['r2', null],
  ]);
  expect(carried[0]!.points).toEqual(points);
  const { seen } = carried[2]!;
  const at = (x: number, y: number): number =>
    seen!.trace[(y - seen!.box.y0) * (seen!.box.x1 - seen!.box.x0) + x - seen!.box.x0]!;
  const [mx, my] = imageToCanonical(
    shiftPage(base, 7, 3).rectification!.warp,
    ...canonicalToImage(warp, box.x0 + 25, box.y0 + 10),
  );
  expect(at(Math.round(mx), Math.round(my))).toBe(255);
});

test('boxes about print lie on the scan and stay, also where nothing is read or the page was turned', () => {
  const text = encodeJson({ reviewed: true, boxes: [] });
  const documents = corrected().set(TEXT_KEY, text);
  const nothing = { ...base, layout: null, rectification: null };
  for (const again of [base, shiftPage(base, 7, 3), nothing]) {
    expect(carryEdits(base, documents, again).get(TEXT_KEY)).toEqual(text);
  }
});
