import type { DigitizeOptions } from '../../core/digitization.ts';
import type { ModelFile } from './model-file.ts';
import { openSegmenter, type Segmenter } from './open-segmenter.ts';

let open: { readonly path: string; readonly segmenter: Promise<Segmenter> } | null = null;

/**
 * The look at a page for `digitizePage` by a model, null for none. The model is loaded with the first page
 * and kept by the process; a page whose model cannot be loaded is told why.
 */
export function pageSegmenter(model: ModelFile | null): DigitizeOptions['segment'] {
  if (model === null) return null;
  const { path } = model;
  return async (page) => {
    if (open?.path !== path) {
      const before = open;
      open = { path, segmenter: openSegmenter(path, { threads: 1 }) };
      await before?.segmenter.then((segmenter) => segmenter.close()).catch(() => {});
    }
    return (await open.segmenter).segment(page);
  };
}
