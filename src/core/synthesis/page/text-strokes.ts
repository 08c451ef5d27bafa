import { GLYPHS } from './glyphs.ts';
import { dotGlyph, serifGlyph, type GlyphPath } from './letter-fonts.ts';

/** A chain of points in millimetres: x0, y0, x1, y1, ... */
export type Stroke = Float32Array;

/** Lettering of a page. */
export interface Lettering {
  /** Height of capitals, millimetres. */
  readonly capMm: number;
  /** Width of letters against the normal one, about 0.7..1.3. */
  readonly stretch?: number;
  /** Lean to the right, about 0..0.25. */
  readonly slant?: number;
  readonly font?: 'plain' | 'serif' | 'dots';
}

/** Strokes of a line of text and how far it reaches. */
export interface TextStrokes {
  readonly strokes: readonly Stroke[];
  readonly widthMm: number;
}

const CAP_UNITS = 7;
const BASE_UNITS = 2;
const LETTER_GAP_UNITS = 2;

/**
 * Writes a line of text with the built-in plotter alphabet; unknown characters become `?`.
 *
 * @param x left edge, millimetres
 * @param y base line, millimetres, down positive
 */
export function textStrokes(text: string, x: number, y: number, lettering: Lettering): TextStrokes {
  const unit = lettering.capMm / CAP_UNITS;
  const unitX = unit * 0.92 * (lettering.stretch ?? 1);
  const slant = lettering.slant ?? 0;
  const strokes: Stroke[] = [];
  let cursor = 0;
  for (const character of text) {
    const [width, ...chains] = (GLYPHS[character] ?? GLYPHS['?']!).split(' ');
    for (const path of glyphPaths(chains, lettering.font ?? 'plain')) {
      const stroke = new Float32Array(path.length * 2);
      path.forEach(([px, py], k) => {
        const up = (py - BASE_UNITS) * unit;
        stroke[2 * k] = x + (cursor + px) * unitX + slant * up;
        stroke[2 * k + 1] = y - up;
      });
      strokes.push(stroke);
    }
    cursor += Number(width) + LETTER_GAP_UNITS;
  }
  return { strokes, widthMm: Math.max(0, cursor - LETTER_GAP_UNITS) * unitX };
}

/** The strokes of a glyph in its own units. */
function glyphPaths(chains: readonly string[], font: 'plain' | 'serif' | 'dots'): readonly GlyphPath[] {
  const paths = chains.map((chain) => {
    const smooth = chain.startsWith('~');
    const points = (smooth ? chain.slice(1) : chain)
      .split('-')
      .map((p) => [Number(p[0]), Number(p[1])] as const);
    return smooth ? smoothed(points) : points;
  });
  if (font === 'serif') return serifGlyph(paths);
  return font === 'dots' ? dotGlyph(paths) : paths;
}

const STEPS_PER_SPAN = 6;

/** Catmull-Rom curve through the points; closed when the last equals the first. */
function smoothed(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const n = points.length;
  const closed = n > 2 && points[0]![0] === points[n - 1]![0] && points[0]![1] === points[n - 1]![1];
  const at = (k: number) => {
    if (closed) return points[(k + n - 1) % (n - 1)]!;
    return points[Math.min(n - 1, Math.max(0, k))]!;
  };
  const result: [number, number][] = [[points[0]![0], points[0]![1]]];
  for (let k = 0; k < n - 1; k++) {
    const [p0, p1, p2, p3] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    for (let step = 1; step <= STEPS_PER_SPAN; step++) {
      const t = step / STEPS_PER_SPAN;
      result.push([spline(p0[0], p1[0], p2[0], p3[0], t), spline(p0[1], p1[1], p2[1], p3[1], t)]);
    }
  }
  return result;
}

function spline(p0: number, p1: number, p2: number, p3: number, t: number): number {
  return (
    0.5 *
    (2 * p1 +
      (p2 - p0) * t +
      (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t +
      (3 * p1 - p0 - 3 * p2 + p3) * t * t * t)
  );
}
