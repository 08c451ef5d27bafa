import type { FloatRaster } from '../image/raster.ts';
import type { RowBand } from './follow-ink.ts';
import type { InkClaims } from './ink-claims.ts';

/** The vertical stretch of ink the line passes through in each column, with sub-pixel ends (pixel centres at integers). */
export interface InkRuns {
  readonly top: Float32Array;
  readonly bottom: Float32Array;
  /** 1 where there is no ink at the path: `top` and `bottom` are NaN. */
  readonly missing: Uint8Array;
}

/** Coverage at which a stroke's edge lies. */
const EDGE = 0.5;
/** Coverage below which a column of the path counts as bare paper. */
const BARE = 0.3;

/**
 * Measures the ink run around a path. A column's run may begin a pixel or two off the path: the path is snapped to the
 * darkest pixel within `reachPx` first.
 *
 * @param path row per column of the band
 * @param others bits of the rows whose ink is left to them: a run ends where theirs begins
 */
export function measureRuns(
  coverage: FloatRaster,
  path: Int16Array,
  band: RowBand,
  reachPx: number,
  claims: InkClaims,
  others: number,
): InkRuns {
  const { data, width } = coverage;
  const { x0, y0, y1 } = band;
  const { bits } = claims;
  const columns = path.length;
  const top = new Float32Array(columns).fill(Number.NaN);
  const bottom = new Float32Array(columns).fill(Number.NaN);
  const missing = new Uint8Array(columns);
  for (let column = 0; column < columns; column++) {
    const x = x0 + column;
    let y = path[column]!;
    for (let off = 1; off <= reachPx; off++) {
      const up = Math.max(y0, path[column]! - off);
      const down = Math.min(y1 - 1, path[column]! + off);
      if (data[y * width + x]! >= EDGE) break;
      if (data[up * width + x]! > data[y * width + x]!) y = up;
      if (data[down * width + x]! > data[y * width + x]!) y = down;
    }
    const peak = data[y * width + x]!;
    if (peak < BARE || (bits[y * width + x]! & others) !== 0) {
      missing[column] = 1;
      continue;
    }
    const edge = Math.min(EDGE, 0.6 * peak);
    let first = y;
    while (first > y0 && data[(first - 1) * width + x]! >= edge && !(bits[(first - 1) * width + x]! & others))
      first--;
    let last = y;
    while (
      last < y1 - 1 &&
      data[(last + 1) * width + x]! >= edge &&
      !(bits[(last + 1) * width + x]! & others)
    )
      last++;
    // The fractional coverage of the outermost pixels tells where in them the edge lies.
    const above = first > y0 ? Math.min(edge, data[(first - 1) * width + x]!) : 0;
    const below = last < y1 - 1 ? Math.min(edge, data[(last + 1) * width + x]!) : 0;
    if (first === last) {
      const mass = peak + above + below;
      const centre = first + (below - above) / mass;
      top[column] = centre - mass / 2;
      bottom[column] = centre + mass / 2;
    } else {
      top[column] = first + 0.5 - data[first * width + x]! - above;
      bottom[column] = last - 0.5 + data[last * width + x]! + below;
    }
  }
  return { top, bottom, missing };
}
