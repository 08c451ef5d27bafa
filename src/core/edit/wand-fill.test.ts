import { beforeAll, beforeEach, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { reverseChange } from '../../shared/edit/byte-change.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { Raster } from '../image/raster.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { startStroke } from './brush-stroke.ts';
import { maskArea, maskHas } from './mask-tiles.ts';
import { createPageEditor, type PageEditor } from './page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { startWand } from './wand-fill.ts';

const II = 'r1c0';
/** A blot that was printed 40 pixels under the line of II, and how large. */
const BLOT_PX = 10;

let base: Digitization;
let evidence: PageEvidence;
let blot: [number, number];
let editor: PageEditor;

beforeAll(async () => {
  const { raster } = drawnPage();
  const clean = await digitizePage(raster);
  const path = clean.paths.find(({ cellId }) => cellId === II)!;
  const middle = Math.round(path.y.length * 0.5);
  const [x, y] = canonicalToImage(clean.rectification!.warp, path.x0 + middle, path.y[middle]! + 24);
  blot = [Math.round(x), Math.round(y)];
  base = clean;
  evidence = decodeEvidence(encodeEvidence(withBlot(raster, blot), base));
});
beforeEach(() => {
  editor = createPageEditor(base, new Map(), evidence);
});

function withBlot(raster: Raster, [cx, cy]: readonly [number, number]): Raster {
  const data = raster.data.slice();
  for (let y = cy - BLOT_PX / 2; y < cy + BLOT_PX / 2; y++) {
    for (let x = cx - BLOT_PX / 2; x < cx + BLOT_PX / 2; x++) {
      for (let c = 0; c < raster.channels; c++) {
        // Half of it is pale, so that tolerance has something to tell apart.
        data[(y * raster.width + x) * raster.channels + c] = x < cx ? 20 : 120;
      }
    }
  }
  return { ...raster, data };
}

/** The middle of the line of II at a share of its length, image pixels. */
function onLine(share: number): [number, number] {
  const path = editor.path(II)!;
  const column = Math.round(share * path.provenance.length);
  return canonicalToImage(
    base.rectification!.warp,
    path.x0 + column,
    path.fineY[column * path.samplesPerPx]!,
  );
}

test('a blot is filled as far as the tolerance reaches, and the mask as it was comes back', () => {
  const before = maskArea(editor.mask(II));
  const fill = startWand(editor, II, blot[0] - 3, blot[1], 'add')!;
  fill.setThreshold(0.9);
  const dark = fill.area();
  fill.setThreshold(0.2);
  const all = fill.area();
  expect(dark).toBeGreaterThan(0.2 * BLOT_PX * BLOT_PX);
  expect(all).toBeGreaterThan(1.3 * dark);
  expect(all).toBeLessThan(2.5 * BLOT_PX * BLOT_PX);
  expect(maskArea(editor.mask(II))).toBe(before + all);
  fill.setThreshold(0.9);
  expect(maskArea(editor.mask(II))).toBe(before + dark);
  fill.cancel();
  expect(maskArea(editor.mask(II))).toBe(before);
  expect(editor.ownsMask(II)).toBe(false);
});

test('what was filled is one action, taken back to the bit', () => {
  const fill = startWand(editor, II, blot[0] - 3, blot[1], 'add')!;
  fill.setThreshold(0.3);
  const result = fill.finish()!;
  expect(editor.ownsMask(II)).toBe(true);
  expect(maskHas(editor.mask(II), blot[0] - 3, blot[1])).toBe(true);
  editor.apply([...result.changes].reverse().map(reverseChange));
  expect(editor.documents.size).toBe(0);
});

test('removing takes a blot off the mask and leaves the line', () => {
  const added = startWand(editor, II, blot[0] - 3, blot[1], 'add')!;
  added.setThreshold(0.2);
  added.finish();
  const removed = startWand(editor, II, blot[0] - 3, blot[1], 'remove')!;
  removed.setThreshold(0);
  removed.finish();
  expect(maskHas(editor.mask(II), blot[0] - 3, blot[1])).toBe(false);
  const [x, y] = onLine(0.2);
  expect(maskHas(editor.mask(II), Math.round(x), Math.round(y))).toBe(true);
});

test('a stretch that was rubbed out is filled again, up to the mask on either side and not beyond', () => {
  const [x, y] = onLine(0.3);
  const whole = maskArea(editor.mask(II));
  const eraser = startStroke(editor, II, { mode: 'erase', radiusPx: 12, onInk: false });
  eraser.extend(x, y);
  eraser.finish();
  const rubbed = whole - maskArea(editor.mask(II));
  expect(rubbed).toBeGreaterThan(20);
  const fill = startWand(editor, II, x, y, 'add')!;
  fill.setThreshold(0.5);
  expect(fill.area()).toBeGreaterThan(0.5 * rubbed);
  expect(fill.area()).toBeLessThan(1.5 * rubbed);
});

test('a brush that is pressed lightly is narrower', () => {
  const [x, y] = onLine(0.3);
  const area = (share: number): number => {
    editor = createPageEditor(base, new Map(), evidence);
    const before = maskArea(editor.mask(II));
    const stroke = startStroke(editor, II, { mode: 'paint', radiusPx: 12, onInk: false });
    stroke.extend(x, y + 30, share);
    return maskArea(editor.mask(II)) - before;
  };
  expect(area(1)).toBeGreaterThan(3 * area(0.5));
});

test('there is nothing to fill on bare paper, and nothing to take off beside the mask', () => {
  const [x, y] = onLine(0.3);
  expect(startWand(editor, II, x, y + 14, 'add')).toBeNull();
  expect(startWand(editor, II, blot[0] - 3, blot[1], 'remove')).toBeNull();
});
