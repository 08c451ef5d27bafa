import type { PenStyle } from './page-options.ts';
import type { Stroke } from './text-strokes.ts';

/** Something on a page besides the recording and its captions, drawn with a pen of its own. */
export interface PageExtra {
  readonly kind: 'table' | 'handwriting' | 'stamp' | 'barcode' | 'redaction' | 'logo';
  /** Centre lines of its strokes, paper millimetres. */
  readonly strokes: readonly Stroke[];
  readonly pen: PenStyle;
  /** What it says, where it says something. */
  readonly text?: string;
}
