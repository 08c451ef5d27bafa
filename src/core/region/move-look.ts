import type { Rectification, WarpMap } from '../page/rectification.ts';
import { canonicalToImage, imageToCanonical } from '../page/warp-map.ts';
import type { PageRegion, RegionLook } from './page-region.ts';
import { eachRun, regionSpans } from './region-spans.ts';

/** What a model saw in a region, on another geometry of the same scan; null where the region lies off it. */
export function moveLook(
  region: PageRegion,
  { box, trace }: RegionLook,
  from: WarpMap,
  to: Rectification,
): RegionLook | null {
  const spans = regionSpans(region, to.warp, to.canonicalWidth, to.canonicalHeight);
  const { x0, x1, y0, y1 } = spans.box;
  if (spans.runs.length === 0) return null;
  const moved = new Uint8Array((x1 - x0) * (y1 - y0));
  const across = box.x1 - box.x0;
  eachRun(spans, (y, first, last) => {
    let guess: [number, number] | undefined;
    for (let x = first; x <= last; x++) {
      guess = imageToCanonical(from, ...canonicalToImage(to.warp, x, y), guess);
      const column = Math.round(guess[0]) - box.x0;
      const row = Math.round(guess[1]) - box.y0;
      if (column < 0 || row < 0 || column >= across || row >= box.y1 - box.y0) continue;
      moved[(y - y0) * (x1 - x0) + x - x0] = trace[row * across + column]!;
    }
  });
  return { box: spans.box, trace: moved };
}
