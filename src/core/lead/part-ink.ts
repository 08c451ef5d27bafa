import type { Box, FloatRaster } from '../image/raster.ts';
import type { InkMap } from '../mask/ink-map.ts';

/** Share of lettering from which all the ink of a pixel may be part of a letter. */
const FULL = 0.4;

/** The ink of a page by what was drawn with it, as far as that is known. */
export interface PartedInk {
  /** Ink that may be trace: all of it where nothing is known of the lettering. */
  readonly lines: FloatRaster;
  /** Ink of lettering, where traces cross it too; null where nothing is known of it. */
  readonly lettering: FloatRaster | null;
}

/** Tells lettering from other ink where a model looked at the page. `coverage` is the ink, evened or not. */
export function partInk(coverage: FloatRaster, kinds: InkMap['kinds']): PartedInk {
  if (!kinds) return { lines: coverage, lettering: null };
  const { data, width, height } = coverage;
  const lines = new Float32Array(data.length);
  const letters = new Float32Array(data.length);
  for (let k = 0; k < data.length; k++) {
    letters[k] = data[k]! * Math.min(1, kinds.lettering.data[k]! / FULL);
    lines[k] = data[k]! * (1 - kinds.letteringOnly.data[k]!);
  }
  return { lines: { data: lines, width, height }, lettering: { data: letters, width, height } };
}

/** A copy of `coverage` that holds the lettering alone inside the boxes, each a pixel wider, and all else elsewhere. */
export function withLetteringIn(
  coverage: FloatRaster,
  lettering: FloatRaster,
  boxes: readonly Box[],
): FloatRaster {
  const { width, height } = coverage;
  const data = Float32Array.from(coverage.data);
  for (const { x0, y0, x1, y1 } of boxes) {
    const from = Math.max(0, x0 - 1);
    const to = Math.min(width, x1 + 1);
    for (let y = Math.max(0, y0 - 1); y < Math.min(height, y1 + 1); y++) {
      data.set(lettering.data.subarray(y * width + from, y * width + to), y * width + from);
    }
  }
  return { data, width, height };
}
