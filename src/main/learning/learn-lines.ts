import { createLineResponseFit } from '../../core/learning/fit-line-response.ts';
import { pairLines } from '../../core/learning/pair-lines.ts';
import { readFlatPageAsChosen } from '../../core/learning/read-flat-page.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import type { LineResponse } from '../../core/trace/line-response.ts';
import { openSegmenter } from '../inference/open-segmenter.ts';
import { collectGarbage } from '../jobs/collect-garbage.ts';
import { openSetPicture } from './open-set-page.ts';
import { readSetFile } from './set-files.ts';
import type { SetPage } from './training-manifest.ts';

/** More pages hardly change what is learnt. */
const MOST_PAGES = 24;

/**
 * How lines lie about what is traced with a model, from pages of a training set on which people drew: each is read whole, as it
 * would be digitized. Of many the most corrected count. One page at a time is held; about 3 s a page of 2200x1700.
 *
 * @param path - file of the model
 * @returns null where too few pages tell
 * @throws AppError `corrupt` for a page that was changed
 */
export async function learnLines(
  path: string,
  folder: string,
  pages: readonly SetPage[],
  threads: number,
): Promise<LineResponse | null> {
  const drawn = pages.filter(({ columns }) => columns.human > 0).sort((a, b) => b.edits - a.edits);
  const segmenter = await openSegmenter(path, { threads });
  const fit = createLineResponseFit();
  try {
    for (const page of drawn.slice(0, MOST_PAGES)) {
      const raster = await openSetPicture(folder, page);
      const accepted = unpackDigitization(await readSetFile(folder, page, 'page.bin'));
      const rectification = accepted.rectification!;
      const read = await readFlatPageAsChosen({ raster, rectification }, (flat) => segmenter.segment(flat), {
        overrides: { ...page.overrides, quarterTurns: 0 },
        fs: accepted.signals[0]?.fs ?? 500,
      });
      fit.add(pairLines(read, accepted, page.unverified, page.pxPerMm), page.pxPerMm);
      // The steps hold most of what a run may hold.
      collectGarbage();
    }
  } finally {
    await segmenter.close();
  }
  return fit.solve();
}
