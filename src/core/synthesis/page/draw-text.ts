import type { DrawnText } from './page-drawing.ts';
import { textStrokes, type Lettering } from './text-strokes.ts';

/**
 * Sets a line of text at (x, y), millimetres, y on the base line. Words apart by two or more blanks become boxes of
 * their own, so that `25mm/s   10mm/mV` counts as one speed and one gain.
 */
export function drawText(
  line: string,
  x: number,
  y: number,
  lettering: Lettering,
  align: 'left' | 'right',
  kind?: DrawnText['kind'],
): DrawnText[] {
  const start = align === 'left' ? x : x - textStrokes(line, 0, 0, lettering).widthMm;
  const result: DrawnText[] = [];
  for (const match of line.matchAll(/\S+(?: \S+)*/g)) {
    const before = line.slice(0, match.index);
    // The gap behind the last letter of `before` belongs to the advance, hence the measuring letter.
    const offset =
      before === ''
        ? 0
        : textStrokes(`${before}I`, 0, 0, lettering).widthMm - textStrokes('I', 0, 0, lettering).widthMm;
    const text = match[0];
    const { strokes, widthMm } = textStrokes(text, start + offset, y, lettering);
    result.push({
      text,
      kind: kind ?? kindOf(text),
      strokes,
      box: { x0: start + offset, y0: y - lettering.capMm, x1: start + offset + widthMm, y1: y },
    });
  }
  return result;
}

function kindOf(text: string): DrawnText['kind'] {
  if (/mm\s*\/\s*s/i.test(text)) return 'speed';
  if (/mm\s*\/\s*mv/i.test(text)) return 'gain';
  return 'other';
}
