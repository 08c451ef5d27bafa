import type { LeadName } from '../../shared/lead-name.ts';
import type { Box } from '../image/raster.ts';
import type { Word } from './find-words.ts';
import type { TraceRow } from './trace-row.ts';

/** A word that may be the label of a lead in `row`. */
export interface LabelCandidate {
  readonly row: number;
  readonly box: Box;
  /** What was read; null where the word could not be read. */
  readonly lead: LeadName | null;
  /** The label names the negative of the lead (`-aVR`). */
  readonly inverted: boolean;
  readonly confidence: number;
}

/** Sizes of a printed lead label, millimetres. */
const HEIGHT_MM: readonly [number, number] = [1.3, 5];
const WIDTH_MM: readonly [number, number] = [0.2, 14];
/** Labels stand at most this far from the baseline, millimetres. */
const MAX_DISTANCE_MM = 20;

/** Gives every word of a label's size to the row whose baseline is nearest. */
export function assignLabels(
  words: readonly Word[],
  rows: readonly TraceRow[],
  pxPerMm: number,
): LabelCandidate[] {
  const labels: LabelCandidate[] = [];
  for (const { box } of words) {
    const height = (box.y1 - box.y0) / pxPerMm;
    const width = (box.x1 - box.x0) / pxPerMm;
    if (height < HEIGHT_MM[0] || height > HEIGHT_MM[1] || width < WIDTH_MM[0] || width > WIDTH_MM[1])
      continue;
    const centre = (box.y0 + box.y1) / 2;
    let row = -1;
    let nearest = MAX_DISTANCE_MM * pxPerMm;
    rows.forEach((r, k) => {
      const distance = Math.abs(r.baselineY - centre);
      if (distance < nearest) {
        nearest = distance;
        row = k;
      }
    });
    if (row >= 0) labels.push({ row, box, lead: null, inverted: false, confidence: 0.5 });
  }
  return labels;
}
