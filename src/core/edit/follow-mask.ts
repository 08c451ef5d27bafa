import type { TouchedTiles } from './mask-tiles.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import { pathFromMask } from './path-from-mask.ts';
import { refineStretch, splice } from './solve-stretch.ts';

/** Columns about the changed ones that are followed anew. */
const MARGIN_PX = 3;

/**
 * Keeps what was painted on a lead's mask: the path follows it between two canonical columns, where pins go. Only the mask
 * is kept where the lead has no path there.
 */
export function followMask(
  editor: PageEditor,
  cellId: string,
  touched: TouchedTiles,
  firstColumn: number,
  lastColumn: number,
): EditResult {
  const { ground } = editor;
  const evidence = editor.evidenceOf(cellId);
  const path = editor.path(cellId);
  if (!path) return editor.update(new Map([[cellId, { tiles: touched }]]));
  const from = Math.max(path.x0, Math.floor(firstColumn) - MARGIN_PX);
  const to = Math.min(path.x0 + path.provenance.length - 1, Math.ceil(lastColumn) + MARGIN_PX);
  if (to < from) return editor.update(new Map([[cellId, { tiles: touched }]]));
  const line = pathFromMask(editor.mask(cellId), path, editor.cell(cellId), evidence, ground, { from, to });
  const next = refineStretch(evidence, splice(path, line, from, to), from, to);
  const pins = editor.pins(cellId).filter(([x]) => x < from || x > to);
  return editor.update(new Map([[cellId, { path: next, pins, tiles: touched, columns: { from, to } }]]));
}
