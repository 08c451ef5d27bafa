import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { arbitraryMask, drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { maskWindowArea } from '../mask/mask-window.ts';
import { encodeRegion } from '../region/page-region.ts';
import { applyEdits, editedPath } from './apply-edits.ts';
import { collectKeptMasks, collectPageMasks, fromTiles, toTiles } from './collect-page-masks.ts';
import { maskKey, pathKey, regionKey } from './edit-documents.ts';
import { encodePath } from './edited-path.ts';
import { TILE_BYTES, maskArea } from './mask-tiles.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { PROVENANCE } from './provenance.ts';
import { provenanceRuns } from './provenance-runs.ts';

let base: Digitization;
let evidence: PageEvidence;
beforeAll(async () => {
  const { raster } = drawnPage();
  base = await digitizePage(raster);
  evidence = decodeEvidence(encodeEvidence(raster, base));
});

test('tiles and windows say the same', () => {
  fc.assert(
    fc.property(arbitraryMask(20, 20), fc.nat(300), fc.nat(600), (mask, dx, dy) => {
      const moved = mask.width === 0 ? mask : { ...mask, x0: mask.x0 + dx, y0: mask.y0 + dy };
      const tiles = toTiles(moved);
      expect(maskArea(tiles)).toBe(maskWindowArea(moved));
      expect(fromTiles(tiles, 1000, 1000)).toEqual(moved);
    }),
  );
});

test('every lead has the ink under its line, what was painted is as it was painted', () => {
  const tile = new Uint8Array(TILE_BYTES);
  tile[0] = 0b101;
  const { id } = base.layout!.cells[1]!;
  const masks = collectPageMasks(base, new Map([[maskKey(id, 1, 0), tile]]), evidence);
  expect(masks.leads.map(({ cellId }) => cellId)).toEqual(base.layout!.cells.map((cell) => cell.id));
  for (const { cellId, mask } of masks.leads) {
    if (cellId === id) continue;
    expect(mask.width).toBeGreaterThan(100);
    expect(maskWindowArea(mask)).toBeGreaterThan(mask.width);
  }
  const painted = masks.leads.find(({ cellId }) => cellId === id)!.mask;
  expect(painted).toMatchObject({ x0: 256, y0: 0 });
  expect(drawnMask({ ...painted, x0: 0 }, { width: 3, height: 1 })).toBe('#.#');
  expect(masks.outlines.map(({ kind }) => kind)).toContain('paper');
});

test('masks of the ink that was kept are those of the ink looked at again, corrected and painted ones too', () => {
  expect(base.inked).toBeInstanceOf(Uint8Array);
  const tile = new Uint8Array(TILE_BYTES).fill(7);
  const [drawn, painted] = base.layout!.cells;
  const path = editedPath(base, new Map(), drawn!.id)!;
  const corrected = {
    ...path,
    fineY: path.fineY.map((y, k) => y + (k % 40 < 20 ? 1.5 : -1)),
    provenance: path.provenance.slice().fill(PROVENANCE.humanBridged, 30, 60),
  };
  const documents = new Map([
    [pathKey(drawn!.id), encodePath(corrected)],
    [maskKey(painted!.id, 1, 0), tile],
  ]);
  for (const edits of [new Map(), documents]) {
    const kept = collectKeptMasks(base, edits)!;
    expect(kept).toEqual(collectPageMasks(base, edits, evidence));
    expect(kept.leads.every(({ mask }) => mask.width > 0)).toBe(true);
  }
});

test('no masks come of ink that nobody kept, or that people spoke about', () => {
  const { inked, ...old } = base;
  expect(
    collectKeptMasks({ ...base, inked: Uint8Array.from([99, ...inked!.slice(1)]) }, new Map()),
  ).toBeNull();
  expect(collectKeptMasks(old, new Map())).toBeNull();
  const points = [
    [10, 10],
    [90, 10],
    [90, 90],
  ] as const;
  const region = encodeRegion({ id: 'a', kind: 'exclude', points, cellId: null, gap: 'blank', seen: null });
  expect(collectKeptMasks(base, new Map([[regionKey('a'), region]]))).toBeNull();
});

test('runs of provenance cover every column once and say who drew it', () => {
  const { id } = base.layout!.cells[0]!;
  const path = editedPath(base, new Map(), id)!;
  const provenance = path.provenance
    .slice()
    .fill(PROVENANCE.machine)
    .fill(PROVENANCE.human, 10, 20)
    .fill(PROVENANCE.blank, 20, 25);
  const documents = new Map([[pathKey(id), encodePath({ ...path, provenance })]]);
  const runs = provenanceRuns(applyEdits(base, documents), documents);
  const mine = runs.filter(({ cellId }) => cellId === id);
  expect(mine.map(({ source }) => source)).toEqual(['model', 'human', 'blank', 'model']);
  expect(mine[1]).toMatchObject({ firstColumn: path.x0 + 10, lastColumn: path.x0 + 19 });
  expect(mine.at(-1)!.lastColumn).toBe(path.x0 + provenance.length - 1);
  expect(mine[0]!.endSeconds).toBe(mine[1]!.startSeconds);
  const columns = runs.reduce((sum, { firstColumn, lastColumn }) => sum + lastColumn - firstColumn + 1, 0);
  expect(columns).toBe(base.paths.reduce((sum, { y }) => sum + y.length, 0));
});
