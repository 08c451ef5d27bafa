/** The traced centre line of one lead cell, in canonical pixels. */
export interface TracePath {
  readonly cellId: string;
  /** Canonical column of the first entry. */
  readonly x0: number;
  /** Sub-pixel row of the line's centre per column; NaN where nothing is printed. */
  readonly y: Float32Array;
  /** Trust in each column, 0..1. */
  readonly confidence: Float32Array;
  /** 1 where a gap in the ink was bridged. */
  readonly bridged: Uint8Array;
  /** 1 where a person drew the line; absent where nobody did. */
  readonly human?: Uint8Array;
  /** Estimated thickness of the pen stroke in canonical pixels. */
  readonly strokeWidthPx: number;
  /**
   * The line with its thickness undone, sampled `samplesPerPx` times per canonical column: entry k sits at
   * x = x0 + k / samplesPerPx (pixel centres at integers). NaN where nothing is printed.
   */
  readonly fineY: Float32Array;
  readonly samplesPerPx: number;
}
