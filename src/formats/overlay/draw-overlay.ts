import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { LeadCell } from '../../core/lead/layout.ts';
import { canonicalToImage } from '../../core/page/warp-map.ts';
import type { Rectification } from '../../core/page/rectification.ts';
import type { TracePath } from '../../core/trace/trace-path.ts';
import { captionLines, drawCaption } from './draw-caption.ts';
import { drawText } from './draw-text.ts';
import { FAILURE_COLOUR, GRID_COLOUR, OVERLAY_COLOURS } from './overlay-colours.ts';
import { blendLayer, createStrokeLayer, strokeLine, strokePath, type StrokeLayer } from './stroke-layer.ts';
import { paintPaleGray, uprightView, type UprightView } from './upright-view.ts';

export interface OverlayOptions {
  /** Longest side of the page in the picture, pixels. */
  readonly maxSidePx?: number;
}

/**
 * Draws what was digitized back over the page: the page upright and pale, grid lattice faint, each traced lead in its
 * colour with its name and the ends of its cell, leads without a trace crossed out in red, and a caption above with
 * status, layout, scale and confidence. RGB; about 150 ms for 2200x1700 pixels.
 *
 * @param image the decoded page that was digitized (same size)
 * @throws RangeError when the sizes differ
 */
export function drawOverlay(image: Raster, page: Digitization, options: OverlayOptions = {}): Raster {
  if (image.width !== page.imageWidth || image.height !== page.imageHeight) {
    throw new RangeError(
      `drawOverlay: image of ${image.width}x${image.height}, digitized at ${page.imageWidth}x${page.imageHeight}`,
    );
  }
  const { rectification } = page;
  const view = uprightView(
    image.width,
    image.height,
    rectification?.quarterTurns ?? 0,
    options.maxSidePx ?? 2200,
  );
  const linePx = Math.max(24, Math.round(Math.max(view.width, view.height) / 34));
  const captionPx = linePx * captionLines(page);
  const picture = paintPaleGray(image, view, captionPx);
  const layer = createStrokeLayer(picture.width, picture.height);
  if (rectification) drawFindings(picture, layer, page, rectification, view, captionPx);
  // Last, on clean paper: a trace gone astray must not hide what is said about it.
  picture.data.fill(255, 0, captionPx * picture.width * 3);
  drawCaption(picture, layer, page, linePx);
  return picture;
}

function drawFindings(
  picture: Raster,
  layer: StrokeLayer,
  page: Digitization,
  rectification: Rectification,
  view: UprightView,
  captionPx: number,
): void {
  const pen: Pen = {
    layer,
    toPicture: canonicalToPicture(rectification, view, captionPx),
    pxPerMm: Math.max(1, rectification.pxPerMmX * view.scale),
    canonicalPxPerMm: rectification.canonicalPxPerMm,
  };
  if (rectification.lattice) {
    drawLattice(layer, rectification.lattice, view, captionPx);
    blendLayer(picture, layer, GRID_COLOUR, 0.45);
  }
  const lineWidth = Math.max(1.4, Math.min(4, 0.24 * pen.pxPerMm));
  for (const cell of page.layout?.cells ?? []) {
    const path = page.paths.find(({ cellId }) => cellId === cell.id);
    const traced = path !== undefined && path.y.some((value) => !Number.isNaN(value));
    const colour = traced ? OVERLAY_COLOURS[cell.lead] : FAILURE_COLOUR;
    drawCellEnds(pen, cell, lineWidth);
    blendLayer(picture, layer, colour, 0.55);
    if (traced) {
      strokePath(layer, pathPoints(pen, path), lineWidth);
      blendLayer(picture, layer, colour, 0.85);
    } else {
      drawCross(pen, cell, lineWidth);
      blendLayer(picture, layer, colour, 0.7);
    }
    drawName(picture, pen, cell, traced);
  }
}

/** What it takes to draw in canonical pixels. */
interface Pen {
  readonly layer: StrokeLayer;
  /** Canonical pixels to picture pixels. */
  readonly toPicture: (x: number, y: number) => { x: number; y: number };
  /** Picture pixels per millimetre of paper. */
  readonly pxPerMm: number;
  readonly canonicalPxPerMm: number;
}

function canonicalToPicture(
  rectification: Rectification,
  view: UprightView,
  marginTop: number,
): Pen['toPicture'] {
  return (x, y) => {
    const [imageX, imageY] = canonicalToImage(rectification.warp, x, y);
    const point = { x: 0, y: 0 };
    view.toView(imageX, imageY, point);
    point.y += marginTop;
    return point;
  };
}

/** The de-thickened line where there is one, else the centre line. */
function pathPoints(pen: Pen, path: TracePath): Float32Array {
  const fine = path.fineY.length > 0;
  const y = fine ? path.fineY : path.y;
  const perPx = fine ? path.samplesPerPx : 1;
  const points = new Float32Array(2 * y.length);
  for (let k = 0; k < y.length; k++) {
    const point = y[k]! === y[k]! ? pen.toPicture(path.x0 + k / perPx, y[k]!) : null;
    points[2 * k] = point ? point.x : NaN;
    points[2 * k + 1] = point ? point.y : NaN;
  }
  return points;
}

function drawLattice(
  layer: StrokeLayer,
  { columns, rows, xs, ys }: NonNullable<Rectification['lattice']>,
  view: UprightView,
  marginTop: number,
): void {
  const a = { x: 0, y: 0 };
  const b = { x: 0, y: 0 };
  const join = (from: number, to: number) => {
    view.toView(xs[from]!, ys[from]!, a);
    view.toView(xs[to]!, ys[to]!, b);
    strokeLine(layer, a.x, a.y + marginTop, b.x, b.y + marginTop, 1);
  };
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = j * columns + i;
      if (i + 1 < columns) join(at, at + 1);
      if (j + 1 < rows) join(at, at + columns);
    }
  }
}

/** A bracket at each end of the cell and the line of 0 mV between them. */
function drawCellEnds(pen: Pen, cell: LeadCell, lineWidth: number): void {
  const half = 6 * pen.canonicalPxPerMm;
  const top = Math.max(cell.y0, cell.baselineY - half);
  const bottom = Math.min(cell.y1, cell.baselineY + half);
  const line = (x0: number, y0: number, x1: number, y1: number, width: number) => {
    const a = pen.toPicture(x0, y0);
    const b = pen.toPicture(x1, y1);
    strokeLine(pen.layer, a.x, a.y, b.x, b.y, width);
  };
  line(cell.x0, top, cell.x0, bottom, lineWidth);
  line(cell.x1, top, cell.x1, bottom, lineWidth);
  const pieces = 12;
  const step = (cell.x1 - cell.x0) / pieces;
  for (let k = 0; k < pieces; k++) {
    line(cell.x0 + k * step, cell.baselineY, cell.x0 + (k + 1) * step, cell.baselineY, 1);
  }
}

function drawCross(pen: Pen, cell: LeadCell, lineWidth: number): void {
  for (const [from, to] of [
    [cell.y0, cell.y1],
    [cell.y1, cell.y0],
  ] as const) {
    const a = pen.toPicture(cell.x0, from);
    const b = pen.toPicture(cell.x1, to);
    strokeLine(pen.layer, a.x, a.y, b.x, b.y, lineWidth);
  }
}

function drawName(picture: Raster, pen: Pen, cell: LeadCell, traced: boolean): void {
  const at = pen.toPicture(cell.x0 + 9 * pen.canonicalPxPerMm, cell.baselineY + 6 * pen.canonicalPxPerMm);
  const name = cell.inverted ? `-${cell.lead}` : cell.lead;
  drawText(picture, pen.layer, traced ? name : `${name}: not traced`, {
    x: at.x,
    y: at.y,
    capPx: Math.max(9, Math.min(28, 2.4 * pen.pxPerMm)),
    colour: traced ? OVERLAY_COLOURS[cell.lead] : FAILURE_COLOUR,
    seam: true,
  });
}
