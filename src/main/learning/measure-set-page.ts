import type { PageModel } from '../inference/page-model.ts';
import { pageSegmenter } from '../inference/page-segmenter.ts';
import { openSetPage } from './open-set-page.ts';
import type { SetPage } from './training-manifest.ts';

/** A page of a training set to be looked at by a model; plain data. */
export interface SetPageTask {
  readonly folder: string;
  readonly page: SetPage;
  readonly model: PageModel;
}

/**
 * What Dice of a page's traces is made of, over pixels that were verified: `2 overlap / squares`. A second and more for
 * 2200x1700.
 *
 * @throws AppError `corrupt` when the page was changed; what is wrong with the model
 */
export async function measureSetPage({
  folder,
  page,
  model,
}: SetPageTask): Promise<{ overlap: number; squares: number }> {
  const { raster, targets, weights } = await openSetPage(folder, page);
  const { planes } = (await pageSegmenter(model)!(raster))!;
  const [target, known] = [targets[0]!, weights[0]!];
  let overlap = 0;
  let squares = 0;
  for (let k = 0; k < target.length; k++) {
    if (known[k] === 0) continue;
    const share = target[k]! / 255;
    const found = planes.trace[k]!;
    overlap += found * share;
    squares += found * found + share * share;
  }
  return { overlap, squares };
}
