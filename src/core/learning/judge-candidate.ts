import type { MeanInterval } from './paired-bootstrap.ts';

/** What a proof measured, as far as the judgement depends on it. */
export interface ProofFigures {
  /** On the locked pages; null when there is none. */
  readonly locked: {
    readonly differenceDb: MeanInterval;
    readonly failures: { readonly current: number; readonly candidate: number };
  } | null;
  /** Kaggle score of the candidate minus that of the current model, of folders of reference pages. */
  readonly references: readonly { readonly folder: string; readonly differenceDb: number }[];
}

export interface Judgement {
  /** Whether it is better on the locked pages. */
  readonly better: boolean;
  /** Reference folders that lose more than they may. */
  readonly harmed: readonly string[];
  /** Whether it may take the place of the current model without anybody taking that upon themselves. */
  readonly allowed: boolean;
  /** Why, in words. */
  readonly words: readonly string[];
}

/** What a folder of reference pages may lose, decibels. */
export const MOST_LOSS_DB = 0.2;

/**
 * Whether a candidate may be promoted: it has to be better on pages that neither model learnt from, without losing pages
 * altogether, and no folder of reference pages may lose more than 0.2 dB.
 */
export function judgeCandidate({ locked, references }: ProofFigures): Judgement {
  const words: string[] = [];
  if (references.length === 0) words.push('There are no reference pages that would tell what it forgot.');
  const harmed = references.filter(({ differenceDb }) => differenceDb < -MOST_LOSS_DB);
  let better = false;
  if (!locked) {
    words.push('There are no locked pages to prove it on.');
  } else {
    const { mean, low, high } = locked.differenceDb;
    const lost = locked.failures.candidate - locked.failures.current;
    better = mean > 0 && lost <= 0;
    words.push(
      `Locked pages: ${decibels(mean)} (95 % of means lie between ${decibels(low)} and ${decibels(high)}).`,
    );
    if (lost > 0) words.push(`It loses ${lost} more of the locked pages altogether.`);
    if (better && low < 0) words.push('The interval includes no gain at all: more locked pages would tell.');
  }
  for (const { folder, differenceDb } of harmed) {
    words.push(`${folder} loses ${(-differenceDb).toFixed(2)} dB, more than ${MOST_LOSS_DB}.`);
  }
  const allowed = better && references.length > 0 && harmed.length === 0;
  return { better, harmed: harmed.map(({ folder }) => folder), allowed, words };
}

const decibels = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)} dB`;
