/** Fewer beats make no rate. */
const LEAST_BEATS = 3;

/** Heart rate by the median interval between beats, e.g. `73 bpm · 12 beats`; null for too few of them. */
export function rateWords(beats: readonly number[]): string | null {
  if (beats.length < LEAST_BEATS) return null;
  const intervals = beats
    .slice(1)
    .map((seconds, i) => seconds - beats[i]!)
    .sort((a, b) => a - b);
  const median = intervals[intervals.length >> 1]!;
  return `${Math.round(60 / median)} bpm · ${beats.length} beats`;
}
