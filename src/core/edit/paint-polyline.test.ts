import { beforeAll, beforeEach, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { reverseChange } from '../../shared/edit/byte-change.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { maskHas } from './mask-tiles.ts';
import { createPageEditor, type PageEditor } from './page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { paintPolyline } from './paint-polyline.ts';
import { PROVENANCE } from './provenance.ts';

const II = 'r1c0';
const BRUSH = { mode: 'paint', radiusPx: 3, onInk: false } as const;

let base: Digitization;
let evidence: PageEvidence;
let editor: PageEditor;

beforeAll(async () => {
  const { raster } = drawnPage();
  base = await digitizePage(raster);
  evidence = decodeEvidence(encodeEvidence(raster, base));
});
beforeEach(() => {
  editor = createPageEditor(base, new Map(), evidence);
});

/** Three image points 30 rows over the line of II, 40 columns apart, and their canonical columns and row. */
function overTheLine() {
  const path = editor.path(II)!;
  const first = path.x0 + Math.round(0.4 * path.provenance.length);
  const row = Math.min(...path.fineY.filter((y) => !Number.isNaN(y))) - 6;
  const columns = [first, first + 40, first + 80];
  const points = columns.map((x) => canonicalToImage(base.rectification!.warp, x, row));
  return { points, columns, row };
}

test('a line is drawn into the mask, and the path becomes it where that is asked for', () => {
  const { points, columns, row } = overTheLine();
  const before = editor.path(II)!;
  const result = paintPolyline(editor, II, points, { ...BRUSH, setsPath: true })!;
  const { fineY, x0, samplesPerPx, provenance } = editor.path(II)!;
  for (let x = columns[0]! + 1; x < columns[2]!; x++) {
    expect(Math.abs(fineY[(x - x0) * samplesPerPx]! - row)).toBeLessThan(0.5);
    expect(provenance[x - x0]).toBeGreaterThanOrEqual(PROVENANCE.human);
  }
  const beyond = (columns[2]! + 3 - x0) * samplesPerPx;
  expect(fineY[beyond]).toBe(before.fineY[beyond]);
  const [px, py] = points[1]!;
  expect(maskHas(editor.mask(II), Math.round(px), Math.round(py))).toBe(true);
  editor.apply([...result.changes].reverse().map(reverseChange));
  expect(editor.documents.size).toBe(0);
});

test('where a line turns back, its later part counts', () => {
  const { points, columns, row } = overTheLine();
  const { warp } = base.rectification!;
  const back = canonicalToImage(warp, columns[1]!, row - 8);
  const turned = canonicalToImage(warp, columns[2]!, row - 8);
  paintPolyline(editor, II, [points[0]!, points[2]!, turned, back], { ...BRUSH, setsPath: true });
  const { fineY, x0, samplesPerPx } = editor.path(II)!;
  const rowAt = (x: number): number => fineY[(x - x0) * samplesPerPx]!;
  expect(Math.abs(rowAt(columns[0]! + 20) - row)).toBeLessThan(0.5);
  expect(Math.abs(rowAt(columns[1]! + 20) - row + 8)).toBeLessThan(0.5);
});

test('without it the path stays with the ink where the mask has that, too', () => {
  const path = editor.path(II)!;
  const { warp } = base.rectification!;
  const columns = [0.3, 0.32, 0.34].map((share) => Math.round(share * path.provenance.length));
  const points = columns.map((column) =>
    canonicalToImage(warp, path.x0 + column, path.fineY[column * path.samplesPerPx]!),
  );
  paintPolyline(editor, II, points, { ...BRUSH, onInk: true, setsPath: false });
  const drawn = editor.path(II)!;
  for (const column of columns) {
    const at = column * path.samplesPerPx;
    expect(Math.abs(drawn.fineY[at]! - path.fineY[at]!)).toBeLessThan(1.5);
  }
});

test('rubbing out leaves the path to the mask', () => {
  const path = editor.path(II)!;
  const column = Math.round(0.3 * path.provenance.length);
  const [x, y] = canonicalToImage(
    base.rectification!.warp,
    path.x0 + column,
    path.fineY[column * path.samplesPerPx]!,
  );
  paintPolyline(editor, II, [[x, y]], { ...BRUSH, mode: 'erase', setsPath: true });
  expect(maskHas(editor.mask(II), Math.round(x), Math.round(y))).toBe(false);
  expect(editor.path(II)!.provenance[column]).toBe(PROVENANCE.humanBridged);
});
