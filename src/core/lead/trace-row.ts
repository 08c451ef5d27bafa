/** A row of trace on the canonical page. */
export interface TraceRow {
  /** Isoelectric line of the row, canonical pixels. */
  readonly baselineY: number;
  /** First column with trace and one past the last, canonical pixels; a joined pulse is still inside. */
  readonly x0: number;
  readonly x1: number;
  /** Share of the columns between `x0` and `x1` where the row's path lies on ink. */
  readonly coverage: number;
  /** Row of the path per trace-grid column (canonical pixels). */
  readonly pathY: Float32Array;
  /** Share of the columns in which the ink at the path is a tall stroke, as in a QRS complex. */
  readonly tallShare: number;
  /** 1 where the path lies on ink. */
  readonly onInk: Uint8Array;
}
