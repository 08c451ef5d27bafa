import type { Raster } from '../../image/raster.ts';
import { turnRaster } from '../conditions/turn-raster.ts';
import { drawPage } from './draw-page.ts';
import { drawPicture, planPage } from './draw-picture.ts';
import { resolvePageOptions, type PageOptions } from './page-options.ts';
import { pageTruth, type PageTruth } from './page-truth.ts';

/** A drawn page and everything known about it. */
export interface RenderedPage {
  /** RGB, or one channel for gray and two-level pages. */
  readonly raster: Raster;
  readonly truth: PageTruth;
}

/**
 * Draws an ECG page as a file would show it: laid out and painted flat, worn, bent and seen by a camera, lit, and
 * taken by a sensor. The same options give the same bytes.
 *
 * @throws RangeError for resolutions outside 72..600 dpi, signals too short, rows too long for the paper
 *
 * Cost: 0.2 s for a flat page of 2200 x 1700 pixels, about 1 s with every condition.
 *
 * @example
 * const { raster, truth } = renderPage({ signals: ecg.leads, fs: ecg.fs, layout: '3x4+1', dpi: 150 });
 */
export function renderPage(pageOptions: PageOptions): RenderedPage {
  const options = resolvePageOptions(pageOptions);
  if (!(options.dpi >= 72 && options.dpi <= 600)) {
    throw new RangeError(`renderPage: ${options.dpi} dpi, 72..600 are possible`);
  }
  const drawing = drawPage(options);
  const plan = planPage(options);
  const { width, height } = plan.picture;
  const raster = drawPicture(drawing, options, plan, { x0: 0, y0: 0, x1: width, y1: height });
  const flat = { width: plan.flat.x1, height: plan.flat.y1 };
  return {
    raster: turnRaster(raster, options.conditions.quarterTurns ?? 0),
    truth: pageTruth(drawing, options, plan.scale, flat, plan.warp),
  };
}
