import type { Digitization } from '../digitization.ts';
import { trimMask, type MaskWindow } from '../mask/mask-window.ts';
import type { LeadMask, PageMasks, PageOutline } from '../mask/page-masks.ts';
import { imageOutline } from '../page-view/image-outline.ts';
import type { EditDocuments } from './edit-documents.ts';
import { TILE_PX, tileName, tilePlace, type MaskTiles } from './mask-tiles.ts';
import { createPageEditor } from './page-editor.ts';
import type { PageEvidence } from './page-evidence.ts';

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
  const layout = editor.layout();
  const { imageWidth: width, imageHeight: height } = base;
  const leads = layout.cells.map(({ id, lead, role, startSeconds, endSeconds }): LeadMask => {
    return {
      cellId: id,
      lead,
      role,
      startSeconds,
      endSeconds,
      mask: fromTiles(editor.mask(id), width, height),
    };
  });
  const { warp, corners } = editor.ground.rectification;
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
