import type { InkComponents } from './ink-components.ts';

const PITCH_MM = 5;
/** A line counts as printed in ink when it is covered over this share of the page. */
const MIN_COVERED = 0.2;
/** So many of the lines must be, for the page to count as ruled in ink. */
const MIN_LINES = 0.25;

/** Whether the strong horizontal grid lines (multiples of 5 mm) came through as ink: heavy black grids on photographs. */
export function hasRuledLines(
  components: InkComponents,
  pageWidth: number,
  pageHeight: number,
  pxPerMm: number,
): boolean {
  const lines = Math.floor(pageHeight / (PITCH_MM * pxPerMm));
  const covered = new Float32Array(lines + 1);
  for (let k = 0; k < components.runCount; k++) {
    const line = Math.round(components.runY[k] / (PITCH_MM * pxPerMm));
    if (Math.abs(components.runY[k] - line * PITCH_MM * pxPerMm) > 1) continue;
    const length = components.runX1[k] - components.runX0[k];
    if (length >= 0.5 * pxPerMm && line <= lines) covered[line] += length / 2;
  }
  let ruled = 0;
  for (const length of covered) if (length > MIN_COVERED * pageWidth) ruled++;
  return ruled > MIN_LINES * lines;
}
