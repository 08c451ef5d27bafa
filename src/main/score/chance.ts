import { bootstrapInterval, type Interval } from '../../core/metrics/bootstrap-interval.ts';
import type { ScoredPage } from './scored-page.ts';
import { summarise, type PagesSummary } from './summarise.ts';

/** Figures of a set of pages whose chance is worth telling. */
export const CHANCE_FIGURES = {
  scoreDb: { title: 'SNR dB', decimals: 2, of: ({ summary }: PagesSummary) => summary.scoreDb },
  meanDb: { title: 'mean', decimals: 2, of: ({ summary }: PagesSummary) => summary.meanDb },
  medianDb: { title: 'median', decimals: 2, of: ({ summary }: PagesSummary) => summary.medianDb },
  pearson: { title: 'r', decimals: 3, of: (pages: PagesSummary) => pages.medianPearson },
  rmseMicrovolts: { title: 'RMSE uV', decimals: 0, of: (pages: PagesSummary) => pages.medianRmseMicrovolts },
} as const;
export type ChanceFigure = keyof typeof CHANCE_FIGURES;

/** 95 % bootstrap intervals of each figure over pages; null for a single page. */
export function chanceOf(pages: readonly ScoredPage[], seed: number): Record<ChanceFigure, Interval | null> {
  const bare = pages.map(withoutMeasures);
  return eachFigure((figure) =>
    bootstrapInterval(bare, (sample) => CHANCE_FIGURES[figure].of(summarise(sample)), { seed }),
  );
}

/** What one prediction is better by than another. */
export interface Comparison {
  readonly a: number;
  readonly b: number;
  /** `a - b`, and its 95 % interval over pages drawn in pairs; null for a single page. */
  readonly difference: number;
  readonly interval: Interval | null;
}

/**
 * Compares two predictions of the same pages, page by page: pages are drawn with both their scores.
 *
 * @param a scored pages
 * @param b the same pages in the same order, of the other prediction
 * @throws RangeError when they are not the same pages
 */
export function comparePages(
  a: readonly ScoredPage[],
  b: readonly ScoredPage[],
  seed: number,
): Record<ChanceFigure, Comparison> {
  const same = a.length === b.length && a.every((page, i) => page.truthPath === b[i]!.truthPath);
  if (!same) throw new RangeError('comparePages: not the same pages');
  const pairs = a.map((page, i) => ({ a: withoutMeasures(page), b: withoutMeasures(b[i]!) }));
  return eachFigure((figure) => {
    const { of } = CHANCE_FIGURES[figure];
    const gain = (sample: readonly { readonly a: ScoredPage; readonly b: ScoredPage }[]) =>
      of(summarise(sample.map((pair) => pair.a))) - of(summarise(sample.map((pair) => pair.b)));
    const valueA = of(summarise(a));
    const valueB = of(summarise(b));
    return {
      a: valueA,
      b: valueB,
      difference: valueA - valueB,
      interval: bootstrapInterval(pairs, gain, { seed }),
    };
  });
}

/** The figures need the page scores only; summing up the rest in every draw would take minutes. */
function withoutMeasures(page: ScoredPage): ScoredPage {
  return { ...page, measures: null, masks: null };
}

function eachFigure<T>(of: (figure: ChanceFigure) => T): Record<ChanceFigure, T> {
  const entries = Object.keys(CHANCE_FIGURES).map((figure) => [figure, of(figure as ChanceFigure)]);
  return Object.fromEntries(entries) as Record<ChanceFigure, T>;
}
