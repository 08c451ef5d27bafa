import type { FloatRaster } from '../image/raster.ts';
import type { SeparatorColumn } from './find-separators.ts';
import { uprightCentre } from './upright-centre.ts';
import { ascending } from '../../shared/ascending.ts';

/** How far from its box the centre of a mark is looked for, millimetres. */
const REACH_MM = 0.45;

/** The separator columns with their centre lines measured in the ink to a fraction of a pixel. */
export function centreSeparators(
  columns: readonly SeparatorColumn[],
  coverage: FloatRaster,
  pxPerMm: number,
): SeparatorColumn[] {
  return columns.map((column) => {
    const centres: number[] = [];
    for (const { x0, x1, y0, y1 } of column.marks) {
      const centre = uprightCentre(coverage, (x0 + x1 - 1) / 2, y0, y1, REACH_MM * pxPerMm);
      if (centre !== null) centres.push(centre);
    }
    if (centres.length === 0) return column;
    centres.sort(ascending);
    const half = centres.length >> 1;
    const x = centres.length % 2 === 1 ? centres[half]! : (centres[half - 1]! + centres[half]!) / 2;
    return { ...column, x };
  });
}
