import type { FloatRaster } from '../image/raster.ts';
import type { LeadCell } from '../lead/layout.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { createClaims } from '../trace/ink-claims.ts';
import type { EditedPath } from './edited-path.ts';
import { layWire } from './live-wire.ts';
import type { MaskGround } from './mask-from-path.ts';
import { maskHas, type MaskTiles } from './mask-tiles.ts';
import type { PageEvidence } from './page-evidence.ts';
import { leadBand, lineThroughInk, type Stretch } from './solve-stretch.ts';

/** Coverage from which the ink under a mask, rather than the mask's own shape, tells where the line runs. */
const INKED = 0.5;

/**
 * Follows a lead's mask between two columns: through the ink under it where there is ink, else along its middle. Columns
 * without a pixel of the mask are bridged. A stretch of 200 columns takes about 10 ms.
 */
export function pathFromMask(
  mask: MaskTiles,
  path: EditedPath,
  cell: LeadCell,
  evidence: PageEvidence,
  ground: MaskGround,
  { from, to }: { readonly from: number; readonly to: number },
): Stretch {
  const { coverage } = evidence.ink;
  const { warp, canonicalPxPerMm } = ground.rectification;
  const page = leadBand(cell, from, to + 1, coverage.height, canonicalPxPerMm);
  const width = page.x1 - page.x0;
  const height = page.y1 - page.y0;
  const local: FloatRaster = { data: new Float32Array(width * height), width, height };
  for (let column = 0; column < width; column++) {
    let most = 0;
    for (let row = 0; row < height; row++) {
      const [x, y] = canonicalToImage(warp, page.x0 + column, page.y0 + row);
      if (!maskHas(mask, Math.round(x), Math.round(y))) continue;
      const share = coverage.data[(page.y0 + row) * coverage.width + page.x0 + column]!;
      local.data[row * width + column] = Math.max(1e-3, share);
      most = Math.max(most, share);
    }
    if (most >= INKED) continue;
    for (let at = column; at < local.data.length; at += width) if (local.data[at]! > 0) local.data[at] = 1;
  }
  const certainty: FloatRaster = { ...local, data: new Float32Array(local.data.length).fill(1) };
  const ink = { coverage: local, certainty, stroke: local, letters: [] };
  const band = {
    ...page,
    x0: 0,
    x1: width,
    y0: 0,
    y1: height,
    baseline: page.baseline.map((row) => row - page.y0),
  };
  const claims = createClaims(width, height);
  const rowAt = (x: number): number | null => {
    const row = path.fineY[(x - path.x0) * path.samplesPerPx];
    return row === undefined || Number.isNaN(row) ? null : row - page.y0;
  };
  const wire = layWire(ink, band, claims, 0, {
    from: rowAt(page.x0 - 1),
    to: rowAt(page.x1),
  });
  const line = lineThroughInk(
    { ink, pen: evidence.pen },
    band,
    wire.cheapest(),
    claims,
    0,
    path.samplesPerPx,
  );
  return bridge(line, path, page.x0, page.y0);
}

/** The line at its place on the page, straight over the columns that show nothing. */
function bridge(line: Stretch, path: EditedPath, x0: number, y0: number): Stretch {
  const { samplesPerPx } = path;
  const fineY = line.fineY.map((row) => row + y0);
  const outer = (x: number): number => path.fineY[(x - path.x0) * samplesPerPx] ?? Number.NaN;
  const columns = line.bare.length;
  for (let column = 0; column < columns; column++) {
    if (line.bare[column] === 0) continue;
    let end = column;
    while (end < columns && line.bare[end] === 1) end++;
    const before = column > 0 ? fineY[(column - 1) * samplesPerPx]! : outer(x0 - 1);
    const after = end < columns ? fineY[end * samplesPerPx]! : outer(x0 + columns);
    const left = Number.isNaN(before) ? after : before;
    const right = Number.isNaN(after) ? before : after;
    for (let k = (column - 1) * samplesPerPx + 1; k < end * samplesPerPx; k++) {
      if (k < 0 || k >= fineY.length) continue;
      const share = (k / samplesPerPx - (column - 1)) / (end - column + 1);
      fineY[k] = left + (right - left) * share;
    }
    column = end;
  }
  return { x0, fineY, bare: line.bare };
}
