import type { ScaleReading } from './read-scale-text.ts';

/** What the prints of one quantity agree on. */
export interface AgreedReading {
  /** Null when nothing was read, or when prints that are equally sure contradict each other. */
  readonly value: number | null;
  /** Chance that it is right, 0..1. */
  readonly probability: number;
  /** All values that were read, when they contradict each other. */
  readonly rivals: readonly number[];
}

/** A rival at least this sure makes the print contradictory. */
const RIVAL = 0.7;

/** Joins the readings of one speed or gain: the same value twice is surer, two values are a contradiction. */
export function agreeReadings(readings: readonly ScaleReading[]): AgreedReading {
  const doubts = new Map<number, number>();
  for (const { value, probability } of readings) {
    doubts.set(value, (doubts.get(value) ?? 1) * (1 - probability));
  }
  const ranked = [...doubts].sort((a, b) => a[1] - b[1]);
  if (ranked.length === 0) return { value: null, probability: 0, rivals: [] };
  const [value, doubt] = ranked[0]!;
  const rivals = ranked.filter(([, d]) => 1 - d >= RIVAL).map(([v]) => v);
  if (rivals.length > 1) return { value: null, probability: 0, rivals };
  return { value, probability: 1 - doubt, rivals: [] };
}
