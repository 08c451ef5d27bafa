import { pictureStyle } from '../../core/explore/picture-style.ts';
import type { Raster } from '../../core/image/raster.ts';
import { looksLikeCorrected } from '../../core/learning/page-habits.ts';
import type { PageModel } from './page-model.ts';

/**
 * The model that looks at a page: one that learnt from corrected pages looks at pages like them; what it learnt there it
 * forgot elsewhere, so that pages that surely look otherwise are left to the general model it came from. On the processor,
 * since other providers were not tried with that.
 */
export function modelForPage(model: PageModel | null, page: Raster): PageModel | null {
  const { habits, general, mirror } = model ?? {};
  if (!habits || !general || looksLikeCorrected(habits, pictureStyle(page)) !== false) return model;
  return { ...general, mirror };
}
