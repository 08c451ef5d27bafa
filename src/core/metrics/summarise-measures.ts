import type { LeadIntervals } from '../delineate/lead-intervals.ts';
import { f1Of } from './match-times.ts';
import type { LeadMeasures } from './measure-page.ts';
import { percentile } from './score-folder.ts';

/** How an interval of the prediction differs from the truth's over the leads that show it in both; milliseconds. */
export interface IntervalError {
  readonly leads: number;
  /** Median of the absolute differences, and of the differences (prediction less truth). */
  readonly medianAbsoluteMs: number;
  readonly medianMs: number;
}

/** `LeadMeasures` of many leads in one; null where no lead has the figure. */
export interface MeasuresSummary {
  readonly leads: number;
  /** Means over leads that have a score, as the challenge takes them. */
  readonly cincSnrDb: number | null;
  readonly cincMedianSnrDb: number | null;
  readonly cincKs: number | null;
  readonly cincAsci: number | null;
  readonly cincWeightedDifferenceMicrovolts: number | null;
  /** Medians over leads. */
  readonly maeMicrovolts: number | null;
  readonly dtwMicrovolts: number | null;
  /** Of all R peaks of all leads together. */
  readonly rPeakF1: number | null;
  readonly pr: IntervalError | null;
  readonly qrs: IntervalError | null;
  readonly qt: IntervalError | null;
}

/** Sums up what was measured of leads: those of a page, a folder, a style. */
export function summariseMeasures(measures: readonly LeadMeasures[]): MeasuresSummary {
  const cinc = measures.flatMap(({ cinc }) => cinc ?? []);
  const peaks = { matched: 0, missed: 0, extra: 0 };
  for (const { rPeaks } of measures) {
    peaks.matched += rPeaks.matched;
    peaks.missed += rPeaks.missed;
    peaks.extra += rPeaks.extra;
  }
  return {
    leads: measures.length,
    cincSnrDb: meanOf(cinc.map(({ snrDb }) => snrDb)),
    cincMedianSnrDb: meanOf(cinc.map(({ medianSnrDb }) => medianSnrDb)),
    cincKs: meanOf(cinc.map(({ ks }) => ks)),
    cincAsci: meanOf(cinc.map(({ asci }) => asci)),
    cincWeightedDifferenceMicrovolts: meanOf(
      cinc.map(({ weightedDifferenceMillivolts }) => 1000 * weightedDifferenceMillivolts),
    ),
    maeMicrovolts: medianOf(measures.flatMap(({ maeMicrovolts }) => maeMicrovolts ?? [])),
    dtwMicrovolts: medianOf(measures.flatMap(({ dtwMicrovolts }) => dtwMicrovolts ?? [])),
    rPeakF1: peaks.matched + peaks.missed + peaks.extra === 0 ? null : f1Of(peaks),
    pr: intervalError(measures, ({ pr }) => pr),
    qrs: intervalError(measures, ({ qrs }) => qrs),
    qt: intervalError(measures, ({ qt }) => qt),
  };
}

function intervalError(
  measures: readonly LeadMeasures[],
  of: (intervals: LeadIntervals) => number | null,
): IntervalError | null {
  const differences = measures.flatMap(({ intervals }) => {
    const truth = of(intervals.truth);
    const prediction = of(intervals.prediction);
    return truth === null || prediction === null ? [] : [prediction - truth];
  });
  if (differences.length === 0) return null;
  return {
    leads: differences.length,
    medianAbsoluteMs: medianOf(differences.map(Math.abs))!,
    medianMs: medianOf(differences)!,
  };
}

function meanOf(values: readonly number[]): number | null {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : percentile(Float64Array.from(values).sort(), 50);
}
