import type { Box, Raster } from '../../image/raster.ts';
import { applyLamp } from '../conditions/apply-lamp.ts';
import { applyLight } from '../conditions/apply-light.ts';
import { applyMoire } from '../conditions/apply-moire.ts';
import { applySensor } from '../conditions/apply-sensor.ts';
import { createBackground, plainBackground, type Background } from '../conditions/background.ts';
import { createMissingPaper, type PaperDepth } from '../conditions/missing-paper.ts';
import { createPageWarp, type PageWarp } from '../conditions/page-warp.ts';
import { warpRaster } from '../conditions/warp-raster.ts';
import { wearPaper } from '../conditions/wear-paper.ts';
import { createRandom } from '../random.ts';
import { sampleField } from '../sample-field.ts';
import type { PageDrawing } from './page-drawing.ts';
import type { ResolvedPageOptions } from './page-options.ts';
import { flatFrame, paintPage } from './paint-page.ts';
import type { PaperScale } from './paint-strokes.ts';

/** The geometry of a page before its camera. */
export interface PagePlan {
  readonly scale: PaperScale;
  /** The whole flat page, pixels. */
  readonly flat: Box;
  /** Null when the picture is the flat page. */
  readonly warp: PageWarp | null;
  /** Size of the whole picture before it is turned. */
  readonly picture: { readonly width: number; readonly height: number };
  /** Where paper is missing; null when it is whole. */
  readonly depth: PaperDepth | null;
}

const MM_PER_INCH = 25.4;
/** Flat pixels painted beside what a part of the picture shows, for the interpolation. */
const MARGIN_PX = 4;

/** Plans the way of a page to its picture: scale, bends, camera, missing paper. */
export function planPage(options: ResolvedPageOptions): PagePlan {
  const { conditions, paperMm } = options;
  const scale: PaperScale = {
    pxPerMmX: (options.dpi / MM_PER_INCH) * options.scale[0],
    pxPerMmY: (options.dpi / MM_PER_INCH) * options.scale[1],
  };
  const flat = flatFrame(options, scale);
  const size = { width: flat.x1, height: flat.y1 };
  const random = createRandom(options.seed);
  const pxPerMm = (scale.pxPerMmX + scale.pxPerMmY) / 2;
  const warp = createPageWarp({ ...size, pxPerMm }, conditions, random.fork('warp'));
  const depth = conditions.missing
    ? createMissingPaper(paperMm, conditions.missing, random.fork('missing'))
    : null;
  return { scale, flat, warp, picture: warp ?? size, depth };
}

/**
 * Draws a part of the picture of a page: painted flat, worn, bent and seen by a camera, lit, taken by a sensor. RGB, or
 * one channel for gray and two-level pages. Everything random depends on the seed and the place on the page only,
 * except the noise of grain and sensor.
 *
 * @param frame part of the picture, pixels; whole multiples of 8 keep the blocks of JPEG where the whole page has them
 */
export function drawPicture(
  drawing: PageDrawing,
  options: ResolvedPageOptions,
  plan: PagePlan,
  frame: Box,
): Raster {
  const { scale, flat, warp, picture: full, depth } = plan;
  const { conditions, paperMm } = options;
  const random = createRandom(options.seed);
  const part = warp ? flatPartOf(warp, flat, frame) : frame;
  const paper = paintPage(drawing, options, scale, part);
  const pxPerMm = (scale.pxPerMmX + scale.pxPerMmY) / 2;
  const size = { width: flat.x1, height: flat.y1 };
  wearPaper(
    { picture: paper, frame: part, full: size, paperMm, pxPerMm },
    conditions,
    warp?.creases ?? [],
    random.fork('wear'),
  );
  const { colour = [255, 255, 255] as const, texture } = conditions.surround ?? {};
  const background = texture
    ? createBackground(colour, texture, Math.max(full.width, full.height), random.fork('desk'))
    : plainBackground(colour);
  if (depth) cutMissing(paper, part, depth, scale, background);
  let raster = warp ? warpRaster(paper, part, warp, frame, background) : paper;
  applyLight(raster, frame, full, conditions, random.fork('light'));
  applyLamp(raster, frame, full, conditions, random.fork('lamp'));
  if (conditions.moire) applyMoire(raster, frame, conditions.moire, random.fork('moire'));
  raster = applySensor(raster, conditions, random.fork('sensor'));
  return raster;
}

/** The part of the flat page that a part of the picture shows. */
function flatPartOf(warp: PageWarp, flat: Box, frame: Box): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  const steps = 12;
  for (let j = 0; j <= steps; j++) {
    for (let i = 0; i <= steps; i++) {
      const x = frame.x0 + ((frame.x1 - frame.x0) * i) / steps;
      const y = frame.y0 + ((frame.y1 - frame.y0) * j) / steps;
      const [u, v] = warp.toFlat(x, y);
      x0 = Math.min(x0, u);
      y0 = Math.min(y0, v);
      x1 = Math.max(x1, u);
      y1 = Math.max(y1, v);
    }
  }
  // Between the probes the paper may bulge a little.
  const margin = MARGIN_PX + 0.02 * Math.max(x1 - x0, y1 - y0);
  const left = Math.min(flat.x1 - 1, Math.max(0, Math.floor(x0 - margin)));
  const top = Math.min(flat.y1 - 1, Math.max(0, Math.floor(y0 - margin)));
  return {
    x0: left,
    y0: top,
    x1: Math.max(left + 1, Math.min(flat.x1, Math.ceil(x1 + margin))),
    y1: Math.max(top + 1, Math.min(flat.y1, Math.ceil(y1 + margin))),
  };
}

/** Puts the background where the paper is missing. */
function cutMissing(
  paper: Raster,
  part: Box,
  depth: PaperDepth,
  scale: PaperScale,
  background: Background,
): void {
  const { data, width, height } = paper;
  const stepPx = Math.max(2, Math.round(scale.pxPerMmX * 0.4));
  sampleField(
    { width, height, stepPx },
    (x, y) => depth((x + part.x0) / scale.pxPerMmX, (y + part.y0) / scale.pxPerMmY),
    (y, row) => {
      for (let x = 0; x < width; x++) {
        if (row[x]! < 0) background(x + part.x0, y + part.y0, data, (y * width + x) * 3);
      }
    },
  );
}
