import type { FloatRaster } from '../image/raster.ts';
import type { TracePath } from '../trace/trace-path.ts';

/** Beyond the pen's radius so much of a stroke's blurred edge goes with it, millimetres. */
const EDGE_MM = 0.35;

/**
 * The ink that no traced line explains: a copy of the coverage without what lies along the paths, steep flanks
 * included.
 */
export function erasePaths(coverage: FloatRaster, paths: readonly TracePath[], pxPerMm: number): FloatRaster {
  const { width, height } = coverage;
  const data = coverage.data.slice();
  for (const { x0, y, strokeWidthPx } of paths) {
    const reach = strokeWidthPx / 2 + EDGE_MM * pxPerMm;
    const side = Math.ceil(reach);
    for (let k = 0; k < y.length; k++) {
      if (Number.isNaN(y[k]!)) continue;
      let low = y[k]!;
      let high = y[k]!;
      // A flank between two columns is ink of both.
      for (const other of [y[k - 1], y[k + 1]]) {
        if (other === undefined || Number.isNaN(other)) continue;
        low = Math.min(low, other);
        high = Math.max(high, other);
      }
      const from = Math.max(0, Math.floor(low - reach));
      const to = Math.min(height - 1, Math.ceil(high + reach));
      const left = Math.max(0, x0 + k - side);
      const right = Math.min(width - 1, x0 + k + side);
      for (let row = from; row <= to; row++) data.fill(0, row * width + left, row * width + right + 1);
    }
  }
  return { data, width, height };
}
