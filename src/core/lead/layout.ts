import type { LeadName } from '../../shared/lead-name.ts';
import type { Box } from '../image/raster.ts';

/** Layouts by the field's usual names: rows x columns, plus rhythm strips; `strip` is a single strip. */
export const LAYOUT_KINDS = [
  '3x4',
  '3x4+1',
  '3x4+2',
  '3x4+3',
  '6x2',
  '6x2+1',
  '12x1',
  '4x3',
  '6x1',
  '3x1',
  'strip',
] as const;
export type LayoutKind = (typeof LAYOUT_KINDS)[number];

/** One stretch of one lead on the paper. All pixels are canonical pixels. */
export interface LeadCell {
  /** Unique on the page, e.g. `r0c2` for row 0, column 2. */
  readonly id: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  /** Row and column in the printed layout, from the top left. */
  readonly row: number;
  readonly column: number;
  /** Horizontal extent of the trace: first column with signal and one past the last. */
  readonly x0: number;
  readonly x1: number;
  /** Isoelectric line (0 mV) estimate. */
  readonly baselineY: number;
  /** Rows the trace may reach; neighbours may overlap. */
  readonly y0: number;
  readonly y1: number;
  /** Time of `x0` and `x1` on the page's clock (0 at the left edge of the first column), seconds. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The printed trace is the negative of the lead (Cabrera prints -aVR). */
  readonly inverted: boolean;
  /** Gain of this cell where it is not the page's (chest leads at half the gain of the limb leads). */
  readonly gainMmPerMillivolt?: number;
  readonly labelBox: Box | null;
  readonly labelSource: 'read' | 'layout' | 'user';
  readonly confidence: number;
}

/** A calibration pulse (normally 1 mV high, 0.2 s wide). Canonical pixels. */
export interface CalibrationPulse {
  readonly box: Box;
  readonly heightMm: number;
  readonly widthMm: number;
  readonly row: number;
  readonly side: 'left' | 'right';
}

/** How surely print that nobody read is no trace: what is less sure hides no ink from the traces. */
export const SURE_PRINT = 0.3;

/** Text found on the page. Canonical pixels. */
export interface TextBox {
  readonly box: Box;
  readonly text: string;
  readonly kind: 'lead-label' | 'speed' | 'gain' | 'other';
  readonly confidence: number;
}

/** Which lead is printed where, when, and at what scale. */
export interface Layout {
  readonly kind: LayoutKind;
  readonly cabrera: boolean;
  readonly cells: readonly LeadCell[];
  readonly pulses: readonly CalibrationPulse[];
  readonly text: readonly TextBox[];
  /** Lead separators and other printed marks that are not trace. */
  readonly separators: readonly Box[];
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  readonly speedSource: 'text' | 'pulse' | 'duration' | 'heart' | 'habit' | 'default' | 'user';
  readonly gainSource: 'text' | 'pulse' | 'habit' | 'default' | 'user';
  /** 1, less where print, pulses and durations contradict each other about speed and gain. */
  readonly scaleConfidence?: number;
}
