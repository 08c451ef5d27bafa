import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { encodeChunks } from '../../shared/api/chunk-bytes.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { checkDocument, MAX_DOCUMENT_BYTES } from './check-document.ts';
import { encodeJson } from './edit-documents.ts';
import { encodePath, fromTracePath, type EditedPath } from './edited-path.ts';

let base: Digitization;
beforeAll(async () => {
  base = await digitizePage(drawnPage().raster);
});

const refused = (key: string, bytes: Uint8Array, code = 'usage') =>
  expect(() => checkDocument(key, bytes), `${key} ${bytes.length}`).toThrow(
    expect.objectContaining({ code }),
  );

test('what the machine found can be kept as it is', () => {
  checkDocument('layout', encodeJson(base.layout));
  for (const path of base.paths) checkDocument(`path/${path.cellId}`, encodePath(fromTracePath(path)));
  checkDocument('pins/r0c0', encodeJson([[1, 2.5]]));
  checkDocument('mask/r0c0/0,3', new Uint8Array(8192));
});

test('boxes about print lie on a picture, have a size and differ by name', () => {
  const box = { id: 'b0', kind: 'identity', text: '', x0: 1, y0: 2, x1: 30, y1: 40 };
  checkDocument('text', encodeJson({ reviewed: true, boxes: [box] }));
  for (const boxes of [
    [box, box],
    [{ ...box, x1: 1 }],
    [{ ...box, y0: -4 }],
    [{ ...box, kind: 'secret' }],
    7,
  ]) {
    refused('text', encodeJson({ reviewed: true, boxes }));
  }
});

test('a layout that could not be calibrated is refused', () => {
  const layout = base.layout!;
  const [first, ...others] = layout.cells;
  for (const wrong of [
    7,
    null,
    { ...layout, speedMmPerSecond: 0 },
    { ...layout, gainMmPerMillivolt: -10 },
    { ...layout, kind: '5x5' },
    { ...layout, cells: [first, first] },
    { ...layout, cells: [{ ...first, lead: 'V9' }, ...others] },
    { ...layout, cells: [{ ...first, x1: first!.x0 }, ...others] },
    { ...layout, cells: [{ ...first, endSeconds: 1e9 }, ...others] },
  ]) {
    refused('layout', encodeJson(wrong));
  }
});

test('a path whose parts do not fit together is refused', () => {
  const path = fromTracePath(base.paths[0]!);
  const key = `path/${path.cellId}`;
  const wrong: Partial<EditedPath>[] = [
    { cellId: 'r2c3' },
    { x0: 0.5 },
    { samplesPerPx: 0 },
    { strokeWidthPx: Number.NaN },
    { fineY: path.fineY.slice(1) },
    { fineY: path.fineY.slice().fill(Infinity, 3, 4) },
    { confidence: path.confidence.slice().fill(1.5, 3, 4) },
    { provenance: path.provenance.slice().fill(9, 3, 4) },
  ];
  for (const part of wrong) refused(key, encodePath({ ...path, ...part }));
  refused(key, encodeChunks({ cellId: path.cellId }, [path.fineY]));
});

test('other keys, other bytes and endless documents are refused', () => {
  refused('base', encodeJson({ run: 7 }));
  refused('pins/r0c0', encodeJson([[1]]));
  refused('pins/r0c0', encodeJson([[1, '2']]));
  refused('mask/r0c0/0,0', new Uint8Array(8191));
  refused('layout', new Uint8Array(MAX_DOCUMENT_BYTES + 1), 'too-large');
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('layout', 'path/a', 'mask/a/0,0'),
      (bytes, key) => {
        refused(key, bytes);
      },
    ),
    { seed: 7 },
  );
});
