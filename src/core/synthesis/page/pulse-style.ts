/** The shape of calibration pulses. */
export interface PulseStyle {
  /** Line before the rise and after the fall, millimetres. */
  readonly footMm: number;
  /** Distance to the trace, millimetres; 0 joins them. */
  readonly gapMm: number;
  /** Length of the top, seconds. */
  readonly widthSeconds: number;
  /** A second step of half the height follows (pages with chest leads at half gain). */
  readonly halfStep: boolean;
  /** Rows that carry a pulse: every one, or only the first or last. */
  readonly rows: 'every' | 'first' | 'last';
}

/** A pulse of 0.2 s with short feet in every row. */
export const USUAL_PULSE: PulseStyle = {
  footMm: 1.5,
  gapMm: 1,
  widthSeconds: 0.2,
  halfStep: false,
  rows: 'every',
};
