import type { LineReading } from './read-line.ts';
import type { ScalePhrase } from './scale-phrases.ts';
import { TEXT_CLASSES } from './text-net.ts';

/** Where on a line a phrase stands, if it stands there at all. */
export interface SpottedPhrase {
  /** Frames from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** Logarithm of the likelihood of the phrase against that of whatever is likeliest there; 0 at best. */
  readonly score: number;
}

const BLANK = 0;
const SPACE = TEXT_CLASSES.indexOf(' ');

/**
 * The best place of a phrase among frames `from` up to `to` of a line, by Viterbi over the alignments of the connectionist
 * temporal classification, each frame scored against its likeliest class.
 */
export function spotPhrase(
  { logs, best }: LineReading,
  { labels, gaps }: Pick<ScalePhrase, 'labels' | 'gaps'>,
  from: number,
  to: number,
): SpottedPhrase {
  const classes = TEXT_CLASSES.length;
  // State 2k shows character k, state 2k + 1 the blank behind it.
  const states = 2 * labels.length - 1;
  let scores = new Float64Array(states).fill(-Infinity);
  let starts = new Int32Array(states);
  let nextScores = new Float64Array(states);
  let nextStarts = new Int32Array(states);
  let found: SpottedPhrase = { start: from, end: from, score: -Infinity };
  for (let t = from; t < to; t++) {
    const at = t * classes;
    const most = logs[at + best[t]!]!;
    for (let s = 0; s < states; s++) {
      const k = s >> 1;
      let score = scores[s]!;
      let start = starts[s]!;
      if (s === 0) {
        if (score < 0) {
          score = 0;
          start = t;
        }
      } else {
        if (scores[s - 1]! > score) {
          score = scores[s - 1]!;
          start = starts[s - 1]!;
        }
        if (s % 2 === 0 && labels[k] !== labels[k - 1] && scores[s - 2]! > score) {
          score = scores[s - 2]!;
          start = starts[s - 2]!;
        }
      }
      let emitted: number;
      if (s % 2 === 0) emitted = logs[at + labels[k]!]!;
      else if (gaps[k + 1] === 1) emitted = Math.max(logs[at + BLANK]!, logs[at + SPACE]!);
      else emitted = logs[at + BLANK]!;
      nextScores[s] = score + emitted - most;
      nextStarts[s] = start;
    }
    [scores, nextScores] = [nextScores, scores];
    [starts, nextStarts] = [nextStarts, starts];
    if (scores[states - 1]! >= found.score) {
      found = { start: starts[states - 1]!, end: t + 1, score: scores[states - 1]! };
    }
  }
  return found;
}

/** Logarithm of the probability that frames `start` up to `end` show exactly the phrase, over all alignments. */
export function phraseLogOdds(
  { logs }: LineReading,
  { labels, gaps }: Pick<ScalePhrase, 'labels' | 'gaps'>,
  start: number,
  end: number,
): number {
  const classes = TEXT_CLASSES.length;
  const states = 2 * labels.length - 1;
  let sums = new Float64Array(states);
  sums[0] = 1;
  let log = 0;
  for (let t = start; t < end; t++) {
    const next = new Float64Array(states);
    let total = 0;
    for (let s = 0; s < states; s++) {
      const k = s >> 1;
      let sum = sums[s]!;
      if (t > start) {
        if (s > 0) sum += sums[s - 1]!;
        if (s > 1 && s % 2 === 0 && labels[k] !== labels[k - 1]) sum += sums[s - 2]!;
      }
      if (sum === 0) continue;
      const at = t * classes;
      let emitted = Math.exp(logs[at + (s % 2 === 0 ? labels[k]! : BLANK)]!);
      if (s % 2 === 1 && gaps[k + 1] === 1) emitted += Math.exp(logs[at + SPACE]!);
      next[s] = sum * emitted;
      total += next[s]!;
    }
    if (total === 0) return -Infinity;
    log += Math.log(total);
    for (let s = 0; s < states; s++) next[s]! /= total;
    sums = next;
  }
  return log + Math.log(sums[states - 1]!);
}
