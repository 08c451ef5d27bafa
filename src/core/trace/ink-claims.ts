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
 * @param line rows, one per column from `x0`; NaN where nothing is known
 * @returns whether another row had claimed some of these pixels already
 */
export function claimLine(
  claims: InkClaims,
  row: number,
  line: Float64Array,
  x0: number,
  radiusPx: number,
  action: 'set' | 'clear',
): boolean {
  const { bits, width, height } = claims;
  const bit = 1 << row;
  let met = false;
  for (let column = 0; column < line.length; column++) {
    const here = line[column]!;
    if (here !== here) continue;
    const before = line[Math.max(0, column - 1)]!;
    const after = line[Math.min(line.length - 1, column + 1)]!;
    const a = before === before ? (before + here) / 2 : here;
    const b = after === after ? (after + here) / 2 : here;
    const top = Math.max(0, Math.round(Math.min(a, b, here) - radiusPx));
    const bottom = Math.min(height - 1, Math.round(Math.max(a, b, here) + radiusPx));
    for (let y = top; y <= bottom; y++) {
      const pixel = y * width + x0 + column;
      if (action === 'clear') bits[pixel]! &= ~bit;
      else {
        if ((bits[pixel]! & ~bit) !== 0) met = true;
        bits[pixel]! |= bit;
      }
    }
  }
  return met;
}
