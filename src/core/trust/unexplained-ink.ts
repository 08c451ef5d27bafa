import type { Box, FloatRaster } from '../image/raster.ts';
import type { TracePath } from '../trace/trace-path.ts';

/** How far from the line ink is looked for, and how far print keeps columns from being looked at, millimetres. */
const REACH_MM = 2.5;
const PRINT_MM = 3;
/** Beyond the pen's radius this much blur still belongs to the stroke, pixels. */
const EDGE_PX = 1.5;
/** Fainter ink is residue of the paper. */
const FAINT = 0.15;

/**
 * Ink within 2.5 mm of a traced line that its stroke does not explain, against the ink it does: 0.03 on clean pages,
 * 0.3 and more where grid came through, where neighbours cross, or where the line left the trace. Columns at printed
 * marks are left out.
 *
 * @param marks boxes of print (labels, separators, pulses), canonical pixels
 */
export function unexplainedInk(
  { data, width, height }: FloatRaster,
  path: TracePath,
  marks: readonly Box[],
  pxPerMm: number,
): number {
  const { x0, y, fineY, samplesPerPx, strokeWidthPx } = path;
  const reach = REACH_MM * pxPerMm;
  const stroke = strokeWidthPx / 2 + EDGE_PX;
  const print = PRINT_MM * pxPerMm;
  let explained = 0;
  let other = 0;
  for (let column = 0; column < y.length; column++) {
    const x = x0 + column;
    if (x < 0 || x >= width) continue;
    let top = Infinity;
    let bottom = -Infinity;
    const from = Math.max(0, (column - 1) * samplesPerPx);
    const to = Math.min(fineY.length - 1, (column + 1) * samplesPerPx);
    for (let k = from; k <= to; k++) {
      if (fineY[k]! < top) top = fineY[k]!;
      if (fineY[k]! > bottom) bottom = fineY[k]!;
    }
    if (marks.some((m) => x >= m.x0 - 1 && x <= m.x1 + 1 && bottom > m.y0 - print && top < m.y1 + print))
      continue;
    const last = Math.min(height - 1, Math.ceil(bottom + reach));
    for (let row = Math.max(0, Math.floor(top - reach)); row <= last; row++) {
      const ink = data[row * width + x]!;
      if (row >= top - stroke && row <= bottom + stroke) explained += ink;
      else if (ink > FAINT) other += ink;
    }
  }
  return other / Math.max(1, explained);
}
