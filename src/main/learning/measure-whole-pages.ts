import { readFlatPage } from '../../core/learning/read-flat-page.ts';
import { ratioToDb } from '../../core/metrics/score-lead.ts';
import { scorePage } from '../../core/metrics/score-page.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import { openSegmenter } from '../inference/open-segmenter.ts';
import { collectGarbage } from '../jobs/collect-garbage.ts';
import { openSetPicture } from './open-set-page.ts';
import { readSetFile } from './set-files.ts';
import type { SetPage } from './training-manifest.ts';

/**
 * Mean SNR, decibels, of pages of a training set that are read whole with a model, against what people made of them; null for
 * no pages. They are opened one after the other, so that one at a time is held. About 2 s a page of 2200x1700.
 *
 * @param path - file of the model
 * @throws AppError `corrupt` for a page that was changed
 */
export async function measureWholePages(
  path: string,
  folder: string,
  pages: readonly SetPage[],
  threads: number,
): Promise<number | null> {
  if (pages.length === 0) return null;
  const segmenter = await openSegmenter(path, { threads });
  try {
    let sum = 0;
    for (const page of pages) {
      sum += await ratioOf(page, folder, segmenter.segment);
      // The steps hold most of what a run may hold.
      collectGarbage();
    }
    return ratioToDb(sum / pages.length);
  } finally {
    await segmenter.close();
  }
}

async function ratioOf(
  page: SetPage,
  folder: string,
  segment: Awaited<ReturnType<typeof openSegmenter>>['segment'],
): Promise<number> {
  const raster = await openSetPicture(folder, page);
  const truth = unpackDigitization(await readSetFile(folder, page, 'page.bin'));
  const fs = truth.signals[0]?.fs ?? 500;
  const { signals } = await readFlatPage(
    { raster, rectification: truth.rectification! },
    await segment(raster),
    { overrides: { ...page.overrides, quarterTurns: 0 }, fs },
  );
  return scorePage(toLeadTable(truth.signals), signals.length > 0 ? toLeadTable(signals) : null).ratio;
}
