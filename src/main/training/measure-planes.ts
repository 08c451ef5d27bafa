import { LEAST_INK } from './net/segmentation-loss.ts';

/** How well one class was found, over all pages. */
export interface ClassMetrics {
  /** The training loss of this class, over all pages at once. */
  readonly loss: number;
  /** `2 sum(p t) / (sum(p^2) + sum(t^2))`, 1 where every share is right. */
  readonly dice: number;
  /** Overlap of what is more than half covered: `2 |P and T| / (|P| + |T|)`. */
  readonly hardDice: number;
  /** Mean absolute difference of the shares where either is above 0.05, 0..1. */
  readonly shareError: number;
  /** Mean signed difference there; positive where too much is found. */
  readonly shareBias: number;
}

export interface SegmentationMetrics {
  /** The training loss, over all pages at once, every class counting alike. */
  readonly loss: number;
  readonly classes: Readonly<Record<string, ClassMetrics>>;
}

/** Adds up differences page by page. */
export interface PlaneMeter {
  /** @param target 0..255 @param weight 0..255 @param found 0..1, all of one size */
  add(classIndex: number, found: Float32Array, target: Uint8Array, weight: Uint8Array): void;
  result(): SegmentationMetrics;
}

const FAINT = 0.05;
/** A class that neither is there nor was found has Dice 1. */
const TINY = 1e-9;

/** An empty meter for the named classes. */
export function createPlaneMeter(names: readonly string[], crossEntropyWeight = 1): PlaneMeter {
  const sums = names.map(() => ({
    weight: 0,
    ink: 0,
    entropy: 0,
    both: 0,
    squares: 0,
    hardBoth: 0,
    hardEach: 0,
    inked: 0,
    error: 0,
    bias: 0,
  }));
  return {
    add(classIndex, found, target, weight) {
      const sum = sums[classIndex]!;
      for (let k = 0; k < found.length; k++) {
        const w = weight[k]! / 255;
        if (w === 0) continue;
        const p = found[k]!;
        const t = target[k]! / 255;
        const safe = Math.max(1e-7, Math.min(1 - 1e-7, p));
        sum.weight += w;
        sum.ink += w * t;
        sum.entropy -= w * (t * Math.log(safe) + (1 - t) * Math.log(1 - safe));
        sum.both += w * p * t;
        sum.squares += w * (p * p + t * t);
        const hardP = p > 0.5 ? w : 0;
        const hardT = t > 0.5 ? w : 0;
        sum.hardBoth += Math.min(hardP, hardT);
        sum.hardEach += hardP + hardT;
        if (p > FAINT || t > FAINT) {
          sum.inked += w;
          sum.error += w * Math.abs(p - t);
          sum.bias += w * (p - t);
        }
      }
    },
    result() {
      let loss = 0;
      const classes: Record<string, ClassMetrics> = {};
      for (const [index, name] of names.entries()) {
        const sum = sums[index]!;
        const dice = (2 * sum.both + TINY) / (sum.squares + TINY);
        const missed = sum.squares - 2 * sum.both;
        const own =
          (crossEntropyWeight * sum.entropy) / (sum.ink + LEAST_INK.entropy * (sum.weight + 1)) +
          missed / (sum.squares + LEAST_INK.dice * (sum.weight + 1));
        loss += own;
        classes[name] = {
          loss: own,
          dice,
          hardDice: (2 * sum.hardBoth + TINY) / (sum.hardEach + TINY),
          shareError: sum.error / Math.max(1, sum.inked),
          shareBias: sum.bias / Math.max(1, sum.inked),
        };
      }
      return { loss: loss / names.length, classes };
    },
  };
}
