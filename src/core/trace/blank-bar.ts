import type { Box, FloatRaster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** How far from the stated box the bar's sides and ends are looked for, pixels. */
const SEARCH_PX = 3;
/** Share of a bar's rows (columns) inked for a column (row) to count as part of it. */
const FILLED = 0.75;
/** Typical coverage of a side column above which the bar's soft edge is taken away. */
const SOFT = 0.04;

/** Lower quartile of a side column's coverage: a complex that touches the bar reaches only part of it. */
const SIDE_QUANTILE = 0.25;
/** Of the bars of a page, the share that is narrower than what counts as their width. */
const WIDTH_QUANTILE = 0.3;
/** Columns beside a bar's own that its soft edge may reach. */
const SIDE_PX = 2;

/** The pen that drew the bars of a page. */
export interface BarPen {
  /** Columns that it fills. */
  readonly columns: number;
  /** Its thickness, soft edges included, pixels. */
  readonly widthPx: number;
}

/** Measures the pen of a page's bars. Those that touch a complex look wider: the narrower ones tell. */
export function measureBarPen(coverage: FloatRaster, boxes: readonly Box[]): BarPen {
  const columns: number[] = [];
  const widths: number[] = [];
  for (const box of boxes) {
    const core = findCore(coverage, box);
    if (core === null) continue;
    columns.push(core.right - core.left);
    let widthPx = 0;
    for (let x = core.left - SIDE_PX; x < core.right + SIDE_PX; x++) {
      if (x >= 0 && x < coverage.width) widthPx += columnLevel(coverage, x, core, 0.5);
    }
    widths.push(widthPx);
  }
  const typical = (values: number[]): number =>
    values.sort(ascending)[Math.floor(WIDTH_QUANTILE * values.length)] ?? 0;
  return { columns: typical(columns), widthPx: typical(widths) };
}

/**
 * Hides a separator bar: its columns, found again in the ink around the stated box, say nothing from end to end; the
 * soft edge beside it is subtracted so that a trace leaving the bar stays visible. Changes both rasters in place.
 *
 * @param pen what else stands in the box than a bar of this pen is a complex that touches it, and stays
 */
export function blankBar(coverage: FloatRaster, certainty: FloatRaster, box: Box, pen: BarPen): void {
  const core = findCore(coverage, box);
  if (core === null) return;
  const { data, width, height } = coverage;
  const { left, right } = ownColumns(coverage, core, pen.columns);
  let { y0, y1 } = core;
  const filled = (y: number): boolean => {
    let inked = 0;
    for (let x = left; x < right; x++) if (data[y * width + x]! > 0.5) inked++;
    return right - left >= 3 && inked >= FILLED * (right - left);
  };
  while (y0 > 0 && filled(y0 - 1)) y0--;
  while (y1 < height && filled(y1)) y1++;
  const from = Math.max(0, left - SIDE_PX);
  const levels: number[] = [];
  let sides = 0;
  let own = 0;
  for (let x = from; x < Math.min(width, right + SIDE_PX); x++) {
    const inside = x >= left && x < right;
    const level = columnLevel(coverage, x, core, SIDE_QUANTILE);
    levels.push(level);
    if (inside) own += level;
    else sides += level;
  }
  const share = Math.min(1, Math.max(0, pen.widthPx - own) / Math.max(1e-6, sides));
  levels.forEach((found, i) => {
    const x = from + i;
    const inside = x >= left && x < right;
    const level = inside ? 1 : share * found;
    if (level < SOFT) return;
    for (let y = Math.max(0, y0 - 1); y < Math.min(height, y1 + 1); y++) {
      const pixel = y * width + x;
      if (inside) {
        data[pixel] = 0;
        certainty.data[pixel] = 0;
      } else {
        data[pixel] = Math.max(0, (data[pixel]! - level) / (1 - level));
        certainty.data[pixel]! *= 1 - level;
      }
    }
  });
}

/** Columns about a stated box that are inked over most of its height, and its rows; null for an empty box. */
interface BarCore {
  readonly left: number;
  readonly right: number;
  readonly y0: number;
  readonly y1: number;
}

function findCore(coverage: FloatRaster, box: Box): BarCore | null {
  const { width, height } = coverage;
  const x0 = Math.max(0, Math.floor(box.x0));
  const x1 = Math.min(width, Math.ceil(box.x1));
  const y0 = Math.max(0, Math.floor(box.y0));
  const y1 = Math.min(height, Math.ceil(box.y1));
  if (x1 <= x0 || y1 <= y0) return null;
  let left = -1;
  let right = -1;
  for (let x = Math.max(0, x0 - SEARCH_PX); x < Math.min(width, x1 + SEARCH_PX); x++) {
    if (columnLevel(coverage, x, { y0, y1 }, 0.5) <= 0.5) continue;
    if (left < 0) left = x;
    right = x + 1;
  }
  return left < 0 ? { left: x0, right: x1, y0, y1 } : { left, right, y0, y1 };
}

/** Of the columns of a core, the `columns` side by side that are inked most completely. */
function ownColumns(
  { data, width }: FloatRaster,
  { left, right, y0, y1 }: BarCore,
  columns: number,
): { left: number; right: number } {
  if (columns <= 0 || right - left <= columns) return { left, right };
  let best = left;
  let most = -1;
  for (let from = left; from + columns <= right; from++) {
    let inked = 0;
    for (let y = y0; y < y1; y++) {
      for (let x = from; x < from + columns; x++) if (data[y * width + x]! > 0.5) inked++;
    }
    if (inked > most) {
      most = inked;
      best = from;
    }
  }
  return { left: best, right: best + columns };
}

/** Coverage of a column between two rows that `quantile` of its pixels stay below. */
function columnLevel(
  { data, width }: FloatRaster,
  x: number,
  { y0, y1 }: Pick<BarCore, 'y0' | 'y1'>,
  quantile: number,
): number {
  const values = new Float32Array(y1 - y0);
  for (let y = y0; y < y1; y++) values[y - y0] = data[y * width + x]!;
  return values.sort()[Math.floor(quantile * values.length)]!;
}
