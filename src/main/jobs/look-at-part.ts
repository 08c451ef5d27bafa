import type { Box, Raster } from '../../core/image/raster.ts';
import { flattenScan } from '../../core/page/flatten-scan.ts';
import type { RegionLook } from '../../core/region/page-region.ts';
import { CONTRACT } from '../inference/model-contract.ts';
import type { PageModel } from '../inference/page-model.ts';
import { pageSegmenter } from '../inference/page-segmenter.ts';
import { decodeDigitized, type DigitizedScan } from './decode-digitized.ts';

/** A part of a page for a model; plain data. */
export interface PartTask extends DigitizedScan {
  /** Canonical pixels. */
  readonly box: Box;
  readonly model: PageModel;
}

/** How many tiles of the part the model has seen. */
export interface PartNews {
  readonly done: number;
  readonly total: number;
}

/** What lies so far about the part is shown to the model, too, pixels: half of what it looks at for one of them. */
const AROUND_PX = 64;

/**
 * Lets a model look at the tiles that cover a part of a digitized page.
 *
 * @param tell - hears of each tile
 * @throws AppError as `decodeDigitized` and `openSegmenter` do
 */
export async function lookAtPart(
  { box, model, ...scan }: PartTask,
  tell: (news: PartNews) => void,
): Promise<RegionLook> {
  const { raster, page } = await decodeDigitized(scan);
  const flat = flattenScan(raster, page.rectification!);
  // The network's blocks of pixels begin where they do on the whole page.
  const down = (px: number): number => Math.floor(Math.max(0, px) / CONTRACT.stridePx) * CONTRACT.stridePx;
  const x0 = down(box.x0 - AROUND_PX);
  const y0 = down(box.y0 - AROUND_PX);
  const x1 = Math.min(flat.width, box.x1 + AROUND_PX);
  const y1 = Math.min(flat.height, box.y1 + AROUND_PX);
  const part = cut(flat, { x0, y0, x1, y1 });
  const { planes, width } = await pageSegmenter(model)!(part, (done, total) => tell({ done, total }));
  const across = box.x1 - box.x0;
  const trace = new Uint8Array(across * (box.y1 - box.y0));
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      const share = planes.trace[(y - y0) * width + x - x0]!;
      trace[(y - box.y0) * across + x - box.x0] = Math.round(255 * Math.max(0, Math.min(1, share)));
    }
  }
  return { box, trace };
}

function cut({ data, width, channels }: Raster, { x0, y0, x1, y1 }: Box): Raster {
  const across = (x1 - x0) * channels;
  const part = new Uint8Array(across * (y1 - y0));
  for (let y = y0; y < y1; y++) {
    const from = (y * width + x0) * channels;
    part.set(data.subarray(from, from + across), (y - y0) * across);
  }
  return { data: part, width: x1 - x0, height: y1 - y0, channels };
}
