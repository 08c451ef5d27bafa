import type { SignalView } from '../../../shared/api/signal-bytes.ts';
import type { CellView, FindingView } from '../../../shared/api/page-record.ts';
import { DOUBTFUL_BELOW } from '../canvas/build-paths.ts';

/** A stretch that deserves eyes, page time in seconds, and why. */
export interface DoubtfulSpan {
  readonly cellId: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly words: string;
}

/** Shorter doubts are not worth a stop; doubts nearer to each other are one. */
const LEAST_SECONDS = 0.03;
const JOIN_SECONDS = 0.25;

/**
 * The doubtful stretches of a page in reading order: where a trace is hardly trusted, and what findings point at. A finding
 * about a whole lead stops at its beginning.
 */
export function doubtfulSpans(
  signals: readonly SignalView[],
  cells: readonly CellView[],
  findings: readonly FindingView[],
): DoubtfulSpan[] {
  const spans = signals.flatMap(lowTrust);
  for (const { leads, startSeconds, endSeconds, message, severity } of findings) {
    if (severity === 'info') continue;
    for (const cell of cells) {
      if (!leads.includes(cell.lead)) continue;
      const from = Math.max(cell.startSeconds, startSeconds ?? cell.startSeconds);
      const to = Math.min(cell.endSeconds, endSeconds ?? cell.endSeconds);
      if (to <= from) continue;
      spans.push({ cellId: cell.id, startSeconds: from, endSeconds: to, words: message });
      break;
    }
  }
  const order = new Map(cells.map((cell, i) => [cell.id, i]));
  return spans.sort((a, b) => order.get(a.cellId)! - order.get(b.cellId)! || a.startSeconds - b.startSeconds);
}

function lowTrust({ cellId, lead, startSeconds, fs, confidence }: SignalView): DoubtfulSpan[] {
  const spans: { from: number; to: number; least: number }[] = [];
  for (let i = 0; i < confidence.length; i++) {
    if (confidence[i]! >= DOUBTFUL_BELOW) continue;
    const last = spans.at(-1);
    if (last && i - last.to <= JOIN_SECONDS * fs) {
      last.to = i;
      last.least = Math.min(last.least, confidence[i]!);
    } else spans.push({ from: i, to: i, least: confidence[i]! });
  }
  return spans
    .filter(({ from, to }) => to - from >= LEAST_SECONDS * fs)
    .map(({ from, to, least }) => ({
      cellId,
      startSeconds: startSeconds + from / fs,
      endSeconds: startSeconds + (to + 1) / fs,
      words: `${lead}: trust down to ${Math.round(100 * least)} %`,
    }));
}

/** The stretch after (`way` 1) or before (-1) the one last visited, round and round; null when there is none. */
export function nextSpan(
  spans: readonly DoubtfulSpan[],
  last: DoubtfulSpan | null,
  way: 1 | -1,
): DoubtfulSpan | null {
  if (spans.length === 0) return null;
  const at = last
    ? spans.findIndex(
        ({ cellId, startSeconds }) => cellId === last.cellId && startSeconds === last.startSeconds,
      )
    : -1;
  if (at >= 0) return spans[(at + way + spans.length) % spans.length]!;
  return way === 1 ? spans[0]! : spans.at(-1)!;
}
