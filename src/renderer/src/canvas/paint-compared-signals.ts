import type { DifferenceStretch } from '../../../core/agreement/difference-stretches.ts';
import type { ReadSignal } from '../../../core/agreement/common-clock.ts';
import { COMPARISON_COLOURS, COMPARISON_COLOURS_DARK } from './comparison-colours.ts';
import { placeStrip, traceSamples, type StripPlace } from './trace-samples.ts';
import type { PaperView } from './paint-paper.ts';
import type { StripLayout } from './strip-layout.ts';

/** One lead of two readings, millivolts. */
export interface ComparedSignals {
  readonly cellId: string;
  readonly first: ReadSignal | null;
  readonly second: ReadSignal | null;
  readonly stretches: readonly DifferenceStretch[];
}

/** Both signals are drawn so far beyond the stretch in which they differ, seconds. */
const BESIDE_SECONDS = 0.06;

/** Paints two readings over the signals of the page where they differ. */
export function paintComparedSignals(
  context: CanvasRenderingContext2D,
  layout: StripLayout,
  view: PaperView,
  leads: readonly ComparedSignals[],
): void {
  const colours = view.theme === 'dark' ? COMPARISON_COLOURS_DARK : COMPARISON_COLOURS;
  context.lineWidth = 1.6;
  for (const { cellId, first, second, stretches } of leads) {
    const strip = layout.strips.find((candidate) => candidate.cellId === cellId);
    if (!strip) continue;
    const place = placeStrip(strip, view);
    for (const [signal, colour, dash] of [
      [first, colours.first, []],
      [second, colours.second, [5, 3]],
    ] as const) {
      if (!signal) continue;
      context.strokeStyle = colour;
      context.setLineDash([...dash]);
      for (const stretch of stretches) {
        context.beginPath();
        traceStretch(context, signal, stretch, place);
        context.stroke();
      }
    }
  }
  context.setLineDash([]);
}

function traceStretch(
  context: CanvasRenderingContext2D,
  { fs, startSeconds, millivolts }: ReadSignal,
  stretch: DifferenceStretch,
  place: StripPlace,
): void {
  const first = Math.max(0, Math.floor((stretch.startSeconds - BESIDE_SECONDS - startSeconds) * fs));
  const end = Math.ceil((stretch.endSeconds + BESIDE_SECONDS - startSeconds) * fs) + 1;
  traceSamples(context, millivolts, { fs, startSeconds }, first, Math.min(millivolts.length, end), place);
}
