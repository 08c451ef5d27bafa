import type { Raster } from '../../core/image/raster.ts';
import { textStrokes } from '../../core/synthesis/page/text-strokes.ts';
import { blendLayer, strokePath, type Colour, type StrokeLayer } from './stroke-layer.ts';

export interface TextStyle {
  /** Left end of the base line, pixels. */
  readonly x: number;
  readonly y: number;
  /** Height of capitals, pixels. */
  readonly capPx: number;
  readonly colour: Colour;
  /** White seam around the letters, so that they can be read over traces. */
  readonly seam?: boolean;
}

/** Writes one line with the built-in plotter letters (ASCII; others read `?`) and returns its width in pixels. */
export function drawText(picture: Raster, layer: StrokeLayer, text: string, style: TextStyle): number {
  const { strokes, widthMm } = textStrokes(plain(text), style.x, style.y, { capMm: style.capPx });
  const penPx = Math.max(1.2, style.capPx / 7);
  if (style.seam) {
    for (const stroke of strokes) strokePath(layer, stroke, penPx + Math.max(2, style.capPx / 5));
    blendLayer(picture, layer, [255, 255, 255], 0.85);
  }
  for (const stroke of strokes) strokePath(layer, stroke, penPx);
  blendLayer(picture, layer, style.colour, 1);
  return widthMm;
}

/** Characters the plotter alphabet lacks, by what reads nearest. */
const NEAREST: Readonly<Record<string, string>> = {
  ';': ',',
  '"': "'",
  _: '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '·': '.',
  µ: 'u',
  μ: 'u',
  '[': '(',
  ']': ')',
  '!': '.',
  '&': '+',
  '%': 'pct',
  '<': 'below',
  '>': 'above',
  '≥': 'at least',
  '≤': 'at most',
  '×': 'x',
  '±': '+',
};

function plain(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '');
  return Array.from(bare, (char) => NEAREST[char] ?? char).join('');
}
