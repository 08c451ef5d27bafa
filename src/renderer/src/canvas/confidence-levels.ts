/** Confidences from which a sample is said to be on the next better level; the second is where findings of doubt begin. */
export const CONFIDENCE_STEPS = [0.3, 0.5, 0.7, 0.85, 0.95] as const;

/** What the levels are called, from the worst on. */
export const LEVEL_WORDS = ['poor', 'doubtful', 'unsure', 'fair', 'good', 'sure'] as const;
export const LEVELS = LEVEL_WORDS.length;

/** Where a sample has no level, because it has no place. */
export const NO_LEVEL = 255;

/**
 * Level of a confidence, 0 poor to 5 sure.
 *
 * @example
 * confidenceLevel(0.6); // 2
 */
export function confidenceLevel(confidence: number): number {
  let level = 0;
  while (level < CONFIDENCE_STEPS.length && confidence >= CONFIDENCE_STEPS[level]!) level++;
  return level;
}

/** A doubt is shown on so many samples before and after it, so that it is seen, and trust does not flicker. */
const AROUND = 2;

/**
 * Level of each point of a trace: the worst of the points around it. A point without a place has none, and does not doubt its
 * neighbours.
 *
 * @param confidence - 0..1 per point
 * @param ys - NaN where nothing is traced
 */
export function levelsAlong(confidence: Float32Array, ys: Float32Array): Uint8Array {
  const { length } = ys;
  const own = new Uint8Array(length);
  for (let i = 0; i < length; i++) own[i] = Number.isNaN(ys[i]!) ? NO_LEVEL : confidenceLevel(confidence[i]!);
  const levels = own.slice();
  for (let i = 0; i < length; i++) {
    const level = own[i]!;
    if (level >= LEVELS - 1) continue;
    const end = Math.min(length - 1, i + AROUND);
    for (let j = Math.max(0, i - AROUND); j <= end; j++) {
      if (own[j] !== NO_LEVEL && levels[j]! > level) levels[j] = level;
    }
  }
  return levels;
}
