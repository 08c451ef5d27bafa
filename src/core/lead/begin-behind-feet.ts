import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { RowExtent } from './measure-extents.ts';
import { nearestUsualCellMm } from './usual-cells.ts';
import { ascending } from '../../shared/ascending.ts';

/** Shortest and longest foot of a pulse, millimetres: the soft edge of a leg is no foot. */
const FOOT_MM: readonly [number, number] = [0.8, 3.5];
/** Coverage of ink, longest gap in a foot, and how far above and below the foot of a leg its stroke is looked for, millimetres. */
const INKED = 0.3;
const GAP_MM = 0.4;
const BAND_MM: readonly [number, number] = [1.2, 0.6];
/** How level a foot is, and how near feet and ends of several rows must be to agree, millimetres. */
const LEVEL_MM = 0.5;
const AGREE_MM = 0.5;
/** Most columns that rows of usual length are divided into, and how near such a length must be, as a share. */
const MOST_COLUMNS = 4;
const USUAL_NEAR = 0.004;

/**
 * The extents of the rows, those whose trace is joined to the pulse before it beginning behind the foot of the pulse: a
 * pulse that begins with a foot ends with one as long, and its last one runs into the trace. Taken where most of these
 * rows show such a foot, unless rows that begin at the leg have a usual length and those that begin behind the foot have not.
 */
export function beginBehindFeet(
  extents: readonly RowExtent[],
  pulses: readonly DetectedPulse[],
  coverage: FloatRaster,
  pxPerMm: number,
): readonly RowExtent[] {
  const joined = pulses.filter(({ row, side, rightX }) => {
    const { x0, freeLeft } = extents[row]!;
    return side === 'left' && !freeLeft && Math.abs(x0 - rightX) < pxPerMm;
  });
  const feet = joined.map((pulse) => footOf(pulse, coverage, pxPerMm)).filter((px) => px !== null);
  const foot = feet.sort(ascending)[feet.length >> 1];
  if (foot === undefined) return extents;
  const agreeing = feet.filter((px) => Math.abs(px - foot) <= AGREE_MM * pxPerMm);
  if (2 * agreeing.length <= joined.length) return extents;
  const rows = new Set(joined.map(({ row }) => row));
  const behind = extents.map((extent, row) => (rows.has(row) ? { ...extent, x0: extent.x0 + foot } : extent));
  const isUsual = (begun: readonly RowExtent[]): boolean => {
    const lengths = begun.filter((_, row) => rows.has(row)).map(({ x0, x1 }) => (x1 - x0) / pxPerMm);
    const middle = lengths.sort(ascending)[lengths.length >> 1]!;
    for (let count = 1; count <= MOST_COLUMNS; count++) {
      if (nearestUsualCellMm(middle / count, USUAL_NEAR) !== null) return true;
    }
    return false;
  };
  return isUsual(extents) && !isUsual(behind) ? extents : behind;
}

/** Length of the foot before a pulse, where the stroke behind its last leg is as level; null where it has none. */
function footOf(
  { box, leftX, rightX }: DetectedPulse,
  coverage: FloatRaster,
  pxPerMm: number,
): number | null {
  const from = Math.round(box.y1 - BAND_MM[0] * pxPerMm);
  const to = Math.round(box.y1 + BAND_MM[1] * pxPerMm);
  const gap = Math.max(1, GAP_MM * pxPerMm);
  const levels: number[] = [];
  const begin = Math.floor(leftX - 0.35 * pxPerMm);
  let end = begin + 1;
  for (let x = begin; x >= 0 && end - x <= gap + 1; x--) {
    const y = levelAt(coverage, x, from, to);
    if (y === null) continue;
    levels.push(y);
    end = x;
  }
  const foot = leftX - end;
  if (levels.length === 0 || foot < FOOT_MM[0] * pxPerMm || foot > FOOT_MM[1] * pxPerMm) return null;
  const level = levels.sort(ascending)[levels.length >> 1]!;
  const isLevel = (y: number): boolean => Math.abs(y - level) <= LEVEL_MM * pxPerMm;
  if (!levels.every(isLevel)) return null;
  for (let x = Math.ceil(rightX + 0.35 * pxPerMm); x < rightX + foot - 1; x++) {
    const y = levelAt(coverage, x, from, to);
    if (y !== null && !isLevel(y)) return null;
  }
  return foot;
}

/** Middle of the ink of a column between two rows; null where it is bare. */
function levelAt({ data, width, height }: FloatRaster, x: number, y0: number, y1: number): number | null {
  if (x < 0 || x >= width) return null;
  let mass = 0;
  let moment = 0;
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
    const ink = data[y * width + x]!;
    if (ink < INKED) continue;
    mass += ink;
    moment += ink * y;
  }
  return mass > 0 ? moment / mass : null;
}
