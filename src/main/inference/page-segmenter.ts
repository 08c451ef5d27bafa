import type { Raster } from '../../core/image/raster.ts';
import type { Segmentation } from '../../core/mask/segmentation.ts';
import { openSegmenter, type Segmenter, type SegmentOptions } from './open-segmenter.ts';
import type { PageModel } from './page-model.ts';

let open: { readonly key: string; readonly segmenter: Promise<Segmenter> } | null = null;

/**
 * The look at a page for `digitizePage`, or at a part of one, by a model, null for none. The model is loaded with the first page
 * and kept by the process; a page whose model cannot be loaded, or is not what it was any more, is told why.
 */
export function pageSegmenter(
  model: PageModel | null,
): ((page: Raster, onTile?: SegmentOptions['onTile']) => Promise<Segmentation>) | null {
  if (model === null) return null;
  const { path, sha256, provider = 'cpu', mirror = false } = model;
  const key = JSON.stringify([path, sha256, provider]);
  return async (page, onTile) => {
    const before = open;
    const now =
      before?.key === key
        ? before
        : { key, segmenter: openSegmenter(path, { threads: 1, sha256, provider }) };
    open = now;
    try {
      if (before !== now) await before?.segmenter.then((segmenter) => segmenter.close()).catch(() => {});
      return await (await now.segmenter).segment(page, { mirror, onTile });
    } catch (thrown) {
      // It is loaded anew for the next page: the file may be back by then.
      if (open === now) open = null;
      void now.segmenter.then((segmenter) => segmenter.close()).catch(() => {});
      throw thrown;
    }
  };
}
