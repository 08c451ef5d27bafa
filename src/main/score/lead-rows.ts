import type { LeadMeasures } from '../../core/metrics/measure-page.ts';
import { percentile } from '../../core/metrics/score-folder.ts';
import type { LeadScore } from '../../core/metrics/score-lead.ts';
import { summariseMeasures, type MeasuresSummary } from '../../core/metrics/summarise-measures.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import type { ScoredPage } from './scored-page.ts';

/** One lead over all pages that print it. */
export interface LeadRow {
  readonly lead: LeadName;
  readonly printed: number;
  readonly found: number;
  /** Of the lead's own decibels. */
  readonly meanDb: number;
  readonly medianDb: number;
  readonly p5Db: number;
  readonly medianPearson: number;
  readonly medianRmseMicrovolts: number;
  readonly measures: MeasuresSummary | null;
  /** Decibels of every page, for plots. */
  readonly decibels: readonly number[];
}

/** Sums up each lead over pages, in standard order. */
export function leadRows(pages: readonly ScoredPage[]): LeadRow[] {
  return LEAD_NAMES.flatMap((lead) => {
    const scores: LeadScore[] = pages.flatMap(({ score }) => score.leads.get(lead) ?? []);
    if (scores.length === 0) return [];
    const measures: LeadMeasures[] = pages.flatMap(({ measures }) => measures?.get(lead) ?? []);
    const sorted = (of: (score: LeadScore) => number) => Float64Array.from(scores, of).sort();
    const decibels = sorted(({ snrDb }) => snrDb);
    return [
      {
        lead,
        printed: scores.length,
        found: scores.filter(({ found }) => found).length,
        meanDb: decibels.reduce((sum, value) => sum + value, 0) / decibels.length,
        medianDb: percentile(decibels, 50),
        p5Db: percentile(decibels, 5),
        medianPearson: percentile(
          sorted((score) => score.pearson),
          50,
        ),
        medianRmseMicrovolts: percentile(
          sorted((score) => score.rmseMicrovolts),
          50,
        ),
        measures: measures.length > 0 ? summariseMeasures(measures) : null,
        decibels: [...decibels],
      },
    ];
  });
}
