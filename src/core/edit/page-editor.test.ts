import { beforeEach, beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { reverseChange } from '../../shared/edit/byte-change.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { RegionLook } from '../region/page-region.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { addLead, dropLead, resizeLead } from './edit-cell.ts';
import { startStroke } from './brush-stroke.ts';
import { editColumns, giveColumns, swapColumns } from './edit-columns.ts';
import { pathKey } from './edit-documents.ts';
import { encodePath, type EditedPath } from './edited-path.ts';
import { machineMask, takeMaskFromPath, takePathFromMask } from './mask-and-path.ts';
import { maskArea } from './mask-tiles.ts';
import { createPageEditor, type EditResult, type PageEditor } from './page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { pageResidual } from './page-residual.ts';
import { dragPin, pinAt, removePin } from './pin-drag.ts';
import { isHuman, PROVENANCE } from './provenance.ts';

let base: Digitization;
let evidence: PageEvidence;
let editor: PageEditor;
const II = 'r1c0';

beforeAll(async () => {
  const { raster } = drawnPage();
  base = await digitizePage(raster);
  evidence = decodeEvidence(encodeEvidence(raster, base));
});
beforeEach(() => {
  editor = createPageEditor(base, new Map(), evidence);
});

const rowsOf = (path: EditedPath) => Float32Array.from(path.fineY);

/** Largest difference of two lines, pixels. */
function apart(a: Float32Array, b: Float32Array): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k]! - b[k]!));
  return most;
}

/** The lead as if the machine had gone astray: its line runs `rows` too high in some columns. */
function astray(cellId: string, from: number, to: number, rows: number): PageEditor {
  const path = editor.path(cellId)!;
  const fineY = path.fineY.slice();
  const s = path.samplesPerPx;
  for (let k = (from - path.x0) * s; k <= (to - path.x0) * s; k++) fineY[k]! -= rows;
  const paths = base.paths.map((other) =>
    other.cellId === cellId ? { ...other, fineY, y: other.y.slice() } : other,
  );
  return createPageEditor({ ...base, paths }, new Map(), evidence);
}

/** After taking the changes of an action back, the page is what it was. */
function expectUndone(
  page: PageEditor,
  results: readonly EditResult[],
  before: Map<string, Uint8Array>,
): void {
  for (const { changes } of [...results].reverse()) page.apply([...changes].reverse().map(reverseChange));
  expect(new Map(page.documents)).toEqual(before);
}

test('one pin brings a line back that had left its ink, and nothing else moves', () => {
  const truth = rowsOf(editor.path(II)!);
  const { x0, provenance, samplesPerPx } = editor.path(II)!;
  const from = x0 + Math.round(0.4 * provenance.length);
  const lost = astray(II, from, from + 60, 40);
  const before = new Map(lost.documents);
  expect(apart(rowsOf(lost.path(II)!), truth)).toBeGreaterThan(30);
  const x = from + 30;
  const y = truth[(x - x0) * samplesPerPx]!;
  const drag = dragPin(lost, II, x, y + 3, null)!;
  drag.move(x, y + 2);
  const result = drag.finish();
  const mended = lost.path(II)!;
  expect(apart(rowsOf(mended), truth)).toBeLessThan(1.5);
  const human = [...mended.provenance].flatMap((value, column) => (isHuman(value) ? [x0 + column] : []));
  expect(Math.min(...human)).toBeGreaterThan(from - 15);
  expect(Math.max(...human)).toBeLessThan(from + 75);
  expect(lost.pins(II)).toHaveLength(1);
  expect(lost.signal(II)!.trust!).toBeGreaterThanOrEqual(base.signals[0]!.trust! - 1);
  expectUndone(lost, [result], before);
});

test('a pin off all ink is obeyed; taken away, the machine has its line back', () => {
  const { x0, provenance, samplesPerPx } = editor.path(II)!;
  const x = x0 + Math.round(provenance.length / 2);
  const before = rowsOf(editor.path(II)!);
  const y = before[(x - x0) * samplesPerPx]! + 25;
  dragPin(editor, II, x, y, null)!.finish();
  const at = editor.path(II)!.fineY[(x - x0) * samplesPerPx]!;
  expect(Math.abs(at - y)).toBeLessThan(4);
  const index = pinAt(editor.pins(II), x + 1, y - 1, 6)!;
  removePin(editor, II, index);
  expect(editor.pins(II)).toEqual([]);
  expect(apart(rowsOf(editor.path(II)!), before)).toBe(0);
});

test('moving a pin takes its correction along', () => {
  const { x0, provenance, samplesPerPx } = editor.path(II)!;
  const before = rowsOf(editor.path(II)!);
  const x = x0 + Math.round(provenance.length / 2);
  const y = before[(x - x0) * samplesPerPx]!;
  dragPin(editor, II, x, y + 25, null)!.finish();
  const drag = dragPin(editor, II, x, y + 25, 0)!;
  drag.move(x, y);
  drag!.finish();
  expect(editor.pins(II)).toHaveLength(1);
  expect(apart(rowsOf(editor.path(II)!), before)).toBeLessThan(1);
});

test('the mask of a lead is the ink under its line', () => {
  const mask = editor.mask(II);
  const { strokeWidthPx, provenance } = editor.path(II)!;
  const flat = strokeWidthPx * provenance.length;
  expect(maskArea(mask)).toBeGreaterThan(0.8 * flat);
  expect(maskArea(mask)).toBeLessThan(5 * flat);
  expect(editor.ownsMask(II)).toBe(false);
});

test('erasing a stretch of the mask bridges it, painting it again follows the ink', () => {
  const truth = rowsOf(editor.path(II)!);
  const { x0, provenance, samplesPerPx } = editor.path(II)!;
  const first = x0 + Math.round(provenance.length / 3);
  const results: EditResult[] = [];
  const imageAt = (x: number): [number, number] =>
    canonicalToImage(base.rectification!.warp, x, truth[(x - x0) * samplesPerPx]!);
  const sweep = (mode: 'paint' | 'erase', onInk: boolean): void => {
    const stroke = startStroke(editor, II, { mode, radiusPx: 9, onInk });
    for (let x = first; x <= first + 24; x++) stroke.extend(...imageAt(x));
    results.push(stroke.finish()!);
  };
  const area = maskArea(editor.mask(II));
  sweep('erase', false);
  expect(maskArea(editor.mask(II))).toBeLessThan(area - 20);
  expect(editor.ownsMask(II)).toBe(true);
  expect(editor.path(II)!.provenance[first + 12 - x0]).toBe(PROVENANCE.humanBridged);
  sweep('paint', true);
  expect(apart(rowsOf(editor.path(II)!), truth)).toBeLessThan(1.5);
  expect(editor.path(II)!.provenance[first + 12 - x0]).toBe(PROVENANCE.human);
  expectUndone(editor, results, new Map());
  expect(apart(rowsOf(editor.path(II)!), truth)).toBe(0);
});

test('a stroke that is cancelled leaves no trace', () => {
  const area = maskArea(editor.mask(II));
  const { x0, fineY } = editor.path(II)!;
  const stroke = startStroke(editor, II, { mode: 'paint', radiusPx: 12, onInk: false });
  stroke.extend(...canonicalToImage(base.rectification!.warp, x0 + 30, fineY[60]! - 30));
  expect(maskArea(editor.mask(II))).toBeGreaterThan(area + 300);
  stroke.cancel();
  expect(maskArea(editor.mask(II))).toBe(area);
  expect(editor.documents.size).toBe(0);
});

test('what is not printed has no samples, and can be bridged, retraced and given back', () => {
  const { x0, provenance, samplesPerPx } = editor.path(II)!;
  const truth = rowsOf(editor.path(II)!);
  const range = { cellId: II, from: x0 + 40, to: x0 + 80 };
  editColumns(editor, range, 'blank');
  const { millivolts } = editor.signal(II)!;
  const missing = millivolts.filter((value) => Number.isNaN(value)).length;
  expect(missing / millivolts.length).toBeCloseTo(41 / provenance.length, 1);
  editColumns(editor, range, 'bridge');
  expect([...editor.signal(II)!.millivolts].some((value) => Number.isNaN(value))).toBe(false);
  const k = 60 * samplesPerPx;
  expect(editor.path(II)!.fineY[k]! - editor.path(II)!.fineY[k - 1]!).toBeCloseTo(
    editor.path(II)!.fineY[k + 1]! - editor.path(II)!.fineY[k]!,
    3,
  );
  editColumns(editor, range, 'retrace');
  const strays = rowsOf(editor.path(II)!).filter((row, at) => Math.abs(row - truth[at]!) > 1);
  expect(strays.length).toBeLessThan(4);
  editColumns(editor, range, 'machine');
  expect(apart(rowsOf(editor.path(II)!), truth)).toBe(0);
});

test('a brush that goes by what a model saw paints there alone, ink or not', () => {
  const path = editor.path(II)!;
  const x0 = path.x0 + 40;
  const y0 = Math.round(path.fineY[40 * path.samplesPerPx]!) - 40;
  const { warp } = base.rectification!;
  const sweep = (seen: RegionLook): number => {
    const before = maskArea(editor.mask(II));
    const stroke = startStroke(editor, II, { mode: 'paint', radiusPx: 4, onInk: true, seen });
    stroke.extend(...canonicalToImage(warp, x0, y0));
    stroke.extend(...canonicalToImage(warp, x0 + 20, y0));
    const added = maskArea(editor.mask(II)) - before;
    stroke.cancel();
    return added;
  };
  const box = { x0: x0 - 6, y0: y0 - 6, x1: x0 + 26, y1: y0 + 6 };
  const area = (box.x1 - box.x0) * (box.y1 - box.y0);
  expect(sweep({ box, trace: new Uint8Array(area).fill(255) })).toBeGreaterThan(150);
  expect(sweep({ box, trace: new Uint8Array(area) })).toBe(0);
  // What lies beside all that it saw is none.
  expect(sweep({ box: { x0: 0, y0: 0, x1: 1, y1: 1 }, trace: Uint8Array.of(255) })).toBe(0);
});

test('two leads exchange a stretch', () => {
  const a = editor.path('r1c0')!;
  const b = editor.path('r2c0')!;
  const x = Math.max(a.x0, b.x0) + 50;
  const row = (path: EditedPath): number => path.fineY[(x - path.x0) * path.samplesPerPx]!;
  const [rowA, rowB] = [row(a), row(b)];
  swapColumns(editor, 'r1c0', 'r2c0', { from: x - 10, to: x + 10 });
  expect([row(editor.path('r1c0')!), row(editor.path('r2c0')!)]).toEqual([rowB, rowA]);
});

test('a stretch is given to the lead whose ink it had followed, and its own lead is traced past it', () => {
  const [a, b] = ['r1c0', 'r2c0'];
  const [mine, theirs] = [editor.path(a!)!, editor.path(b!)!];
  const from = Math.max(mine.x0, theirs.x0) + 50;
  const to = from + 40;
  const stray = (path: EditedPath, row: (x: number) => number): Float32Array =>
    path.fineY.map((y, k) => {
      const x = path.x0 + k / path.samplesPerPx;
      return x >= from && x <= to ? row(x) : y;
    });
  const rowOf = (path: EditedPath, x: number): number =>
    path.fineY[Math.round((x - path.x0) * path.samplesPerPx)]!;
  // A peak that falls 28 rows per column may be found a third of a column further on: rows are compared with those that
  // the line passes from the sample before to the one behind.
  const beside = (path: EditedPath, x: number, row: number): number => {
    const k = Math.round((x - path.x0) * path.samplesPerPx);
    const passed = path.fineY.subarray(k - 1, k + 2);
    return Math.max(0, Math.min(...passed) - row, row - Math.max(...passed));
  };
  // The one runs along the other's ink, the other has lost it.
  const lines = new Map([
    [a, stray(mine, (x) => rowOf(theirs, x))],
    [b, stray(theirs, () => rowOf(theirs, from) + 9)],
  ]);
  const paths = base.paths.map((path) => ({ ...path, fineY: lines.get(path.cellId) ?? path.fineY }));
  const wrong = createPageEditor({ ...base, paths }, new Map(), evidence);
  const result = giveColumns(wrong, a!, b!, { from, to })!;
  for (let x = from + 2; x < to - 2; x++) {
    expect(beside(wrong.path(a!)!, x, rowOf(mine, x))).toBeLessThan(3);
    expect(Math.abs(rowOf(wrong.path(b!)!, x) - rowOf(theirs, x))).toBeLessThan(0.1);
  }
  expectUndone(wrong, [result], new Map());
});

test('a lead that is made longer is traced there, made shorter it is cut; its moments stay', () => {
  const cell = editor.cell(II);
  const truth = rowsOf(editor.path(II)!);
  const { x0 } = editor.path(II)!;
  const second = (x: number): number => {
    const { millivolts, startSeconds, fs } = editor.signal(II)!;
    const now = editor.cell(II);
    const pxPerSecond = (now.x1 - now.x0) / (now.endSeconds - now.startSeconds);
    return millivolts[Math.round((now.startSeconds + (x - now.x0) / pxPerSecond - startSeconds) * fs)]!;
  };
  const before = second(cell.x0 + 70);
  const results = [resizeLead(editor, II, cell.x0 + 40, cell.x1 - 30)!];
  expect(editor.path(II)!.provenance).toHaveLength(Math.round(cell.x1) - Math.round(cell.x0) - 70);
  expect(second(cell.x0 + 70)).toBeCloseTo(before, 1);
  results.push(resizeLead(editor, II, cell.x0, cell.x1)!);
  const again = editor.path(II)!;
  const strays = again.fineY.filter(
    (row, k) => !(Math.abs(row - truth[k + (again.x0 - x0) * again.samplesPerPx]!) < 1.5),
  );
  expect(strays.length).toBeLessThan(6);
  expect([...again.provenance].some(isHuman)).toBe(false);
  expectUndone(editor, results, new Map());
});

test('a lead that was overlooked is added with its trace, and taken off again', () => {
  const { x0, x1, y0, y1, lead } = editor.cell(II);
  const truth = editor.signal(II)!.millivolts;
  dropLead(editor, II);
  expect(editor.layout().cells.some(({ id }) => id === II)).toBe(false);
  const result = addLead(editor, { x0, x1, y0, y1 }, lead)!;
  const added = editor.layout().cells.at(-1)!;
  expect(added).toMatchObject({ lead: 'II', row: 1 });
  // A cell begins at a whole column of pixels.
  expect(added.startSeconds).toBeCloseTo(0, 2);
  expect(result.cellIds).toContain(added.id);
  const { millivolts } = editor.signal(added.id)!;
  const far = truth.filter((value, i) => !(Math.abs(value - millivolts[i]!) < 0.1)).length;
  expect(far).toBeLessThan(0.05 * truth.length);
});

test('what a trace misses and what it invents shows, and nothing where it is right', () => {
  const clean = pageResidual(editor);
  const all = editor.layout().cells.reduce((sum, { id }) => sum + maskArea(editor.mask(id)), 0);
  expect(maskArea(clean.missed)).toBeLessThan(0.005 * all);
  expect(maskArea(clean.invented)).toBeLessThan(0.005 * all);
  const { x0, provenance } = editor.path(II)!;
  const from = x0 + Math.round(0.4 * provenance.length);
  const lost = pageResidual(astray(II, from, from + 60, 30));
  expect(maskArea(lost.missed)).toBeGreaterThan(100);
  expect(maskArea(lost.invented)).toBeGreaterThan(100);
});

test('a page opened with its documents is the page that was left', () => {
  const { x0 } = editor.path(II)!;
  editColumns(editor, { cellId: II, from: x0 + 40, to: x0 + 80 }, 'bridge');
  const again = createPageEditor(base, editor.documents, evidence);
  expect(again.path(II)).toEqual(editor.path(II));
  expect(again.documents.get(pathKey(II))).toEqual(encodePath(editor.path(II)!));
});

test('boxes about print are changed without touching a lead, and taken back', () => {
  const found = editor.textBoxes();
  const result = editor.setTextBoxes({ reviewed: true, boxes: found.boxes.slice(1) });
  expect(result.cellIds).toEqual([]);
  expect(editor.textBoxes()).toEqual({ reviewed: true, boxes: found.boxes.slice(1) });
  const back = editor.apply([...result.changes].reverse().map(reverseChange));
  expect(back.cellIds).toEqual([]);
  expect(editor.textBoxes()).toEqual(found);
});

test('the mask is taken from the path, which drops what was painted, and back again by undo', () => {
  expect(takeMaskFromPath(editor, II)).toBeNull();
  expect(takePathFromMask(editor, II)).toBeNull();
  const machine = maskArea(editor.mask(II));
  expect(maskArea(machineMask(editor, II))).toBe(machine);
  const path = editor.path(II)!;
  const k = Math.round(path.fineY.length / 2);
  const [x, y] = canonicalToImage(
    editor.ground.rectification.warp,
    path.x0 + k / path.samplesPerPx,
    path.fineY[k]!,
  );
  const stroke = startStroke(editor, II, { mode: 'paint', radiusPx: 6, onInk: false });
  stroke.extend(x, y - 12);
  stroke.finish();
  const painted = maskArea(editor.mask(II));
  expect(painted).toBeGreaterThan(machine);
  expect(maskArea(machineMask(editor, II))).toBe(machine);
  const { changes } = takeMaskFromPath(editor, II)!;
  expect(editor.ownsMask(II)).toBe(false);
  expect(maskArea(editor.mask(II))).not.toBe(painted);
  editor.apply(changes.map(reverseChange));
  expect(maskArea(editor.mask(II))).toBe(painted);
});

test('the path is taken from the whole mask: it runs where was painted, and pins go', () => {
  const path = editor.path(II)!;
  const at = path.x0 + Math.round(path.provenance.length / 2);
  const stroke = startStroke(editor, II, { mode: 'paint', radiusPx: 2, onInk: false });
  const [x, y] = canonicalToImage(
    editor.ground.rectification.warp,
    at,
    path.fineY[(at - path.x0) * path.samplesPerPx]!,
  );
  stroke.extend(x, y);
  stroke.finish();
  const drag = dragPin(editor, II, at + 40, path.fineY[(at + 40 - path.x0) * path.samplesPerPx]! - 30, null);
  drag!.finish();
  const moved = rowsOf(editor.path(II)!);
  expect(editor.pins(II)).toHaveLength(1);
  const taken = takePathFromMask(editor, II)!;
  expect(taken.cellIds).toEqual([II]);
  expect(editor.pins(II)).toEqual([]);
  expect(apart(moved, rowsOf(editor.path(II)!))).toBeGreaterThan(0);
});
