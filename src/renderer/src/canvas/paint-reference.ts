import type { LeadTable } from '../../../core/metrics/lead-table.ts';
import type { LeadScore } from '../../../core/metrics/score-lead.ts';
import type { PageScore } from '../../../core/metrics/score-page.ts';
import { differenceCurve } from './difference-curve.ts';
import type { PaperView } from './paint-paper.ts';
import type { PaperColours } from './paper-colours.ts';
import type { Strip, StripLayout } from './strip-layout.ts';
import { placeStrip, traceSamples } from './trace-samples.ts';

type Context = CanvasRenderingContext2D;

/** Known signals, how far the digitized ones are off them, and what of it is drawn. */
export interface KnownSignals {
  readonly table: LeadTable;
  readonly score: PageScore;
  /** Whether they are drawn under the digitized ones. */
  readonly shown: boolean;
  /** How many times larger than the signals the difference is drawn; 0 for not at all. */
  readonly difference: number;
}

/** A strip's known lead, shifted to where the score found that it fits. */
interface Aligned {
  readonly column: ArrayLike<number>;
  readonly offsetMillivolts: number;
  /** Of the table's first sample, on the page's clock. */
  readonly startSeconds: number;
}

function aligned({ table, score }: KnownSignals, strip: Strip): Aligned | null {
  const column = table.leads.get(strip.lead);
  if (!column) return null;
  const found: Pick<LeadScore, 'offsetMillivolts' | 'lagSeconds'> | undefined = score.leads.get(strip.lead);
  return {
    column,
    offsetMillivolts: found?.offsetMillivolts ?? 0,
    startSeconds: table.startSeconds - (found?.lagSeconds ?? 0),
  };
}

/** Paints known signals under the digitized ones, at their height, so that they show where the two part. */
export function paintReference(
  context: Context,
  layout: StripLayout,
  view: PaperView,
  colours: PaperColours,
  known: KnownSignals,
): void {
  const { fs } = known.table;
  context.strokeStyle = colours.reference;
  context.lineWidth = 1.5;
  for (const strip of layout.strips) {
    const lead = aligned(known, strip);
    if (!lead) continue;
    const { column, offsetMillivolts, startSeconds } = lead;
    const place = placeStrip(strip, view);
    const baseline = place.baseline - offsetMillivolts * place.pxPerMillivolt;
    const first = Math.max(0, Math.floor((strip.startSeconds - startSeconds) * fs));
    const last = Math.min(column.length, Math.ceil((strip.endSeconds - startSeconds) * fs));
    context.beginPath();
    traceSamples(context, column, { fs, startSeconds }, first, last, { ...place, baseline });
    context.stroke();
  }
}

/** Paints how far the digitized signals are off the known ones, filled from the line of 0 mV. */
export function paintDifference(
  context: Context,
  layout: StripLayout,
  view: PaperView,
  colours: PaperColours,
  known: KnownSignals,
): void {
  context.fillStyle = colours.difference;
  for (const strip of layout.strips) {
    const lead = aligned(known, strip);
    if (!lead) continue;
    const { column, offsetMillivolts, startSeconds } = lead;
    const curve = differenceCurve(strip.signal, { millivolts: column, fs: known.table.fs, startSeconds });
    const { left, pxPerSecond, baseline, pxPerMillivolt } = placeStrip(strip, view);
    const xOf = (i: number): number => left + (strip.startSeconds + i / strip.signal.fs) * pxPerSecond;
    context.beginPath();
    let from = -1;
    for (let i = 0; i <= curve.length; i++) {
      const isKnown = i < curve.length && !Number.isNaN(curve[i]!);
      if (isKnown) {
        if (from < 0) context.moveTo(xOf(i), baseline);
        if (from < 0) from = i;
        const millivolts = (curve[i]! - offsetMillivolts) * known.difference;
        context.lineTo(xOf(i), baseline - millivolts * pxPerMillivolt);
      } else if (from >= 0) {
        context.lineTo(xOf(i - 1), baseline);
        from = -1;
      }
    }
    context.fill();
  }
}
