import type { Digitization } from '../digitization.ts';
import { trimMask, type MaskWindow } from '../mask/mask-window.ts';
import type { LeadMask, PageMasks, PageOutline } from '../mask/page-masks.ts';
import { imageOutline } from '../page-view/image-outline.ts';
import type { Layout } from '../lead/layout.ts';
import { unpackInked } from '../mask/inked-pixels.ts';
import { editedPath } from './apply-edits.ts';
import { editedLayout, regionsOf, type EditDocuments } from './edit-documents.ts';
import { drawPathMask } from './mask-from-path.ts';
import { TILE_PX, tileName, tilePlace, type MaskTiles } from './mask-tiles.ts';
import { createPageEditor } from './page-editor.ts';
import type { PageEvidence } from './page-evidence.ts';
import { paintedTiles } from './painted-tiles.ts';

/**
 * The masks of a page as people corrected it, exactly as the window shows them: painted ones as they were painted, the others
 * from the ink under the corrected line. With outlines of the paper, its text and its calibration pulses. About 30 ms per ten
 * seconds of lead.
 *
 * @throws RangeError when the page has no traces
 */
export function collectPageMasks(
  base: Digitization,
  documents: EditDocuments,
  evidence: PageEvidence,
): PageMasks {
  const editor = createPageEditor(base, documents, evidence);
  return masksOf(base, editor.layout(), (cellId) => editor.mask(cellId));
}

/**
 * The same masks from the ink that was kept when the page was digitized, without a look at its picture: half a second less.
 * Null where none was kept, and where people spoke about the ink of parts of the page.
 *
 * @throws RangeError when the page has no traces, or what was kept is damaged
 */
export function collectKeptMasks(base: Digitization, documents: EditDocuments): PageMasks | null {
  const { rectification, inked, imageWidth: width, imageHeight: height } = base;
  if (!base.layout || !rectification) throw new RangeError('nothing was digitized');
  if (!inked || regionsOf(documents).length > 0) return null;
  const size = { width: rectification.canonicalWidth, height: rectification.canonicalHeight };
  const data = unpackInked(inked, size.width, size.height);
  if (!data) return null;
  return masksOf(base, editedLayout(base.layout, documents), (cellId) => {
    const tiles = paintedTiles(documents, cellId);
    const path = tiles.size === 0 ? editedPath(base, documents, cellId) : null;
    if (!path) return tiles;
    const columns = { from: path.x0, to: path.x0 + path.provenance.length - 1, value: 1 } as const;
    drawPathMask(tiles, path, { data, ...size }, { width, height, rectification }, new Map(), columns);
    return tiles;
  });
}

function masksOf(
  { imageWidth: width, imageHeight: height, rectification }: Digitization,
  layout: Layout,
  tilesOf: (cellId: string) => MaskTiles,
): PageMasks {
  const leads = layout.cells.map(({ id, lead, role, startSeconds, endSeconds }): LeadMask => {
    return {
      cellId: id,
      lead,
      role,
      startSeconds,
      endSeconds,
      mask: fromTiles(tilesOf(id), width, height),
    };
  });
  const { warp, corners } = rectification!;
  const outlines: PageOutline[] = [
    ...(corners.length === 4 ? [{ kind: 'paper', text: null, polygon: corners } as const] : []),
    ...layout.text.map(
      ({ box, text }) => ({ kind: 'text', text: text || null, polygon: imageOutline(warp, box) }) as const,
    ),
    ...layout.pulses.map(
      ({ box }) => ({ kind: 'pulse', text: null, polygon: imageOutline(warp, box) }) as const,
    ),
  ];
  return { width, height, leads, outlines };
}

/** Tiles of bits as one window. */
export function fromTiles(tiles: MaskTiles, pictureWidth: number, pictureHeight: number): MaskWindow {
  const places = [...tiles.keys()].map(tilePlace);
  if (places.length === 0) return trimMask({ x0: 0, y0: 0, width: 0, height: 0, data: new Uint8Array(0) });
  const left = Math.min(...places.map(({ i }) => i));
  const top = Math.min(...places.map(({ j }) => j));
  const width = (Math.max(...places.map(({ i }) => i)) - left + 1) * TILE_PX;
  const height = (Math.max(...places.map(({ j }) => j)) - top + 1) * TILE_PX;
  const data = new Uint8Array(width * height);
  for (const [name, tile] of tiles) {
    const { i, j } = tilePlace(name);
    const origin = (j - top) * TILE_PX * width + (i - left) * TILE_PX;
    tile.forEach((byte, at) => {
      if (byte === 0) return;
      const to = origin + Math.floor((8 * at) / TILE_PX) * width + ((8 * at) % TILE_PX);
      for (let bit = 0; bit < 8; bit++) data[to + bit] = (byte >> bit) & 1;
    });
  }
  const window = { x0: left * TILE_PX, y0: top * TILE_PX, width, height, data };
  return trimMask(window, pictureWidth, pictureHeight);
}

/** A window as tiles of bits; the reverse of {@link fromTiles}. */
export function toTiles({ x0, y0, width, height, data }: MaskWindow): MaskTiles {
  const tiles: MaskTiles = new Map();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      const [px, py] = [x0 + x, y0 + y];
      const name = tileName(Math.floor(px / TILE_PX), Math.floor(py / TILE_PX));
      let tile = tiles.get(name);
      if (!tile) tiles.set(name, (tile = new Uint8Array((TILE_PX * TILE_PX) / 8)));
      const bit = (py % TILE_PX) * TILE_PX + (px % TILE_PX);
      tile[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return tiles;
}
