import type { DigitizeOptions } from '../../core/digitization.ts';
import type { PageModel } from './page-model.ts';
import { pageSegmenter } from './page-segmenter.ts';

/** The looks at a page for `digitizePage` by a model and, where it learnt from corrected pages, by the one that it came from. */
export function looksOfModel(model: PageModel | null): Pick<DigitizeOptions, 'segment' | 'general'> {
  return { segment: pageSegmenter(model), general: pageSegmenter(generalOf(model)) };
}

/** The model that a model came from, used as that is; null for none. */
export const generalOf = (model: PageModel | null): PageModel | null =>
  model?.general ? { ...model.general, mirror: model.mirror } : null;
