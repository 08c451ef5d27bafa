import type { FloatRaster } from '../image/raster.ts';
import type { PageRegion } from './page-region.ts';
import { eachRun, type RegionSpans } from './region-spans.ts';

/** Ink that regions change, in place. */
export interface RegionInk {
  readonly coverage: FloatRaster;
  readonly certainty: FloatRaster;
  /** How dark a pixel is against the paper with nothing taken away, 0..1; null where that is not known. */
  readonly darkness: ((pixel: number) => number) | null;
}

/** Darkness, of a full stroke's 1, below which even an included region has paper: most grids are paler. */
const PAPER = 0.5;

/**
 * Makes the ink inside a region what a person said of it. Nothing is known under an excluded one; what an included one
 * has is fully believed.
 */
export function applyRegion(
  { kind, seen }: Pick<PageRegion, 'kind' | 'seen'>,
  spans: RegionSpans,
  { coverage, certainty, darkness }: RegionInk,
): void {
  const { width } = coverage;
  eachRun(spans, (y, first, last) => {
    const from = y * width + first;
    const to = y * width + last;
    if (kind === 'exclude') {
      coverage.data.fill(0, from, to + 1);
      certainty.data.fill(0, from, to + 1);
      return;
    }
    if (kind === 'include') {
      if (!darkness) return;
      certainty.data.fill(1, from, to + 1);
      for (let pixel = from; pixel <= to; pixel++) {
        const dark = darkness(pixel);
        if (dark >= PAPER && dark > coverage.data[pixel]!) coverage.data[pixel] = dark;
      }
      return;
    }
    if (!seen || y < seen.box.y0 || y >= seen.box.y1) return;
    const { x0, x1, y0 } = seen.box;
    for (let x = Math.max(first, x0); x <= Math.min(last, x1 - 1); x++) {
      coverage.data[y * width + x] = seen.trace[(y - y0) * (x1 - x0) + x - x0]! / 255;
      certainty.data[y * width + x] = 1;
    }
  });
}
