import type { FloatRaster } from '../image/raster.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { Pen } from './pen.ts';
import type { TraceEvidence } from './prepare-evidence.ts';
import { fillGaps, type FlankLimits } from './fill-gaps.ts';
import { polishTips } from './polish-tips.ts';
import { refineLine } from './refine-line.ts';
import { strokeMisfit } from './stroke-misfit.ts';
import type { TracePath } from './trace-path.ts';

/** Share of a cell's columns that must show ink for the lead to count as printed. */
const LEAST_INKED = 0.2;
export const SAMPLES_PER_PX = 3;
/** Coverage at which a stroke's edge lies. */
const EDGE = 0.5;

/**
 * Turns a row's first guess into the finished path of one cell.
 *
 * @param line first guess of the row at `SAMPLES_PER_PX`, NaN where there is no ink; entry 0 at column `lineX0`
 * @returns null when too little ink was found
 */
export function traceCell(
  evidence: TraceEvidence,
  cell: LeadCell,
  line: Float64Array,
  lineX0: number,
  pen: Pen,
): TracePath | null {
  const x0 = Math.max(lineX0, Math.round(cell.x0));
  const x1 = Math.min(lineX0 + (line.length - 1) / SAMPLES_PER_PX + 1, Math.round(cell.x1));
  const columns = x1 - x0;
  if (columns < 3) return null;
  const first = (x0 - lineX0) * SAMPLES_PER_PX;
  const seen = line.subarray(first, first + (columns - 1) * SAMPLES_PER_PX + 1);
  const bridged = new Uint8Array(columns);
  let inked = 0;
  for (let column = 0; column < columns; column++) {
    const value = seen[column * SAMPLES_PER_PX]!;
    if (value === value) inked++;
    else bridged[column] = 1;
  }
  if (inked < LEAST_INKED * columns) return null;
  const limits = { baselineY: cell.baselineY, inkEnd: inkEnds(evidence.coverage, seen, x0, pen) };
  const start = fillGaps(seen, SAMPLES_PER_PX, limits);
  const refined = refineLine(evidence.coverage, evidence.certainty, start, x0, SAMPLES_PER_PX, pen, {
    blind: bridged,
  });
  // Where the flank of a hidden end leads is known only now.
  refined.y.set(fillGaps(onlySeen(refined.y, seen), SAMPLES_PER_PX, limits));
  polishTips(refined.y, evidence.coverage, evidence.certainty, x0, SAMPLES_PER_PX, pen, bridged);
  const fineY = Float32Array.from(refined.y);
  const y = new Float32Array(columns);
  for (let column = 0; column < columns; column++) y[column] = fineY[column * SAMPLES_PER_PX]!;
  const confidence = strokeMisfit(evidence, refined.y, x0, columns, SAMPLES_PER_PX, pen);
  for (let column = 0; column < columns; column++) {
    if (bridged[column] === 1) confidence[column] = Math.min(0.2, confidence[column]!);
  }
  return {
    cellId: cell.id,
    x0,
    y,
    confidence,
    bridged,
    strokeWidthPx: 2 * pen.radiusPx,
    fineY,
    samplesPerPx: SAMPLES_PER_PX,
  };
}

/** How far the ink under a line goes up and down its column, to the middle of the stroke that ends there. */
function inkEnds(
  { data, width, height }: FloatRaster,
  line: Float64Array,
  x0: number,
  pen: Pen,
): FlankLimits['inkEnd'] {
  return (sample, way) => {
    const x = x0 + Math.round(sample / SAMPLES_PER_PX);
    let y = Math.round(line[sample]!);
    while (y + way >= 0 && y + way < height && data[(y + way) * width + x]! >= EDGE) y += way;
    return y - way * Math.max(0, pen.radiusPx - 0.5);
  };
}

/** The refined line without its ends that were not seen. */
function onlySeen(refined: Float64Array, seen: Float64Array): Float64Array {
  const first = seen.findIndex((value) => value === value);
  const last = seen.findLastIndex((value) => value === value);
  return refined
    .slice()
    .fill(Number.NaN, 0, first)
    .fill(Number.NaN, last + 1);
}
