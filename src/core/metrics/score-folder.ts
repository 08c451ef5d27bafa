import type { PageScore } from './score-page.ts';
import { ratioToDb } from './score-lead.ts';

/** Scores of a folder of pages; decibels, microvolts. */
export interface FolderScore {
  readonly pages: number;
  /** Pages without any prediction (each counts with the ratio of an all-zero answer). */
  readonly failures: number;
  /** The Kaggle score: 10 log10 of the mean over pages of the capped power ratio. Flatters good pages. */
  readonly scoreDb: number;
  /** Mean, median and 5th percentile of the pages' own decibels. */
  readonly meanDb: number;
  readonly medianDb: number;
  readonly p5Db: number;
  /** Mean over pages. */
  readonly pearson: number;
  /** Root mean square over pages, microvolts. */
  readonly rmseMicrovolts: number;
  readonly leadsFound: number;
  readonly leadsPrinted: number;
}

/**
 * Sums up the scores of a folder's pages.
 *
 * @throws RangeError for an empty list: a folder without truth has no score
 */
export function scoreFolder(pages: readonly PageScore[]): FolderScore {
  if (pages.length === 0) throw new RangeError('scoreFolder: no pages');
  const mean = (of: (page: PageScore) => number) =>
    pages.reduce((sum, page) => sum + of(page), 0) / pages.length;
  const decibels = Float64Array.from(pages, (page) => page.snrDb).sort();
  return {
    pages: pages.length,
    failures: pages.filter((page) => page.failed).length,
    scoreDb: ratioToDb(mean((page) => page.ratio)),
    meanDb: mean((page) => page.snrDb),
    medianDb: percentile(decibels, 50),
    p5Db: percentile(decibels, 5),
    pearson: mean((page) => page.pearson),
    rmseMicrovolts: Math.sqrt(mean((page) => page.rmseMicrovolts ** 2)),
    leadsFound: pages.reduce((sum, page) => sum + page.leadsFound, 0),
    leadsPrinted: pages.reduce((sum, page) => sum + page.leadsPrinted, 0),
  };
}

/** Percentile of ascending values with linear interpolation between ranks (NumPy's default). */
export function percentile(ascending: Float64Array, percent: number): number {
  const position = ((ascending.length - 1) * percent) / 100;
  const low = Math.floor(position);
  const high = Math.min(low + 1, ascending.length - 1);
  return ascending[low]! + (ascending[high]! - ascending[low]!) * (position - low);
}
