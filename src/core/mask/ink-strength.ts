/** Side of the cells in which the strength of the ink is measured, millimetres. */
const CELL_MM = 2.5;
/** Shares of ink that count, and how many pixels of them a neighbourhood must hold to say anything. */
const CLEAR_SHARE = 0.3;
const LEAST_PIXELS = 12;
/** Strength that needs no help, and the most that ink is multiplied. */
const STRONG = 0.85;
const MOST = 3;

/**
 * Brings up ink that is paler in some places than in others (a worn head, a drying pen, fading), in place: where strokes
 * show less ink than the model sees of them, all ink of the neighbourhood is multiplied. Strong ink stays as it is.
 *
 * @param coverage - measured share of ink per pixel, 0..1
 * @param share - share that a model sees, 0..1
 */
export function evenInkStrength(
  coverage: Float32Array,
  share: Float32Array,
  width: number,
  height: number,
  pxPerMm: number,
): void {
  const cell = Math.max(8, Math.round(CELL_MM * pxPerMm));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const gains = measureGains(coverage, share, width, height, cell, columns, rows);
  if (gains === null) return;
  const across = new Float32Array(columns);
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
    const top = Math.min(Math.max(0, rows - 2), Math.floor(v));
    const below = Math.min(rows - 1, top + 1);
    for (let column = 0; column < columns; column++) {
      const a = gains[top * columns + column]!;
      across[column] = a + (gains[below * columns + column]! - a) * (v - top);
    }
    raiseRow(coverage, y * width, width, across, cell);
  }
}

function raiseRow(
  coverage: Float32Array,
  start: number,
  width: number,
  gains: Float32Array,
  cell: number,
): void {
  const last = gains.length - 1;
  for (let x = 0; x < width; x++) {
    const value = coverage[start + x]!;
    if (value === 0) continue;
    const u = Math.min(last, Math.max(0, (x + 0.5) / cell - 0.5));
    const left = Math.floor(u);
    const gain = gains[left]! + (gains[Math.min(last, left + 1)]! - gains[left]!) * (u - left);
    coverage[start + x] = Math.min(1, value * gain);
  }
}

/** What ink is to be multiplied with, cell by cell; null when it is strong everywhere. */
function measureGains(
  coverage: Float32Array,
  share: Float32Array,
  width: number,
  height: number,
  cell: number,
  columns: number,
  rows: number,
): Float32Array | null {
  const ink = new Float32Array(columns * rows);
  const seen = new Float32Array(columns * rows);
  const pixels = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0; x < width; x++) {
      const s = share[y * width + x]!;
      if (s < CLEAR_SHARE) continue;
      const at = row + Math.floor(x / cell);
      ink[at]! += coverage[y * width + x]!;
      seen[at]! += Math.min(1, s);
      pixels[at]!++;
    }
  }
  const gains = new Float32Array(columns * rows).fill(1);
  let weak = false;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [i, s, n] = [0, 0, 0];
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
          i += ink[r * columns + c]!;
          s += seen[r * columns + c]!;
          n += pixels[r * columns + c]!;
        }
      }
      if (n < LEAST_PIXELS) continue;
      const gain = Math.min(MOST, (STRONG * s) / Math.max(1e-6, i));
      if (gain <= 1) continue;
      gains[row * columns + column] = gain;
      weak = true;
    }
  }
  return weak ? gains : null;
}
