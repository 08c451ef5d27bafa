import type { MaskWindow } from '../mask/mask-window.ts';
import { imageToCanonical } from '../page/warp-map.ts';
import { toTiles } from './collect-page-masks.ts';
import type { TouchedTiles } from './mask-tiles.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import { pathFromMask } from './path-from-mask.ts';
import { refineStretch, splice } from './solve-stretch.ts';

/**
 * Puts another mask in the place of a lead's: the path follows it in the columns that it covers, elsewhere it stays. About a
 * second for ten seconds of lead.
 */
export function replaceMask(editor: PageEditor, cellId: string, next: MaskWindow): EditResult {
  const { ground, evidence } = editor;
  const mask = editor.mask(cellId);
  const touched: TouchedTiles = new Map();
  for (const [name, tile] of mask) touched.set(name, tile.slice());
  mask.clear();
  for (const [name, tile] of toTiles(next)) {
    if (!touched.has(name)) touched.set(name, null);
    mask.set(name, tile);
  }
  const path = editor.path(cellId);
  const span = columnsOf(editor, next);
  if (!path || !span) return editor.update(new Map([[cellId, { tiles: touched }]]));
  const from = Math.max(path.x0, Math.floor(span[0]));
  const to = Math.min(path.x0 + path.provenance.length - 1, Math.ceil(span[1]));
  if (to < from) return editor.update(new Map([[cellId, { tiles: touched }]]));
  const line = pathFromMask(mask, path, editor.cell(cellId), evidence, ground, { from, to });
  const followed = refineStretch(evidence, splice(path, line, from, to), from, to);
  const pins = editor.pins(cellId).filter(([x]) => x < from || x > to);
  return editor.update(new Map([[cellId, { path: followed, pins, tiles: touched, columns: { from, to } }]]));
}

/** First and last column of the flat page that a mask reaches; null for an empty one. */
function columnsOf(
  { ground }: PageEditor,
  { x0, y0, width, height, data }: MaskWindow,
): [number, number] | null {
  let least = Infinity;
  let most = -Infinity;
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const left = row.indexOf(1);
    if (left < 0) continue;
    for (const x of [left, row.lastIndexOf(1)]) {
      const [column] = imageToCanonical(ground.rectification.warp, x0 + x, y0 + y);
      least = Math.min(least, column);
      most = Math.max(most, column);
    }
  }
  return most < least ? null : [least, most];
}
