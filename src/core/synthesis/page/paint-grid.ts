import type { BoxMm } from './page-drawing.ts';
import type { GridStyle } from './page-options.ts';
import type { CoveragePlane, PaperScale } from './paint-strokes.ts';

/** How much of each pixel the fine and the strong grid cover. */
export interface GridPlanes {
  readonly minor: CoveragePlane;
  readonly major: CoveragePlane;
}

/**
 * Paints the grid exactly (area coverage): fine marks every millimetre, strong ones every five, whole millimetres
 * from the top left of `box`.
 */
export function paintGrid(
  width: number,
  height: number,
  box: BoxMm,
  style: GridStyle,
  scale: PaperScale,
): GridPlanes {
  const snapped = style.snapped ?? false;
  const axis = (size: number, pxPerMm: number, start: number, from: number, to: number) => ({
    minor: lineProfile(size, pxPerMm, start, from, to, 1, style.minorMm, snapped),
    major: lineProfile(size, pxPerMm, start, from, to, 5, style.majorMm, snapped),
    dots: lineProfile(size, pxPerMm, start, from, to, 1, style.majorMm, snapped),
    inside: insideProfile(size, pxPerMm, start, from, to),
  });
  const h = axis(width, scale.pxPerMmX, scale.left ?? 0, box.x0, box.x1);
  const v = axis(height, scale.pxPerMmY, scale.top ?? 0, box.y0, box.y1);
  const plane = (): CoveragePlane => ({ data: new Uint8Array(width * height), width, height });
  const minor = plane();
  const major = plane();
  for (let y = 0; y < height; y++) {
    if (v.inside[y] === 0) continue;
    const row = y * width;
    const [vMinor, vMajor, vDots] = [v.minor[y]!, v.major[y]!, v.dots[y]!];
    for (let x = 0; x < width; x++) {
      if (h.inside[x] === 0) continue;
      if (style.minor === 'line') minor.data[row + x] = 255 * Math.max(h.minor[x]!, vMinor);
      else if (style.minor === 'dot') minor.data[row + x] = 255 * h.minor[x]! * vMinor;
      if (style.major === 'line') major.data[row + x] = 255 * Math.max(h.major[x]!, vMajor);
      else if (style.major === 'dotted') {
        major.data[row + x] = 255 * Math.max(h.major[x]! * vDots, h.dots[x]! * vMajor);
      }
    }
  }
  return { minor, major };
}

/** Share of each pixel covered by lines of `lineMm` every `everyMm`. */
function lineProfile(
  size: number,
  pxPerMm: number,
  startPx: number,
  fromMm: number,
  toMm: number,
  everyMm: number,
  lineMm: number,
  snapped: boolean,
): Float32Array {
  const profile = new Float32Array(size);
  const wanted = (lineMm * pxPerMm) / 2;
  const half = snapped ? Math.max(1, Math.round(2 * wanted)) / 2 : wanted;
  const corner = half % 1 === 0 ? 0 : 0.5;
  const lines = Math.floor((toMm - fromMm) / everyMm + 1e-6);
  for (let k = 0; k <= lines; k++) {
    const exact = (fromMm + k * everyMm) * pxPerMm;
    const centre = (snapped ? Math.round(exact - corner) + corner : exact) - startPx;
    // Pixel i covers [i, i + 1) here.
    for (let i = Math.floor(centre - half); i <= Math.floor(centre + half); i++) {
      if (i < 0 || i >= size) continue;
      profile[i]! += Math.max(0, Math.min(i + 1, centre + half) - Math.max(i, centre - half));
    }
  }
  return profile.map((value) => Math.min(1, value));
}

/** 1 where a pixel belongs to the grid's area, half a line beyond its edges included. */
function insideProfile(
  size: number,
  pxPerMm: number,
  startPx: number,
  fromMm: number,
  toMm: number,
): Uint8Array {
  const inside = new Uint8Array(size);
  const last = fromMm + Math.floor(toMm - fromMm + 1e-6);
  for (let i = 0; i < size; i++) {
    const mm = (i + 0.5 + startPx) / pxPerMm;
    inside[i] = mm >= fromMm - 0.2 && mm <= last + 0.2 ? 1 : 0;
  }
  return inside;
}
