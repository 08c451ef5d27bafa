import { percentile, scoreFolder, type FolderScore } from '../../core/metrics/score-folder.ts';
import type { PageScore } from '../../core/metrics/score-page.ts';
import { summariseMeasures, type MeasuresSummary } from '../../core/metrics/summarise-measures.ts';
import type { ScoredPage } from './scored-page.ts';

/** Means over pages with masks on both sides. */
export interface MasksSummary {
  readonly pages: number;
  readonly dice: number;
  readonly iou: number;
  /** null where no page has two masks with something in them. */
  readonly hd95Px: number | null;
}

/** What is said about any set of pages. */
export interface PagesSummary {
  readonly summary: FolderScore;
  /** Medians over pages. */
  readonly medianPearson: number;
  readonly medianRmseMicrovolts: number;
  /** Over all leads of all pages; null unless measured. */
  readonly measures: MeasuresSummary | null;
  /** null unless measured, and where no page has masks. */
  readonly masks: MasksSummary | null;
}

/** Summary and medians of any set of pages. @throws RangeError for an empty set */
export function summarise(pages: readonly ScoredPage[]): PagesSummary {
  const median = (of: (page: PageScore) => number) =>
    percentile(Float64Array.from(pages, ({ score }) => of(score)).sort(), 50);
  const measured = pages.flatMap(({ measures }) => (measures ? [...measures.values()] : []));
  return {
    summary: scoreFolder(pages.map(({ score }) => score)),
    medianPearson: median((page) => page.pearson),
    medianRmseMicrovolts: median((page) => page.rmseMicrovolts),
    measures: measured.length > 0 ? summariseMeasures(measured) : null,
    masks: summariseMasks(pages),
  };
}

function summariseMasks(pages: readonly ScoredPage[]): MasksSummary | null {
  const masks = pages.flatMap(({ masks }) => (masks ? [masks.all] : []));
  if (masks.length === 0) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const distances = masks.flatMap(({ hd95Px }) => hd95Px ?? []);
  return {
    pages: masks.length,
    dice: mean(masks.map(({ dice }) => dice)),
    iou: mean(masks.map(({ iou }) => iou)),
    hd95Px: distances.length > 0 ? mean(distances) : null,
  };
}
