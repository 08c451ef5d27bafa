import { basename } from 'node:path';
import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import { AppError } from '../../shared/app-error.ts';
import { decodePage } from '../library/decode-page.ts';

/** A page that was digitized; plain data. */
export interface DigitizedScan {
  readonly path: string;
  readonly pageIndex: number;
  /** The page as it was digitized, see `packDigitization`. */
  readonly packed: Uint8Array<ArrayBuffer>;
}

/**
 * Decodes a page to look at it once more through the geometry that was found.
 *
 * @throws AppError as `decodePage` does; `corrupt` when the scan is not the picture that was digitized
 */
export async function decodeDigitized({
  path,
  pageIndex,
  packed,
}: DigitizedScan): Promise<{ readonly raster: Raster; readonly page: Digitization }> {
  const page = unpackDigitization(packed);
  const raster = await decodePage(path, pageIndex);
  if (raster.width !== page.imageWidth || raster.height !== page.imageHeight) {
    throw new AppError(
      'corrupt',
      `"${basename(path)}" has changed since it was digitized. Digitize it again before correcting it.`,
    );
  }
  return { raster, page };
}
