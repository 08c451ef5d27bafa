/** How exactly pages of one scanner have its resolution: paper is fed a little askew, or stretched. */
const SPREAD = 0.004;
/** Pages of unknown kind that are reckoned with beside those that are known, and how their resolutions spread about what was assumed. */
const UNKNOWN_PAGES = 2;
const UNKNOWN_SPREAD = 0.35;

/**
 * Density of the logarithm of a page's resolution by those of corrected pages that look like it, up to a factor; 1 where there are none.
 *
 * @param resolutionsPxPerMm pixels per mm of the pages that are known
 * @param assumedPxPerMm what is assumed of others
 */
export function resolutionChance(
  logPxPerMm: number,
  resolutionsPxPerMm: readonly number[],
  assumedPxPerMm: number,
): number {
  if (resolutionsPxPerMm.length === 0) return 1;
  const bell = (about: number, spread: number): number =>
    Math.exp(-0.5 * ((logPxPerMm - Math.log(about)) / spread) ** 2) / spread;
  const known = resolutionsPxPerMm.reduce((sum, one) => sum + bell(one, SPREAD), 0);
  return (
    (known + UNKNOWN_PAGES * bell(assumedPxPerMm, UNKNOWN_SPREAD)) /
    (resolutionsPxPerMm.length + UNKNOWN_PAGES)
  );
}

/** The likeliest of the resolutions of corrected pages, pixels per mm; null where there are none. O(n^2). */
export function likeliestResolution(resolutionsPxPerMm: readonly number[]): number | null {
  let [best, most] = [null as number | null, 0];
  for (const one of resolutionsPxPerMm) {
    const chance = resolutionChance(Math.log(one), resolutionsPxPerMm, one);
    if (chance > most) [best, most] = [one, chance];
  }
  return best;
}
