import { followMask } from './follow-mask.ts';
import { drawPathMask } from './mask-from-path.ts';
import type { MaskTiles } from './mask-tiles.ts';
import type { EditResult, PageEditor } from './page-editor.ts';

/**
 * Takes a lead's mask from its path: what was painted is dropped, and the mask is the ink under the path again, from now on
 * too. Null where nothing was painted.
 */
export function takeMaskFromPath(editor: PageEditor, cellId: string): EditResult | null {
  return editor.ownsMask(cellId) ? editor.freeMask(cellId) : null;
}

/**
 * Takes a lead's path from its mask, all along: pins go. Null where the lead has no path, or nothing was painted, so that the
 * mask says no more than the path. About a second for ten seconds of lead.
 */
export function takePathFromMask(editor: PageEditor, cellId: string): EditResult | null {
  const path = editor.path(cellId);
  if (!path || !editor.ownsMask(cellId)) return null;
  const last = path.x0 + path.provenance.length - 1;
  return followMask(editor, cellId, new Map(), path.x0, last);
}

/** The mask of a lead as the machine left it: the ink under its path; empty for a lead that it did not find. About 30 ms. */
export function machineMask(editor: PageEditor, cellId: string): MaskTiles {
  const tiles: MaskTiles = new Map();
  const path = editor.machinePath(cellId);
  if (!path) return tiles;
  const { coverage } = editor.evidence.ink;
  const columns = { from: path.x0, to: path.x0 + path.provenance.length - 1, value: 1 } as const;
  drawPathMask(tiles, path, coverage, editor.ground, new Map(), columns);
  return tiles;
}
