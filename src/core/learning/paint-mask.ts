import { maskHas, tilePlace, TILE_PX, type MaskTiles } from '../edit/mask-tiles.ts';
import type { FloatRaster } from '../image/raster.ts';
import type { WarpMap } from '../page/rectification.ts';
import { canonicalToImage, imageToCanonical } from '../page/warp-map.ts';
import type { CoveragePlane } from '../synthesis/page/paint-strokes.ts';

/**
 * Lays a mask of image pixels over a plane of canonical ones: where a painted pixel has ink, the plane gets as much of it.
 * About 60 ms per painted tile.
 */
export function paintMask(plane: CoveragePlane, mask: MaskTiles, coverage: FloatRaster, warp: WarpMap): void {
  const { data, width, height } = plane;
  for (const name of mask.keys()) {
    const { i, j } = tilePlace(name);
    const box = canonicalBox(warp, i * TILE_PX, j * TILE_PX);
    for (let y = Math.max(0, box.top); y < Math.min(height, box.bottom); y++) {
      for (let x = Math.max(0, box.left); x < Math.min(width, box.right); x++) {
        const [px, py] = canonicalToImage(warp, x, y);
        const [column, row] = [Math.round(px), Math.round(py)];
        if (column < 0 || row < 0 || !maskHas(mask, column, row)) continue;
        const at = y * width + x;
        data[at] = Math.max(data[at]!, Math.min(255, Math.round(255 * coverage.data[at]!)));
      }
    }
  }
}

/** Canonical pixels that a tile may show up in; a bent page has its extremes near the corners of so small a part. */
function canonicalBox(
  warp: WarpMap,
  x: number,
  y: number,
): { left: number; right: number; top: number; bottom: number } {
  const corners = [
    [x, y],
    [x + TILE_PX, y],
    [x, y + TILE_PX],
    [x + TILE_PX, y + TILE_PX],
  ].map(([px, py]) => imageToCanonical(warp, px!, py!));
  const xs = corners.map(([cx]) => cx);
  const ys = corners.map(([, cy]) => cy);
  const margin = 4;
  return {
    left: Math.floor(Math.min(...xs)) - margin,
    right: Math.ceil(Math.max(...xs)) + margin,
    top: Math.floor(Math.min(...ys)) - margin,
    bottom: Math.ceil(Math.max(...ys)) + margin,
  };
}
