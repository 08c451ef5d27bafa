import { imageToCanonical } from '../page/warp-map.ts';
import { followMask } from './follow-mask.ts';
import { eachPixel, setMask, type TouchedTiles } from './mask-tiles.ts';
import type { EditResult, PageEditor } from './page-editor.ts';

/** How a brush paints. */
export interface Brush {
  readonly mode: 'paint' | 'erase';
  /** Image pixels. */
  readonly radiusPx: number;
  /** Only pixels with ink are painted. */
  readonly onInk: boolean;
}

/** A brush on the mask of one lead: painted at once, followed by the lead's path when it is lifted. */
export interface BrushStroke {
  readonly cellId: string;
  /** Tiles of the mask as they were. */
  readonly touched: TouchedTiles;
  /**
   * Paints on to an image point; returns the names of the tiles that changed.
   *
   * @param share - how much of the brush's radius counts there, 0..1; all of it when absent
   */
  extend(x: number, y: number, share?: number): ReadonlySet<string>;
  /** The path follows the mask in the columns that were painted. Null where nothing was. */
  finish(): EditResult | null;
  /** Takes the stroke back; returns the names of the tiles that changed. */
  cancel(): ReadonlySet<string>;
}

/** Share of ink from which a pixel counts as inked. */
const INKED = 0.3;

/** Sets a brush down. */
export function startStroke(editor: PageEditor, cellId: string, brush: Brush): BrushStroke {
  const { ground } = editor;
  const { coverage } = editor.evidenceOf(cellId).ink;
  const { warp } = ground.rectification;
  const mask = editor.mask(cellId);
  const touched: TouchedTiles = new Map();
  const value = brush.mode === 'paint' ? 1 : 0;
  let last: readonly [number, number] | null = null;
  let lastShare = 1;
  let firstColumn = Infinity;
  let lastColumn = -Infinity;

  const isInked = (x: number, y: number): boolean => {
    const [u, v] = imageToCanonical(warp, x, y);
    const column = Math.round(u);
    const row = Math.round(v);
    if (column < 0 || row < 0 || column >= coverage.width || row >= coverage.height) return false;
    return coverage.data[row * coverage.width + column]! >= INKED;
  };

  return {
    cellId,
    touched,
    extend(x, y, share = 1) {
      const [ax, ay] = last ?? [x, y];
      if (!last) lastShare = share;
      last = [x, y];
      const names = new Set<string>();
      const tiles: TouchedTiles = new Map();
      const radiusPx = (brush.radiusPx * (share + lastShare)) / 2;
      lastShare = share;
      eachPixel({ ax, ay, bx: x, by: y, radiusPx }, ground.width, ground.height, (px, py) => {
        if (value === 1 && brush.onInk && !isInked(px, py)) return;
        setMask(mask, px, py, value, tiles);
      });
      for (const [name, before] of tiles) {
        names.add(name);
        if (!touched.has(name)) touched.set(name, before);
      }
      if (names.size > 0) {
        for (const [px, py] of [
          [Math.min(ax, x) - radiusPx, Math.min(ay, y) - radiusPx],
          [Math.max(ax, x) + radiusPx, Math.min(ay, y) - radiusPx],
          [Math.min(ax, x) - radiusPx, Math.max(ay, y) + radiusPx],
          [Math.max(ax, x) + radiusPx, Math.max(ay, y) + radiusPx],
        ] as const) {
          const [column] = imageToCanonical(warp, px, py);
          firstColumn = Math.min(firstColumn, column);
          lastColumn = Math.max(lastColumn, column);
        }
      }
      return names;
    },
    finish() {
      if (touched.size === 0) return null;
      return followMask(editor, cellId, touched, firstColumn, lastColumn);
    },
    cancel() {
      for (const [name, before] of touched) {
        if (before === null) mask.delete(name);
        else mask.set(name, before);
      }
      return new Set(touched.keys());
    },
  };
}
