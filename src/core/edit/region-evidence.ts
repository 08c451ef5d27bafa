import type { Box, FloatRaster } from '../image/raster.ts';
import type { WarpMap } from '../page/rectification.ts';
import { applyRegion } from '../region/apply-region.ts';
import type { PageRegion } from '../region/page-region.ts';
import { regionSpans, type RegionSpans } from '../region/region-spans.ts';
import { averageStrokeAbout } from '../trace/prepare-evidence.ts';
import type { PageEvidence } from './page-evidence.ts';

/** The evidence of a page with its regions honoured. */
export interface RegionEvidence {
  /** As it holds for all leads. */
  readonly common: PageEvidence;
  /** As it holds for one lead; another one than `common` only where a region is that lead's own. */
  of(cellId: string): PageEvidence;
  /** The regions are others now; costs as much as their areas. */
  set(regions: readonly PageRegion[]): void;
}

/** What a box of the evidence was before a region changed it. */
interface Saved {
  readonly box: Box;
  readonly rasters: readonly { readonly of: FloatRaster; readonly values: Float32Array }[];
}

/** So many leads with regions of their own are at hand: each is a whole page of evidence. */
const KEPT = 2;

/**
 * Honours regions in `evidence` itself, which is put back where they go: a second copy of a page's evidence would take
 * 45 MB. Leads with regions of their own get a copy when they are asked for.
 */
export function createRegionEvidence(evidence: PageEvidence, warp: WarpMap): RegionEvidence {
  const { width, height } = evidence.ink.coverage;
  let saved: Saved[] = [];
  let own = new Map<string, PageRegion[]>();
  const copies = new Map<string, PageEvidence>();

  const spansOf = (region: PageRegion): RegionSpans => regionSpans(region, warp, width, height);

  function honour(target: PageEvidence, region: PageRegion): Saved {
    const spans = spansOf(region);
    const { coverage, certainty, stroke } = target.ink;
    const reach = Math.ceil(target.strokeWidthPx) + 2;
    const box = {
      ...spans.box,
      y0: Math.max(0, spans.box.y0 - reach),
      y1: Math.min(height, spans.box.y1 + reach),
    };
    const before: Saved = {
      box,
      rasters: [coverage, certainty, stroke].map((raster) => ({ of: raster, values: cut(raster, box) })),
    };
    const { darkness } = target;
    applyRegion(region, spans, { coverage, certainty, darkness: (pixel) => darkness[pixel]! / 255 });
    averageStrokeAbout(stroke, coverage, target.strokeWidthPx, spans.box);
    return before;
  }

  return {
    common: evidence,
    of(cellId) {
      const regions = own.get(cellId);
      if (!regions) return evidence;
      const known = copies.get(cellId);
      if (known) return known;
      const { ink } = evidence;
      const copy: PageEvidence = {
        ...evidence,
        ink: {
          ...ink,
          coverage: duplicate(ink.coverage),
          certainty: duplicate(ink.certainty),
          stroke: duplicate(ink.stroke),
        },
      };
      for (const region of regions) honour(copy, region);
      copies.set(cellId, copy);
      for (const oldest of copies.keys()) {
        if (copies.size <= KEPT) break;
        copies.delete(oldest);
      }
      return copy;
    },
    set(regions) {
      for (const { box, rasters } of saved.reverse()) {
        for (const { of, values } of rasters) paste(of, box, values);
      }
      saved = [];
      copies.clear();
      own = new Map();
      for (const region of regions) {
        if (region.cellId === null) saved.push(honour(evidence, region));
        else own.set(region.cellId, [...(own.get(region.cellId) ?? []), region]);
      }
    },
  };
}

function duplicate(raster: FloatRaster): FloatRaster {
  return { ...raster, data: raster.data.slice() };
}

function cut({ data, width }: FloatRaster, { x0, y0, x1, y1 }: Box): Float32Array {
  const across = Math.max(0, x1 - x0);
  const values = new Float32Array(across * Math.max(0, y1 - y0));
  for (let y = y0; y < y1; y++) {
    values.set(data.subarray(y * width + x0, y * width + x0 + across), (y - y0) * across);
  }
  return values;
}

function paste({ data, width }: FloatRaster, { x0, y0, x1, y1 }: Box, values: Float32Array): void {
  const across = Math.max(0, x1 - x0);
  for (let y = y0; y < y1; y++) {
    data.set(values.subarray((y - y0) * across, (y - y0 + 1) * across), y * width + x0);
  }
}
