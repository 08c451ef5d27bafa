import type { PageDetail } from '../../shared/api/page-record.ts';
import type { PageRegion } from '../region/page-region.ts';

/** Regions as the page view draws them: without what a model saw in them. */
export function regionViews(regions: readonly PageRegion[]): PageDetail['regions'] {
  return regions.map(({ id, kind, points }) => {
    return { id, kind, points: points.map(([x, y]): [number, number] => [x, y]) };
  });
}
