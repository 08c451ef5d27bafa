import type { Raster } from '../../core/image/raster.ts';
import type { Segmentation } from '../../core/mask/segmentation.ts';
import { openSegmenter, type Segmenter, type SegmentOptions } from './open-segmenter.ts';
import type { PageModel } from './page-model.ts';

interface OpenModel {
  readonly key: string;
  readonly segmenter: Promise<Segmenter>;
}

/** Models that a page may need: one that learnt from pages like it, and the one it came from. */
const MOST_OPEN = 2;
/** Models that are open, the last used one last. */
let open: readonly OpenModel[] = [];

/**
 * The look at a page for `digitizePage`, or at a part of one, by a model, null for none. The model is loaded with the first page
 * and kept by the process, two of them at most; a page whose model cannot be loaded, or is not what it was any more, is told why.
 */
export function pageSegmenter(
  model: PageModel | null,
): ((page: Raster, onTile?: SegmentOptions['onTile']) => Promise<Segmentation>) | null {
  if (model === null) return null;
  const { path, sha256, provider = 'cpu', mirror = false } = model;
  const key = JSON.stringify([path, sha256, provider]);
  return async (page, onTile) => {
    const known = open.find((one) => one.key === key);
    const now = known ?? { key, segmenter: openSegmenter(path, { threads: 1, sha256, provider }) };
    const others = open.filter((one) => one !== known);
    const surplus = others.slice(0, Math.max(0, others.length + 1 - MOST_OPEN));
    open = [...others.slice(surplus.length), now];
    try {
      await Promise.all(surplus.map(shut));
      return await (await now.segmenter).segment(page, { mirror, onTile });
    } catch (thrown) {
      // It is loaded anew for the next page: the file may be back by then.
      open = open.filter((one) => one !== now);
      void shut(now);
      throw thrown;
    }
  };
}

const shut = ({ segmenter }: OpenModel): Promise<void> =>
  segmenter.then((opened) => opened.close()).catch(() => {});
