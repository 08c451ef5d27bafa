import { beforeAll, expect, test } from 'vitest';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { applyEdits, editedPath } from './apply-edits.ts';
import { encodeJson, LAYOUT_KEY, pathKey } from './edit-documents.ts';
import { encodePath } from './edited-path.ts';
import { PROVENANCE } from './provenance.ts';

let base: Digitization;
beforeAll(async () => {
  base = await digitizePage(drawnPage().raster);
});

test('without corrections a page is what the machine found', () => {
  expect(applyEdits(base, new Map())).toBe(base);
});

test('a corrected path changes its lead alone, and its columns are trusted', () => {
  const { id } = base.layout!.cells[3]!;
  const path = editedPath(base, new Map(), id)!;
  const fineY = path.fineY.slice();
  fineY.fill(fineY[0]! - 40, 100, 140);
  const provenance = path.provenance.slice().fill(PROVENANCE.human, 50, 70);
  const documents = new Map([[pathKey(id), encodePath({ ...path, fineY, provenance })]]);
  const edited = applyEdits(base, documents);
  const changed = edited.signals.filter((signal, i) => signal.millivolts !== base.signals[i]!.millivolts);
  expect(changed.map(({ cellId }) => cellId)).toEqual([id]);
  const before = base.signals.find(({ cellId }) => cellId === id)!;
  expect(changed[0]!.trust!).toBeGreaterThan(before.trust!);
  const far = before.millivolts.filter((value, i) => Math.abs(changed[0]!.millivolts[i]! - value) > 0.5);
  expect(far.length).toBeGreaterThan(20);
  expect(far.length).toBeLessThan(120);
});

test('renaming a lead keeps its samples, another gain scales them', () => {
  const layout = base.layout!;
  const cells = layout.cells.map((cell, i) => (i === 0 ? { ...cell, lead: 'V6' as const } : cell));
  const renamed = applyEdits(base, new Map([[LAYOUT_KEY, encodeJson({ ...layout, cells })]]));
  expect(renamed.signals[0]!.lead).toBe('V6');
  expect(renamed.signals[0]!.millivolts).toBe(base.signals[0]!.millivolts);
  const half = encodeJson({ ...layout, gainMmPerMillivolt: layout.gainMmPerMillivolt / 2 });
  const scaled = applyEdits(base, new Map([[LAYOUT_KEY, half]]));
  for (let i = 0; i < 200; i++) {
    expect(scaled.signals[0]!.millivolts[i]).toBeCloseTo(2 * base.signals[0]!.millivolts[i]!, 4);
  }
});

test('a path that was not touched calibrates to the very samples the machine gave', () => {
  const { id } = base.layout!.cells[2]!;
  const edited = applyEdits(base, new Map([[pathKey(id), encodePath(editedPath(base, new Map(), id)!)]]));
  const at = base.signals.findIndex(({ cellId }) => cellId === id);
  expect(edited.signals[at]!.millivolts).toEqual(base.signals[at]!.millivolts);
  expect(edited.signals[at]!.trust).toBe(base.signals[at]!.trust);
});
