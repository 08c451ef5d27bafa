import type { FloatRaster } from '../image/raster.ts';
import type { RegionSpans } from '../region/region-spans.ts';

/** Where pen ink lies on the canonical page, with paper, shadows and grid taken away. */
export interface InkMap {
  /** Share of each canonical pixel covered by trace-coloured ink, 0..1 (labels and pulses included). */
  readonly coverage: FloatRaster;
  /** How much each pixel can say about ink: 1 on clear paper, towards 0 where a grid line is as dark as the ink. */
  readonly certainty?: FloatRaster;
  /** Share of each pixel that is darker than the paper, grid included, 0..1; only where it was asked for. */
  readonly darkness?: FloatRaster;
  /** What a model sees in the ink of each pixel; absent where none looked at the page. */
  readonly kinds?: InkKinds;
  /** Where people say that all ink counts. */
  readonly stated?: readonly RegionSpans[];
  /** Typical thickness of the pen stroke in canonical pixels. */
  readonly strokeWidthPx: number;
}

/** Shares of ink by what was drawn with it. A pixel where lettering crosses a trace has much of both. */
export interface InkKinds {
  /** The coverage without what the model takes for shade, grid or dirt. */
  readonly coverage: FloatRaster;
  /** Share of the pixel that lettering covers, 0..1. */
  readonly lettering: FloatRaster;
  /** Share of the pixel's ink that is lettering and nothing else, 0..1: what a tracer does well to forget. */
  readonly letteringOnly: FloatRaster;
}
