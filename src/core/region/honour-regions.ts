import type { InkMap } from '../mask/ink-map.ts';
import type { WarpMap } from '../page/rectification.ts';
import { applyRegion } from './apply-region.ts';
import type { PageRegion } from './page-region.ts';
import { regionSpans } from './region-spans.ts';

/** A region as the digitizer needs it. */
export type InkRegion = Pick<PageRegion, 'points'> & { readonly kind: 'exclude' | 'include' };

/**
 * The regions that hold whatever the reading: those of all leads. What was said of one lead, or seen by a model on another
 * reading, is kept by the traces that were corrected by it.
 */
export function inkRegions(regions: readonly PageRegion[]): InkRegion[] {
  return regions.flatMap(({ kind, points, cellId }) =>
    kind === 'model' || cellId !== null ? [] : [{ kind, points }],
  );
}

/**
 * Makes the ink of a page what people said of its regions, in place; needs `darkness` where one is included. What they
 * included is not taken for lettering later on.
 */
export function honourRegions(ink: InkMap, regions: readonly InkRegion[], warp: WarpMap): InkMap {
  if (regions.length === 0) return ink;
  const { coverage, darkness } = ink;
  const { width, height } = coverage;
  const certainty = ink.certainty ?? { ...coverage, data: new Float32Array(coverage.data.length).fill(1) };
  const stated = regions.map((region) => {
    const spans = regionSpans(region, warp, width, height);
    const look = darkness ? (pixel: number) => darkness.data[pixel]! : null;
    applyRegion({ kind: region.kind, seen: null }, spans, { coverage, certainty, darkness: look });
    return spans;
  });
  const included = stated.filter((_, k) => regions[k]!.kind === 'include');
  return { ...ink, certainty, ...(included.length > 0 ? { stated: included } : {}) };
}
