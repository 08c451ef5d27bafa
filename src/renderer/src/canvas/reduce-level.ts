/** By how much the server may reduce a page before sending it. */
export const REDUCE_LEVELS = [8, 4, 2, 1] as const;
export type ReduceLevel = (typeof REDUCE_LEVELS)[number];

/**
 * The coarsest level that still has one bitmap pixel per device pixel at this zoom (with 15 % tolerance), so that a
 * page shown small never decodes at full size.
 */
export function reduceLevelFor(scale: number, devicePixelRatio: number): ReduceLevel {
  const wanted = scale * devicePixelRatio;
  for (const level of REDUCE_LEVELS) if (1 / level >= wanted * 0.85) return level;
  return 1;
}

/** Levels to load in order for a zoom: a small one first when the wanted one is large, then the wanted one. */
export function reduceLadder(wanted: ReduceLevel): readonly ReduceLevel[] {
  return wanted >= 4 ? [wanted] : [8, wanted];
}
