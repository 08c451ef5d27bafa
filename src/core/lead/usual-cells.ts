/** Usual lengths of a cell in millimetres (2.5, 3, 5, 6, 10, 12 s at 25 mm/s; 2.5 and 5 s at 50 mm/s). */
export const USUAL_CELLS_MM: readonly number[] = [62.5, 75, 125, 150, 250, 300];

/** The usual length within a share of `tolerance` of `cellMm`, or null. */
export function nearestUsualCellMm(cellMm: number, tolerance: number): number | null {
  let best: number | null = null;
  let least = tolerance;
  for (const usual of USUAL_CELLS_MM) {
    const off = Math.abs(cellMm / usual - 1);
    if (off < least) {
      least = off;
      best = usual;
    }
  }
  return best;
}
