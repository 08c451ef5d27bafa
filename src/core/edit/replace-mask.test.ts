import { beforeAll, expect, test } from 'vitest';
import { drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { maskWindowArea, uniteMasks, type MaskWindow } from '../mask/mask-window.ts';
import { collectPageMasks } from './collect-page-masks.ts';
import { matchMasks, type StretchMask } from './match-masks.ts';
import { createPageEditor } from './page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { isHuman } from './provenance.ts';
import { replaceMask } from './replace-mask.ts';

let base: Digitization;
let evidence: PageEvidence;
let masks: readonly (StretchMask & { readonly cellId: string })[];
beforeAll(async () => {
  const { raster } = drawnPage();
  base = await digitizePage(raster);
  evidence = decodeEvidence(encodeEvidence(raster, base));
  masks = collectPageMasks(base, new Map(), evidence).leads.map(({ cellId, lead, role, mask }) => {
    return { cellId, lead, role, mask };
  });
});

test('a page takes its own masks back without moving a line, and they read as they were put', () => {
  const editor = createPageEditor(base, new Map(), evidence);
  const { cellId, mask } = masks[2]!;
  const before = editor.path(cellId)!;
  const { changes } = replaceMask(editor, cellId, mask);
  expect(changes.length).toBeGreaterThan(1);
  const after = editor.path(cellId)!;
  const apart = [...after.fineY]
    .map((y, k) => Math.abs(y - before.fineY[k]!))
    .filter((d) => !Number.isNaN(d));
  apart.sort((a, b) => a - b);
  expect(apart[Math.floor(0.98 * apart.length)]!).toBeLessThan(1);
  expect(after.provenance.filter(isHuman).length).toBeGreaterThan(0.95 * after.provenance.length);
  const again = collectPageMasks(base, editor.documents, evidence).leads.find(
    (lead) => lead.cellId === cellId,
  )!;
  const size = { width: base.imageWidth, height: base.imageHeight };
  expect(drawnMask(again.mask, size)).toBe(drawnMask(mask, size));
});

test('a mask that lies elsewhere takes the line with it', () => {
  const editor = createPageEditor(base, new Map(), evidence);
  const { cellId } = masks[2]!;
  const { mask: other } = masks[3]!;
  const flat: MaskWindow = {
    ...masks[2]!.mask,
    height: 2,
    data: new Uint8Array(2 * masks[2]!.mask.width).fill(1),
  };
  replaceMask(editor, cellId, flat);
  const { fineY } = editor.path(cellId)!;
  const inner = fineY.subarray(60, fineY.length - 60);
  expect(Math.max(...inner) - Math.min(...inner)).toBeLessThan(4);
  expect(other.width).toBeGreaterThan(0);
});

test('masks find their stretches by name, and strips without a name by place', () => {
  const { cells } = base.layout!;
  const { warp } = base.rectification!;
  const rhythm = cells.find(({ role }) => role === 'rhythm')!;
  const { byCell, unmatched } = matchMasks(cells, warp, masks);
  expect(unmatched).toEqual([]);
  for (const { cellId, mask } of masks)
    expect(maskWindowArea(byCell.get(cellId)!)).toBe(maskWindowArea(mask));
  const strip = masks.find(({ cellId }) => cellId === rhythm.id)!;
  const short = masks.find(({ lead, role }) => lead === rhythm.lead && role === 'lead')!;
  const nameless = matchMasks(cells, warp, [{ lead: null, role: 'rhythm', mask: strip.mask }]);
  expect([...nameless.byCell.keys()]).toEqual([rhythm.id]);
  const onlyStrips = cells.map((cell) => ({ ...cell, role: 'rhythm' as const }));
  const both = matchMasks(onlyStrips, warp, [
    { lead: null, role: 'rhythm', mask: uniteMasks(strip.mask, short.mask) },
  ]);
  expect(maskWindowArea(both.byCell.get(rhythm.id)!)).toBeGreaterThan(0.9 * maskWindowArea(strip.mask));
  expect(maskWindowArea(both.byCell.get(short.cellId)!)).toBeGreaterThan(0.9 * maskWindowArea(short.mask));
  expect(matchMasks([], warp, masks).unmatched).toHaveLength(masks.length);
});
