const MIN_CANONICAL_PX_PER_MM = 6;
const MAX_CANONICAL_PX_PER_MM = 12;

/**
 * Canonical pixels per 5 mm for a page of which the source shows so many pixels per millimetre: a whole number, no
 * coarser than the source's finer axis, within 6..12 pixels per millimetre.
 */
export function canonicalStepPx(pxPerMmX: number, pxPerMmY: number): number {
  const finer = Math.max(MIN_CANONICAL_PX_PER_MM, pxPerMmX, pxPerMmY);
  return Math.ceil(5 * Math.min(MAX_CANONICAL_PX_PER_MM, finer) - 0.01);
}
