/** Which rows' lines lie on each pixel, one bit per row. */
export interface InkClaims {
  readonly bits: Uint16Array;
  readonly width: number;
  readonly height: number;
  /** Per column, on how many pixels the lines of several rows lie. */
  readonly meetings: Int32Array;
  /** 1 in columns where lines have met, or have run through letters, since the claims were made. */
  readonly contested: Uint8Array;
  /** Pixels marked as `LEFTOVER`. */
  readonly leftovers: number[];
}

/** Rows of a page that can be told apart. */
export const MOST_ROWS = 15;

/** Bit of ink that nobody explains. */
export const LEFTOVER = 1 << 15;

/** Bits of the rows but `index`. */
export function otherRows(index: number): number {
  return (LEFTOVER - 1) & ~(1 << index);
}

export function createClaims(width: number, height: number): InkClaims {
  const bits = new Uint16Array(width * height);
  return {
    bits,
    width,
    height,
    meetings: new Int32Array(width),
    contested: new Uint8Array(width),
    leftovers: [],
  };
}

/**
 * Sets or clears the pixels under a line's stroke: all within `radiusPx` of the polyline.
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
  const { bits, width, height, meetings } = claims;
  const bit = 1 << row;
  const dx = 1 / samplesPerPx;
  let met = false;
  for (let k = 0; k + 1 < line.length; k++) {
    const py = line[k]!;
    const dy = line[k + 1]! - py;
    if (dy !== dy) continue;
    const px = x0 + k * dx;
    const length2 = dx * dx + dy * dy;
    const top = Math.max(0, Math.ceil(Math.min(py, py + dy) - radiusPx));
    const bottom = Math.min(height - 1, Math.floor(Math.max(py, py + dy) + radiusPx));
    const left = Math.max(0, Math.ceil(px - radiusPx));
    const right = Math.min(width - 1, Math.floor(px + dx + radiusPx));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy) / length2));
        const ex = x - px - along * dx;
        const ey = y - py - along * dy;
        if (ex * ex + ey * ey > radiusPx * radiusPx) continue;
        const pixel = y * width + x;
        const before = bits[pixel]!;
        const after = action === 'clear' ? before & ~bit : before | bit;
        if (action === 'set' && (before & ~bit) !== 0) met = true;
        if (after === before) continue;
        bits[pixel] = after;
        const others = before & ~bit & ~LEFTOVER;
        if (others !== 0 && (others & (others - 1)) === 0) meetings[x]! += action === 'set' ? 1 : -1;
      }
    }
  }
  return met;
}
