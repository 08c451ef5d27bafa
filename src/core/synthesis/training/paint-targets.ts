import type { PageDrawing } from '../page/page-drawing.ts';
import type { ResolvedPageOptions } from '../page/page-options.ts';
import { paintSegment, roundedToDots, type CoveragePlane, type PaperScale } from '../page/paint-strokes.ts';
import type { Stroke } from '../page/text-strokes.ts';
import type { CanonicalFrame } from './canonical-frame.ts';
import { gridStrokes } from './grid-strokes.ts';
import { SEGMENT_CLASSES } from '../../mask/segment-classes.ts';

/** Fade of a stroke's edge: one pixel, as a pixel's area gives it. */
const SOFTNESS_PX = 1;

/**
 * Draws what is on a part of a page, one plane per class, straight from the strokes: every stroke with its true width
 * where the part of the page shows it. What an opaque bar or code covers is taken out of the planes below it.
 */
export function paintTargets(
  drawing: PageDrawing,
  options: ResolvedPageOptions,
  scale: PaperScale,
  frame: CanonicalFrame,
): Uint8Array[] {
  const { width, height } = frame;
  const planes = SEGMENT_CLASSES.map((): CoveragePlane => ({
    data: new Uint8Array(width * height),
    width,
    height,
  }));
  const [trace, mark, text, grid] = planes as [CoveragePlane, CoveragePlane, CoveragePlane, CoveragePlane];
  const { pen } = options;
  const draw = (plane: CoveragePlane, strokes: readonly Stroke[], widthMm: number, dotsPerMm = 0) => {
    const half = (widthMm * frame.pxPerMm) / 2;
    for (const stroke of strokes) {
      paintMapped(plane, dotsPerMm > 0 ? roundedToDots(stroke, dotsPerMm) : stroke, frame, half);
    }
  };
  const traces = drawing.cells.map((cell) => cell.trace);
  draw(trace, traces, pen.widthMm, pen.dotsPerMm);
  draw(trace, drawing.joints, pen.widthMm, pen.dotsPerMm);
  const pulses = drawing.pulses.map((pulse) => pulse.stroke);
  draw(mark, pulses, pen.widthMm, pen.dotsPerMm);
  const separators = drawing.separators.flatMap((separator) => separator.strokes);
  draw(mark, separators, options.separatorMm, pen.dotsPerMm);
  for (const line of drawing.texts) draw(text, line.strokes, options.text.pen.widthMm);
  if (options.grid) {
    for (const { strokes, widthMm } of gridStrokes(drawing.gridBox, options.grid, scale, frame.area)) {
      draw(grid, strokes, widthMm);
    }
  }
  for (const extra of options.extras) {
    if (extra.kind !== 'redaction' && extra.kind !== 'barcode') {
      draw(text, extra.strokes, extra.pen.widthMm);
      continue;
    }
    const cover: CoveragePlane = { data: new Uint8Array(width * height), width, height };
    draw(cover, extra.strokes, extra.pen.widthMm);
    for (let i = 0; i < cover.data.length; i++) {
      const share = cover.data[i]!;
      if (share === 0) continue;
      for (const plane of [trace, mark, grid]) plane.data[i] = (plane.data[i]! * (255 - share)) / 255;
      text.data[i] = Math.max(text.data[i]!, share);
    }
  }
  return planes.map((plane) => plane.data);
}

function paintMapped(plane: CoveragePlane, stroke: Stroke, frame: CanonicalFrame, half: number): void {
  const { x0: left, y0: top, x1: right, y1: bottom } = frame.area;
  let before: [number, number] | null = null;
  let [beforeX, beforeY] = [stroke[0]!, stroke[1]!];
  for (let k = 2; k < stroke.length; k += 2) {
    const [x, y] = [stroke[k]!, stroke[k + 1]!];
    const near =
      Math.max(x, beforeX) >= left - 1 &&
      Math.min(x, beforeX) <= right + 1 &&
      Math.max(y, beforeY) >= top - 1 &&
      Math.min(y, beforeY) <= bottom + 1;
    if (near) {
      before ??= frame.fromPaper(beforeX, beforeY);
      const here = frame.fromPaper(x, y);
      paintSegment(plane, before[0], before[1], here[0], here[1], half, SOFTNESS_PX);
      before = here;
    } else {
      before = null;
    }
    beforeX = x;
    beforeY = y;
  }
}
