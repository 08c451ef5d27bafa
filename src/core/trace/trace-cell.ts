import type { LeadCell } from '../lead/layout.ts';
import type { Pen } from './pen.ts';
import type { TraceEvidence } from './prepare-evidence.ts';
import { polishTips } from './polish-tips.ts';
import { refineLine } from './refine-line.ts';
import { strokeMisfit } from './stroke-misfit.ts';
import type { TracePath } from './trace-path.ts';

/** Share of a cell's columns that must show ink for the lead to count as printed. */
const LEAST_INKED = 0.2;
export const SAMPLES_PER_PX = 2;

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
  const start = fillGaps(seen);
  const refined = refineLine(evidence.coverage, evidence.certainty, start, x0, SAMPLES_PER_PX, pen, {
    blind: bridged,
  });
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

/** Bridges gaps with straight lines; ends are held. */
function fillGaps(line: Float64Array): Float64Array {
  const filled = Float64Array.from(line);
  let last = -1;
  for (let k = 0; k <= line.length; k++) {
    if (k < line.length && line[k] !== line[k]) continue;
    const left = last >= 0 ? line[last]! : line[k]!;
    const right = k < line.length ? line[k]! : left;
    for (let at = last + 1; at < k; at++) {
      const share = last >= 0 && k < line.length ? (at - last) / (k - last) : 0;
      filled[at] = left + (right - left) * share;
    }
    last = k;
  }
  return filled;
}
