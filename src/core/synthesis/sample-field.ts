/** A smooth function of the plane, and the pixels it is wanted for. */
export interface FieldRows {
  readonly width: number;
  readonly height: number;
  /** Pixels between the points where the function is really computed. */
  readonly stepPx: number;
}

/**
 * Hands a smooth function row by row to `use`: computed every `stepPx` pixels and bilinear in between, so that costly
 * functions become affordable on whole pages. The row passed is reused.
 */
export function sampleField(
  { width, height, stepPx }: FieldRows,
  field: (x: number, y: number) => number,
  use: (y: number, row: Float32Array) => void,
): void {
  const columns = Math.ceil(width / stepPx) + 1;
  let above = new Float32Array(columns);
  let below = new Float32Array(columns);
  const row = new Float32Array(width);
  for (let i = 0; i < columns; i++) below[i] = field(i * stepPx, 0);
  for (let top = 0; top < height; top += stepPx) {
    [above, below] = [below, above];
    for (let i = 0; i < columns; i++) below[i] = field(i * stepPx, top + stepPx);
    for (let y = top; y < Math.min(height, top + stepPx); y++) {
      const t = (y - top) / stepPx;
      for (let i = 0, x = 0; x < width; i++) {
        const from = above[i]! + (below[i]! - above[i]!) * t;
        const to = above[i + 1]! + (below[i + 1]! - above[i + 1]!) * t;
        const slope = (to - from) / stepPx;
        const end = Math.min(width, x + stepPx);
        for (let value = from; x < end; x++, value += slope) row[x] = value;
      }
      use(y, row);
    }
  }
}
