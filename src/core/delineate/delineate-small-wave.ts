import { walkOut } from './walk-out.ts';

/** Onset, peak and end of a P or T wave, in samples with fractions. */
export interface SmallWave {
  readonly onset: number | null;
  readonly peak: number;
  readonly end: number | null;
}

/** Index of scale 2^4 at 250 Hz among the levels of 500 Hz. */
const LEVEL = 4;

interface WaveKind {
  /** Share of the window's steepest place that the other flank has at least. */
  readonly flankShare: number;
  /** Share of the flank's slope at which the wave begins and ends. */
  readonly onsetShare: number;
  readonly endShare: number;
  /** Slope at the level, mV, below which there is no wave. */
  readonly least: number;
}

const KINDS: Record<'P' | 'T', WaveKind> = {
  P: { flankShare: 0.3, onsetShare: 0.5, endShare: 0.5, least: 0.012 },
  T: { flankShare: 0.2, onsetShare: 0.3, endShare: 0.3, least: 0.02 },
};
/** Samples of the window next to the complex that its own slope spills into, seconds. */
const CLEARANCE_SECONDS = 0.02;

/**
 * Delineates the P or T wave in a window beside the complex: the steepest place of the window at the wave's scale and
 * the steepest one of the opposite sign beside it are its flanks, the zero between them its peak, the places beyond
 * where the modulus has fallen to a share of the flank's its ends. null where no two flanks are steep enough.
 */
export function delineateSmallWave(
  levels: readonly Float64Array[],
  window: { readonly kind: 'P' | 'T'; readonly from: number; readonly to: number; readonly fs: number },
): SmallWave | null {
  const kind = KINDS[window.kind];
  const slope = levels[LEVEL]!;
  const clearance = Math.round(CLEARANCE_SECONDS * window.fs);
  const from = Math.max(1, window.from + (window.kind === 'T' ? clearance : 0));
  const to = Math.min(slope.length - 2, window.to - (window.kind === 'P' ? clearance : 0));
  const maxima: number[] = [];
  for (let i = from; i <= to; i++) {
    const height = Math.abs(slope[i]!);
    if (height >= Math.abs(slope[i - 1]!) && height > Math.abs(slope[i + 1]!)) maxima.push(i);
  }
  let best: readonly [number, number] | null = null;
  let most = 0;
  for (let k = 0; k + 1 < maxima.length; k++) {
    const [a, b] = [maxima[k]!, maxima[k + 1]!];
    if (slope[a]! * slope[b]! >= 0) continue;
    const strong = Math.max(Math.abs(slope[a]!), Math.abs(slope[b]!));
    const weak = Math.min(Math.abs(slope[a]!), Math.abs(slope[b]!));
    if (weak < kind.flankShare * strong || strong < kind.least) continue;
    if (strong + weak > most) {
      most = strong + weak;
      best = [a, b];
    }
  }
  if (!best) return null;
  const [rise, fall] = best;
  let zero = rise;
  while (zero < fall && slope[zero + 1]! * slope[rise]! > 0) zero++;
  const before = slope[zero]!;
  const after = slope[zero + 1]!;
  return {
    onset: walkOut(slope, rise, -1, kind.onsetShare),
    peak: zero + before / (before - after) + 0.5,
    end: walkOut(slope, fall, 1, kind.endShare),
  };
}
