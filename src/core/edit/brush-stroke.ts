import { imageToCanonical } from '../page/warp-map.ts';
import type { RegionLook } from '../region/page-region.ts';
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
  /** What a model saw of the page: where it is given, ink is what the model takes for trace. */
  readonly seen?: RegionLook | null;
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
  const inkAt = inkReader(editor, cellId, brush.seen ?? null);
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
    return inkAt(Math.round(u), Math.round(v)) >= INKED;
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

/** Share of ink at a canonical pixel: that of the lead's evidence, or what a model saw there; 0 off the page. */
function inkReader(
  editor: PageEditor,
  cellId: string,
  seen: RegionLook | null,
): (column: number, row: number) => number {
  if (seen) {
    const { box, trace } = seen;
    const across = box.x1 - box.x0;
    return (column, row) => {
      if (column < box.x0 || row < box.y0 || column >= box.x1 || row >= box.y1) return 0;
      return trace[(row - box.y0) * across + column - box.x0]! / 255;
    };
  }
  const { data, width, height } = editor.evidenceOf(cellId).ink.coverage;
  return (column, row) => {
    if (column < 0 || row < 0 || column >= width || row >= height) return 0;
    return data[row * width + column]!;
  };
}
