import type { Box, FloatRaster } from '../image/raster.ts';
import type { Layout } from '../lead/layout.ts';
import { heartLikeness } from '../lint/heart-likeness.ts';
import { sharedBeats } from '../lint/shared-beats.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { limbMisfits } from './limb-misfits.ts';
import { unexplainedInk } from './unexplained-ink.ts';
import { ascending } from '../../shared/ascending.ts';

export interface JudgeInput {
  readonly signals: readonly LeadSignal[];
  readonly paths: readonly TracePath[];
  readonly layout: Layout;
  readonly coverage: FloatRaster;
  readonly pxPerMm: number;
  /** Trust in the grid, 0..1. */
  readonly gridConfidence: number;
  /** Cells beside which tall strokes stand that no line explains. */
  readonly strays: ReadonlyMap<string, readonly number[]>;
}

/**
 * Logistic weights, fitted on 134 pages (78 drawn with random conditions, layouts and hearts, 56 of other renderers) to
 * the chance that a lead comes out at 12 dB or better; each makes a lead worse.
 */
const BIAS = 2.34;
const LIMB_MISFIT = 1.28;
const UNLIKE_BEATS = 2.56;
const UNSHARED_BEATS = 2.26;
const UNEXPLAINED_INK = 0.72;
const LABEL_DOUBT = 4.02;
const GRID_DOUBT = 2.82;
/** Of leads with tall strokes beside them that no line explains, a third came out at 12 dB all the same. */
const STRAY_SHARE = 0.4;
/** What is assumed where a page cannot tell: the medians of pages that come out well. */
const USUAL_MISFIT = 0.12;
const USUAL_UNLIKE = 0.03;
const MOST_MISFIT = 1.2;
const MOST_UNLIKE = 0.4;

/**
 * Gives every lead its trust: how likely it is as good as a careful reading of the paper (12 dB against the truth), from
 * evidence that tells: whether the limb leads fit together, beats are alike and shared by the leads, the ink near the
 * line is explained, the label was read, the grid is clear. 30 ms for twelve leads.
 */
export function judgeLeads(input: JudgeInput): LeadSignal[] {
  const { signals, paths, layout, coverage, pxPerMm, gridConfidence, strays } = input;
  const misfits = limbMisfits(signals);
  const pageMisfit = middle([...misfits.values()]) ?? USUAL_MISFIT;
  const shared = sharedBeats(signals).share;
  const unshared = shared === shared ? 1 - shared : 0;
  const marks = printedMarks(layout);
  return signals.map((signal) => {
    const path = paths.find(({ cellId }) => cellId === signal.cellId);
    const cell = layout.cells.find(({ id }) => id === signal.cellId);
    if (!path || !cell) return { ...signal, trust: 0 };
    const { alike } = heartLikeness(signal);
    const misfit = Math.min(MOST_MISFIT, misfits.get(signal.cellId) ?? pageMisfit);
    const unlike = alike === alike ? Math.min(MOST_UNLIKE, 1 - alike) : USUAL_UNLIKE;
    const badness =
      BIAS +
      LIMB_MISFIT * Math.log(0.05 + misfit) +
      UNLIKE_BEATS * unlike +
      UNSHARED_BEATS * unshared +
      UNEXPLAINED_INK * Math.log(0.02 + unexplainedInk(coverage, path, marks, pxPerMm)) +
      LABEL_DOUBT * (1 - cell.confidence) +
      GRID_DOUBT * (1 - gridConfidence);
    const share = tracedShare(signal) * (strays.has(signal.cellId) ? STRAY_SHARE : 1);
    return { ...signal, trust: share / (1 + Math.exp(badness)) };
  });
}

/** Boxes of labels, pulses and separators. */
export function printedMarks({ text, pulses, separators }: Layout): Box[] {
  const labels = text.filter(({ kind }) => kind === 'lead-label').map(({ box }) => box);
  return [...labels, ...pulses.map(({ box }) => box), ...separators];
}

/** Share of the lead's samples that are known. */
function tracedShare({ millivolts }: LeadSignal): number {
  let known = 0;
  for (const value of millivolts) if (value === value) known++;
  return millivolts.length > 0 ? known / millivolts.length : 0;
}

function middle(values: number[]): number | null {
  values.sort(ascending);
  return values.length > 0 ? values[values.length >> 1]! : null;
}
