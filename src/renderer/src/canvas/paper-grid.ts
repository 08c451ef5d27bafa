/** Grid lines to draw along one axis, CSS pixels. */
export interface GridLines {
  readonly minor: readonly number[];
  readonly major: readonly number[];
}

/** Minor lines closer than this blur into a tint and are left out, CSS pixels. */
const LEAST_MINOR_PX = 2.5;

/**
 * Positions of the 1-mm and 5-mm lines inside a window of the paper.
 *
 * @param offsetPx where the window begins on the paper, CSS pixels
 * @param lengthPx length of the window, CSS pixels
 * @example
 * paperGridLines(0, 20, 4).major // [0, 20]
 */
export function paperGridLines(offsetPx: number, lengthPx: number, pxPerMm: number): GridLines {
  const minor: number[] = [];
  const major: number[] = [];
  const first = Math.ceil(offsetPx / pxPerMm - 1e-9) + 0;
  const last = Math.floor((offsetPx + lengthPx) / pxPerMm + 1e-9);
  for (let mm = first; mm <= last; mm++) {
    const at = mm * pxPerMm - offsetPx;
    if (mm % 5 === 0) major.push(at);
    else if (pxPerMm >= LEAST_MINOR_PX) minor.push(at);
  }
  return { minor, major };
}
