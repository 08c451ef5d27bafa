import type { RegionKind } from '../../../core/region/page-region.ts';
import { polylinesPath } from './build-paths.ts';
import { polygonBounds, type Points } from './polygon.ts';

/** A region of the page on the screen; image pixels. */
export interface RegionMark {
  readonly kind: RegionKind;
  readonly points: Points;
  readonly selected: boolean;
}

const COLOURS: Readonly<Record<RegionKind, string>> = {
  exclude: '#b3261e',
  include: '#1b7f3b',
  model: '#6b3fa0',
};
/** Distance of the hatching's lines, CSS pixels. */
const HATCH_PX = 9;

/**
 * Paints regions hatched, excluded ones down to the right, included ones up, those that a model read both ways; the context
 * is in image pixels. Some 0.1 ms each.
 */
export function paintRegions(
  context: CanvasRenderingContext2D,
  regions: readonly RegionMark[],
  scale: number,
): void {
  for (const { kind, points, selected } of regions) {
    const outline = polylinesPath([points], true);
    context.save();
    context.strokeStyle = COLOURS[kind];
    // What lies under it has to stay legible.
    context.globalAlpha = (selected ? 0.55 : 0.4) * (kind === 'model' ? 0.6 : 1);
    context.lineWidth = 1.25 / scale;
    context.save();
    context.clip(outline);
    hatch(context, polygonBounds(points), HATCH_PX / scale, kind);
    context.restore();
    context.globalAlpha = 1;
    context.lineWidth = (selected ? 3 : 1.5) / scale;
    context.setLineDash(selected ? [] : [6 / scale, 4 / scale]);
    context.stroke(outline);
    context.restore();
  }
}

function hatch(
  context: CanvasRenderingContext2D,
  { x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number },
  step: number,
  kind: RegionKind,
): void {
  const height = y1 - y0;
  context.beginPath();
  for (let x = x0 - height; x < x1; x += step) {
    if (kind !== 'include') {
      context.moveTo(x, y0);
      context.lineTo(x + height, y1);
    }
    if (kind !== 'exclude') {
      context.moveTo(x, y1);
      context.lineTo(x + height, y0);
    }
  }
  context.stroke();
}
