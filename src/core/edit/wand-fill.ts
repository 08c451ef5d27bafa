import { canonicalToImage, imageToCanonical } from '../page/warp-map.ts';
import { fillPixels } from './fill-pixels.ts';
import { floodInk, type FloodGround } from './flood-ink.ts';
import { followMask } from './follow-mask.ts';
import { maskHas, setMask, type TouchedTiles } from './mask-tiles.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import { leadBand } from './solve-stretch.ts';

/** Ink about a point being filled into a lead's mask or taken out of it: seen at once, kept when it is right. */
export interface WandFill {
  readonly cellId: string;
  /**
   * Fills as far as the ink is darker than this share of the seed's, 0 (all ink) to 1; returns the names of the tiles
   * that changed. Costs as much as the pixels that come or go.
   */
  setThreshold(share: number): ReadonlySet<string>;
  /** Image pixels that the fill changes now. */
  area(): number;
  /** The path follows the mask in the columns that were filled. Null where nothing was. */
  finish(): EditResult | null;
  /** Takes the fill back; returns the names of the tiles that changed. */
  cancel(): ReadonlySet<string>;
}

/** How far from the pointer the seed may lie, millimetres. */
const SNAP_MM = 0.5;
/** Strength of the ink, of 255, below which nothing is ink. */
const LEAST = 20;

/**
 * Sets the wand down at an image point. Adding, the fill ends at the lead's mask as it is, removing at the end of the mask;
 * both stay in the lead's band, and go along with the stroke of another lead no farther than it takes to cross it, unless
 * the seed lies on one. Null where there is no ink (to remove: no mask). Up to 50 ms where a whole lead is filled.
 */
export function startWand(
  editor: PageEditor,
  cellId: string,
  x: number,
  y: number,
  mode: 'add' | 'remove',
): WandFill | null {
  const { ground } = editor;
  const evidence = editor.evidenceOf(cellId);
  const { warp, canonicalPxPerMm: pxPerMm } = ground.rectification;
  const { data, width, height } = evidence.ink.coverage;
  const mask = editor.mask(cellId);
  const { claims, others } = editor.claims(cellId);
  const cell = editor.cell(cellId);
  const [u, v] = imageToCanonical(warp, x, y);
  const band = leadBand(cell, cell.x0, cell.x1, height, pxPerMm, Math.max(0, Math.min(height - 1, v)));
  const adds = mode === 'add';

  const inMask = (pixel: number): boolean => {
    const [px, py] = canonicalToImage(warp, pixel % width, Math.floor(pixel / width));
    return maskHas(mask, Math.round(px), Math.round(py));
  };
  // What a person painted on bare paper has no ink to be told by.
  const strength = (pixel: number): number => {
    const value = Math.round(255 * data[pixel]!);
    return adds ? value : Math.max(LEAST, value);
  };
  const inBand = (pixel: number): boolean => {
    const column = pixel % width;
    const row = (pixel - column) / width;
    return column >= band.x0 && column < band.x1 && row >= band.y0 && row < band.y1;
  };
  const allowed = (pixel: number): boolean => inBand(pixel) && inMask(pixel) !== adds;
  const onOther = (pixel: number): boolean => (claims.bits[pixel]! & others) !== 0;

  const seed = findSeed(u, v, SNAP_MM * pxPerMm, width, height, (pixel) => {
    return strength(pixel) >= LEAST && allowed(pixel) ? strength(pixel) : 0;
  });
  if (seed === null) return null;
  const seedOnOther = onOther(seed);
  const across = 2 * Math.ceil(evidence.pen.radiusPx + evidence.pen.edgePx / 2) + 1;
  /** Pixels that the flood went along another lead's stroke. */
  const along = new Map<number, number>();
  const passable: FloodGround['passable'] = (pixel, from) => {
    if (!allowed(pixel)) return false;
    if (!adds) return onOther(pixel) === seedOnOther;
    if (seedOnOther || !onOther(pixel)) return true;
    const steps = (along.get(from) ?? 0) + 1;
    if (steps > across) return false;
    along.set(pixel, steps);
    return true;
  };
  const flood = floodInk({ width, height, strength, passable }, seed, LEAST);
  const fill = fillPixels(flood, width, ground, (px, py) => maskHas(mask, px, py) !== adds);
  const touched: TouchedTiles = new Map();
  let shown = 0;

  function showUpTo(count: number): ReadonlySet<string> {
    const tiles: TouchedTiles = new Map();
    const value = (adds === count > shown ? 1 : 0) as 0 | 1;
    for (let k = Math.min(shown, count); k < Math.max(shown, count); k++) {
      setMask(mask, fill.xs[k]!, fill.ys[k]!, value, tiles);
    }
    for (const [name, before] of tiles) if (!touched.has(name)) touched.set(name, before);
    shown = count;
    return new Set(tiles.keys());
  }

  return {
    cellId,
    setThreshold(share) {
      const level = Math.max(LEAST, Math.min(255, Math.round(share * strength(seed))));
      return showUpTo(fill.upTo[level]!);
    },
    area: () => shown,
    finish() {
      if (shown === 0) {
        for (const [name, before] of touched) if (before === null) mask.delete(name);
        return null;
      }
      let first = Infinity;
      let last = -Infinity;
      for (let k = 0; k < shown; k++) {
        first = Math.min(first, fill.columns[k]!);
        last = Math.max(last, fill.columns[k]!);
      }
      return followMask(editor, cellId, touched, first, last);
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

/** The strongest pixel about a canonical point; of equal ones the nearest. Null where none counts. */
function findSeed(
  u: number,
  v: number,
  reachPx: number,
  width: number,
  height: number,
  strength: (pixel: number) => number,
): number | null {
  let best: number | null = null;
  let most = 0;
  const reach = Math.ceil(reachPx);
  for (let y = Math.round(v) - reach; y <= Math.round(v) + reach; y++) {
    for (let x = Math.round(u) - reach; x <= Math.round(u) + reach; x++) {
      const distance = Math.hypot(x - u, y - v);
      if (x < 0 || y < 0 || x >= width || y >= height || distance > reachPx + 1) continue;
      const value = strength(y * width + x) / (1 + distance / (reachPx + 1));
      if (value > most) [best, most] = [y * width + x, value];
    }
  }
  return best;
}
