import { maskPrefix, type EditDocuments } from './edit-documents.ts';
import type { MaskTiles } from './mask-tiles.ts';

/** The mask of a lead as somebody painted it, copied from the documents; empty where nobody did. */
export function paintedTiles(documents: EditDocuments, cellId: string): MaskTiles {
  const tiles: MaskTiles = new Map();
  const prefix = maskPrefix(cellId);
  for (const [key, bytes] of documents) {
    if (key.startsWith(prefix)) tiles.set(key.slice(prefix.length), Uint8Array.from(bytes));
  }
  return tiles;
}
