import type { BoxMm } from '../page/page-drawing.ts';
import type { GridStyle } from '../page/page-options.ts';
import type { PaperScale } from '../page/paint-strokes.ts';
import type { Stroke } from '../page/text-strokes.ts';

/** Lines or dots of a grid with the width they are printed with. Millimetres. */
export interface GridStrokes {
  readonly strokes: readonly Stroke[];
  readonly widthMm: number;
}

/** Lines are cut into pieces of this length, so that a bent map bends them. */
const PIECE_MM = 5;

/**
 * The centre lines of the printed grid within `area`, as `paintGrid` prints them at the scale: fine ones, then strong
 * ones.
 */
export function gridStrokes(
  box: BoxMm,
  style: GridStyle,
  scale: PaperScale,
  area: BoxMm,
): [fine: GridStrokes, strong: GridStrokes] {
  const fineX = positions(box.x0, box.x1, 1, scale.pxPerMmX, style.minorMm, style, area.x0, area.x1);
  const fineY = positions(box.y0, box.y1, 1, scale.pxPerMmY, style.minorMm, style, area.y0, area.y1);
  const strongX = positions(box.x0, box.x1, 5, scale.pxPerMmX, style.majorMm, style, area.x0, area.x1);
  const strongY = positions(box.y0, box.y1, 5, scale.pxPerMmY, style.majorMm, style, area.y0, area.y1);
  const inner = {
    x0: Math.max(area.x0, box.x0),
    y0: Math.max(area.y0, box.y0),
    x1: Math.min(area.x1, box.x0 + Math.floor(box.x1 - box.x0 + 1e-6)),
    y1: Math.min(area.y1, box.y0 + Math.floor(box.y1 - box.y0 + 1e-6)),
  };
  const fine: Stroke[] =
    style.minor === 'line' ? lines(fineX, fineY, inner) : style.minor === 'dot' ? dots(fineX, fineY) : [];
  const strong: Stroke[] =
    style.major === 'line'
      ? lines(strongX, strongY, inner)
      : style.major === 'dotted'
        ? [...dots(strongX, fineY), ...dots(fineX, strongY)]
        : [];
  return [
    { strokes: fine, widthMm: printedWidth(style.minorMm, style, scale) },
    { strokes: strong, widthMm: printedWidth(style.majorMm, style, scale) },
  ];
}

function printedWidth(lineMm: number, style: GridStyle, { pxPerMmX, pxPerMmY }: PaperScale): number {
  const pxPerMm = (pxPerMmX + pxPerMmY) / 2;
  return style.snapped ? Math.max(1, Math.round(lineMm * pxPerMm)) / pxPerMm : lineMm;
}

function positions(
  from: number,
  to: number,
  every: number,
  pxPerMm: number,
  lineMm: number,
  { snapped = false }: GridStyle,
  low: number,
  high: number,
): number[] {
  const wide = Math.max(1, Math.round(lineMm * pxPerMm));
  const corner = wide % 2 === 0 ? 0 : 0.5;
  const result: number[] = [];
  const last = Math.floor((to - from) / every + 1e-6);
  for (let k = Math.max(0, Math.ceil((low - from) / every)); k <= last; k++) {
    const exact = from + k * every;
    if (exact > high) break;
    result.push(snapped ? (Math.round(exact * pxPerMm - corner) + corner) / pxPerMm : exact);
  }
  return result;
}

function lines(xs: readonly number[], ys: readonly number[], area: BoxMm): Stroke[] {
  if (area.x1 <= area.x0 || area.y1 <= area.y0) return [];
  return [
    ...xs.map((x) => chain(area.y0, area.y1, (y) => [x, y])),
    ...ys.map((y) => chain(area.x0, area.x1, (x) => [x, y])),
  ];
}

function chain(from: number, to: number, at: (t: number) => [number, number]): Stroke {
  const pieces = Math.max(1, Math.ceil((to - from) / PIECE_MM));
  const stroke = new Float32Array(2 * (pieces + 1));
  for (let k = 0; k <= pieces; k++) stroke.set(at(from + ((to - from) * k) / pieces), 2 * k);
  return stroke;
}

function dots(xs: readonly number[], ys: readonly number[]): Stroke[] {
  return xs.flatMap((x) => ys.map((y) => Float32Array.of(x, y, x, y)));
}
