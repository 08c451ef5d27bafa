import type { Stroke } from './text-strokes.ts';

/** Share of each pixel covered by one kind of ink, 0..255, row-major. */
export interface CoveragePlane {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** From millimetres of the flat paper to pixels of the flat raster (pixel centres at integers). */
export interface PaperScale {
  readonly pxPerMmX: number;
  readonly pxPerMmY: number;
  /** Pixel of the whole page at the top left of the plane that is painted; 0 when absent. */
  readonly left?: number;
  readonly top?: number;
}

/**
 * Draws strokes with a round nib into a plane: the coverage of a pixel follows from its distance to the centre line,
 * fading over `softnessPx`. Where strokes meet the darker one counts, as with ink.
 *
 * @param strokes chains of points in millimetres; a chain of equal points is a dot
 */
export function paintStrokes(
  plane: CoveragePlane,
  strokes: readonly Stroke[],
  scale: PaperScale,
  pen: { readonly widthMm: number; readonly softnessPx: number; readonly dotsPerMm?: number },
): void {
  const offsetX = (scale.left ?? 0) + 0.5;
  const offsetY = (scale.top ?? 0) + 0.5;
  const halfWidth = (pen.widthMm * (scale.pxPerMmX + scale.pxPerMmY)) / 4;
  for (const smooth of strokes) {
    const stroke = pen.dotsPerMm ? roundedToDots(smooth, pen.dotsPerMm) : smooth;
    const n = stroke.length / 2;
    let x0 = stroke[0]! * scale.pxPerMmX - offsetX;
    let y0 = stroke[1]! * scale.pxPerMmY - offsetY;
    for (let k = 1; k < n; k++) {
      const x1 = stroke[2 * k]! * scale.pxPerMmX - offsetX;
      const y1 = stroke[2 * k + 1]! * scale.pxPerMmY - offsetY;
      paintSegment(plane, x0, y0, x1, y1, halfWidth, pen.softnessPx);
      x0 = x1;
      y0 = y1;
    }
  }
}

/** The stroke as a print head draws it that can only reach the points of a lattice. */
export function roundedToDots(stroke: Stroke, dotsPerMm: number): Stroke {
  return stroke.map((value) => Math.round(value * dotsPerMm) / dotsPerMm);
}

/**
 * Draws one segment with a round nib into a plane, pixels with centres at integers: 255 on the stroke, fading over
 * `softness` pixels around `halfWidth`. What is darker already stays.
 */
export function paintSegment(
  plane: CoveragePlane,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  halfWidth: number,
  softness: number,
): void {
  const { data, width, height } = plane;
  const reach = halfWidth + softness / 2;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(width - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(height - 1, Math.floor(Math.max(y0, y1) + reach));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy;
  const inverse = lengthSquared > 0 ? 1 / lengthSquared : 0;
  // A stroke thinner than its soft edge never gets fully dark.
  const peak = 255 * Math.min(1, (2 * halfWidth) / softness);
  for (let y = top; y <= bottom; y++) {
    const row = y * width;
    const py = y - y0;
    for (let x = left; x <= right; x++) {
      const px = x - x0;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const squared = ex * ex + ey * ey;
      if (squared >= reach * reach) continue;
      const value = Math.min(peak, (255 * (reach - Math.sqrt(squared))) / softness);
      if (value > data[row + x]!) data[row + x] = value;
    }
  }
}
