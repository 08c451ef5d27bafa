/** Which rows' lines lie on each pixel, one bit per row. */
export interface InkClaims {
  readonly bits: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** Rows of a page that can be told apart. */
export const MOST_ROWS = 32;

export function createClaims(width: number, height: number): InkClaims {
  return { bits: new Uint32Array(width * height), width, height };
}

/**
 * Sets or clears the pixels under a line: in every column the stretch the line passes, widened by the pen's radius.
 *
 * @param line rows, `samplesPerPx` per column from `x0`; NaN where nothing is known
 * @returns whether another row had claimed some of these pixels already
 */
export function claimLine(
  claims: InkClaims,
  row: number,
  line: Float64Array,
  x0: number,
  samplesPerPx: number,
  radiusPx: number,
  action: 'set' | 'clear',
): boolean {
  const { bits, width, height } = claims;
  const bit = 1 << row;
  const half = Math.floor(samplesPerPx / 2);
  let met = false;
  for (let centre = 0; centre < line.length; centre += samplesPerPx) {
    let high = Infinity;
    let low = -Infinity;
    for (let k = Math.max(0, centre - half); k <= Math.min(line.length - 1, centre + half); k++) {
      const y = line[k]!;
      if (y < high) high = y;
      if (y > low) low = y;
    }
    if (high > low) continue;
    const top = Math.max(0, Math.round(high - radiusPx));
    const bottom = Math.min(height - 1, Math.round(low + radiusPx));
    const x = x0 + centre / samplesPerPx;
    for (let y = top; y <= bottom; y++) {
      const pixel = y * width + x;
      if (action === 'clear') bits[pixel]! &= ~bit;
      else {
        if ((bits[pixel]! & ~bit) !== 0) met = true;
        bits[pixel]! |= bit;
      }
    }
  }
  return met;
}
