import { canonicalStepPx } from '../../page/canonical-step.ts';
import type { Box } from '../../image/raster.ts';
import type { PagePlan } from '../page/draw-picture.ts';
import type { PageDrawing } from '../page/page-drawing.ts';
import type { ResolvedPageOptions } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';

/** Where a part of the flat canonical page lies on the paper and in the picture. */
export interface CanonicalFrame {
  readonly pxPerMm: number;
  readonly width: number;
  readonly height: number;
  /** Canonical pixel of the part where a point of the paper is seen, residual error included. */
  readonly fromPaper: (xMm: number, yMm: number) => [number, number];
  /** The paper seen at a canonical pixel of the part. */
  readonly toPaper: (x: number, y: number) => [number, number];
  /** Pixel of the whole picture that belongs to a canonical pixel of the part. */
  readonly toPicture: (x: number, y: number) => [number, number];
  /** The paper within the part, and a little more. Millimetres. */
  readonly area: Box;
}

/** Greatest error our rectifier leaves, canonical pixels. */
const LARGEST_ERROR_PX = 0.4;
/** Share of a cropped part that may lie beside the paper. */
const OVERHANG = 0.12;

/**
 * Lays out the canonical page of a drawing as `rectifyPage` would find it, strong grid lines on multiples of five
 * millimetres, give or take a smooth random error; a random part of it when `crop` is given.
 */
export function createCanonicalFrame(
  drawing: PageDrawing,
  options: ResolvedPageOptions,
  plan: PagePlan,
  crop: { readonly widthPx: number; readonly heightPx: number } | null,
  random: Random,
): CanonicalFrame {
  const [paperWidth, paperHeight] = options.paperMm;
  const { pxPerMmX, pxPerMmY } = plan.scale;
  const paperToPicture = (xMm: number, yMm: number): [number, number] => {
    const x = xMm * pxPerMmX - 0.5;
    const y = yMm * pxPerMmY - 0.5;
    return plan.warp ? plan.warp.toImage(x, y) : [x, y];
  };
  const [centreX, centreY] = [paperWidth / 2, paperHeight / 2];
  const [ax, ay] = paperToPicture(centreX - 20, centreY);
  const [bx, by] = paperToPicture(centreX + 20, centreY);
  const [cx, cy] = paperToPicture(centreX, centreY - 20);
  const [dx, dy] = paperToPicture(centreX, centreY + 20);
  const stepPx = canonicalStepPx(Math.hypot(bx - ax, by - ay) / 40, Math.hypot(dx - cx, dy - cy) / 40);
  const pxPerMm = stepPx / 5;
  const originX = drawing.gridBox.x0 - 5 * Math.ceil(drawing.gridBox.x0 / 5);
  const originY = drawing.gridBox.y0 - 5 * Math.ceil(drawing.gridBox.y0 / 5);
  const fullWidth = Math.ceil((paperWidth - originX) / 5) * stepPx + 1;
  const fullHeight = Math.ceil((paperHeight - originY) / 5) * stepPx + 1;
  const width = crop?.widthPx ?? fullWidth;
  const height = crop?.heightPx ?? fullHeight;
  const left = crop ? place(fullWidth, width, random) : 0;
  const top = crop ? place(fullHeight, height, random) : 0;

  const size = random.uniform(0, LARGEST_ERROR_PX);
  const wavelength = random.uniform(25, 80) * pxPerMm;
  const noiseX = createSmoothNoise(random, wavelength);
  const noiseY = createSmoothNoise(random, wavelength);
  const toPaper = (x: number, y: number): [number, number] => {
    const [u, v] = [x + left, y + top];
    return [(u - size * noiseX(u, v)) / pxPerMm + originX, (v - size * noiseY(u, v)) / pxPerMm + originY];
  };
  return {
    pxPerMm,
    width,
    height,
    toPaper,
    toPicture: (x, y) => paperToPicture(...toPaper(x, y)),
    fromPaper: (xMm, yMm) => {
      const u = (xMm - originX) * pxPerMm;
      const v = (yMm - originY) * pxPerMm;
      return [u + size * noiseX(u, v) - left, v + size * noiseY(u, v) - top];
    },
    area: {
      x0: (left - 4) / pxPerMm + originX,
      y0: (top - 4) / pxPerMm + originY,
      x1: (left + width + 4) / pxPerMm + originX,
      y1: (top + height + 4) / pxPerMm + originY,
    },
  };
}

/** Whole-pixel start of a part, mostly on the page. */
function place(full: number, part: number, random: Random): number {
  const over = OVERHANG * part;
  const low = Math.min(-over, (full - part) / 2);
  const high = Math.max(full - part + over, (full - part) / 2);
  return Math.round(random.uniform(low, high));
}
