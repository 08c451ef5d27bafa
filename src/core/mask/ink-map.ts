import type { FloatRaster } from '../image/raster.ts';

/** Where pen ink lies on the canonical page, with paper, shadows and grid taken away. */
export interface InkMap {
  /** Share of each canonical pixel covered by trace-coloured ink, 0..1 (labels and pulses included). */
  readonly coverage: FloatRaster;
  /** Typical thickness of the pen stroke in canonical pixels. */
  readonly strokeWidthPx: number;
}
