import type { FloatRaster } from '../image/raster.ts';

/** Where pen ink lies on the canonical page, with paper, shadows and grid taken away. */
export interface InkMap {
  /** Share of each canonical pixel covered by trace-coloured ink, 0..1 (labels and pulses included). */
  readonly coverage: FloatRaster;
  /** How much each pixel can say about ink: 1 on clear paper, towards 0 where a grid line is as dark as the ink. */
  readonly certainty?: FloatRaster;
  /** Typical thickness of the pen stroke in canonical pixels. */
  readonly strokeWidthPx: number;
}
