import type { PlannedCell } from './layout-cells.ts';
import type { Stroke } from './text-strokes.ts';

/** A rectangle on the paper, millimetres from the top left corner. */
export interface BoxMm {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A cell with its place on the paper. Millimetres. */
export interface DrawnCell extends PlannedCell {
  /** The printed stretch: centre line of the pen, x and y of every sample. */
  readonly trace: Stroke;
  /** First sample on the page's clock and one past the last. */
  readonly firstSample: number;
  readonly endSample: number;
  /** Sample of the recording that is printed first: `firstSample` unless all columns show the same seconds. */
  readonly sourceSample: number;
  readonly x0: number;
  readonly x1: number;
  /** Height of 0 mV. */
  readonly baselineY: number;
  /** Top and bottom of the row's share of the page. */
  readonly y0: number;
  readonly y1: number;
  readonly labelBox: BoxMm | null;
}

/** A line of text on the paper. */
export interface DrawnText {
  readonly text: string;
  readonly kind: 'lead-label' | 'speed' | 'gain' | 'other';
  readonly box: BoxMm;
  readonly strokes: readonly Stroke[];
}

/** A calibration pulse on the paper: 1 mV high, 0.2 s wide. */
export interface DrawnPulse {
  readonly row: number;
  readonly side: 'left' | 'right';
  readonly box: BoxMm;
  readonly stroke: Stroke;
}

/** Everything on the paper before it becomes pixels, in millimetres. */
export interface PageDrawing {
  readonly cells: readonly DrawnCell[];
  /** Jumps from lead to lead within the rows, drawn with the pen of the traces. */
  readonly joints: readonly Stroke[];
  readonly pulses: readonly DrawnPulse[];
  readonly separators: readonly { readonly box: BoxMm; readonly strokes: readonly Stroke[] }[];
  readonly texts: readonly DrawnText[];
  /** Area of the grid; its lines are whole millimetres from `x0`, `y0`. */
  readonly gridBox: BoxMm;
}
