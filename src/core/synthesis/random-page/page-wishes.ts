import type { LeadName } from '../../../shared/lead-name.ts';
import type { LayoutKind } from '../../lead/layout.ts';

/** Lowest and highest value; equal for a fixed one. */
export type Range = readonly [low: number, high: number];

/** Inks of the usual papers. */
export const GRID_COLOURS = ['red', 'pink', 'brown', 'blue', 'green', 'gray'] as const;
export type GridColour = (typeof GRID_COLOURS)[number];

/** What somebody wants of a random page; what is absent stays as it was drawn. */
export interface PageWishes {
  readonly layout?: LayoutKind;
  readonly cabrera?: boolean;
  /** Leads of the rhythm strips, top first. */
  readonly rhythmLeads?: readonly LeadName[];
  readonly simultaneous?: boolean;
  /** Length of a row, seconds; shortened to what the paper and the recording have. */
  readonly seconds?: number;
  readonly speedMmPerSecond?: number;
  readonly gainMmPerMillivolt?: number;
  readonly dpi?: Range;
  /** Blank paper around the page, millimetres. */
  readonly paddingMm?: Range;
  /** Where calibration pulses stand, or how probable they are (0..1). */
  readonly pulse?: 'left' | 'right' | 'none' | number;
  /** Whether lead names are printed. */
  readonly labels?: boolean;
  /** Probability of header and footer, of a grid, of black ink only, of a code, of handwriting. */
  readonly header?: number;
  readonly grid?: number;
  readonly blackAndWhite?: number;
  readonly qrCode?: number;
  readonly handwriting?: number;
  readonly gridColour?: GridColour;
  /** Number of handwritten words, height of their capitals, and where the first starts (paper millimetres). */
  readonly words?: Range;
  readonly handwritingMm?: Range;
  readonly handwritingAt?: readonly [xMm: number, yMm: number];
  /** Probability that the paper was crumpled. */
  readonly wrinkles?: number;
  /** Evenly spaced folds: down the page, across it, and their turn in degrees. */
  readonly foldsDown?: Range;
  readonly foldsAcross?: Range;
  readonly foldDegrees?: Range;
  /** Degrees clockwise. */
  readonly rotate?: Range;
  /** Standard deviation in gray levels. */
  readonly noise?: Range;
  /** Standard deviation in pixels. */
  readonly blur?: Range;
  /** Share of the page cut off at every side, 0..0.3. */
  readonly crop?: Range;
  /** Colour of the light, kelvin; 6500 is white. */
  readonly temperature?: Range;
  readonly colours?: 'rgb' | 'gray' | 'bilevel';
  readonly jpegQuality?: Range;
  /** Clockwise quarter turns of the picture. */
  readonly quarterTurns?: 0 | 1 | 2 | 3;
}
