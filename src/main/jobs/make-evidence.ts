import { basename } from 'node:path';
import { encodeEvidence } from '../../core/edit/page-evidence.ts';
import { AppError } from '../../shared/app-error.ts';
import { decodePage } from '../library/decode-page.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';

/** A page whose ink is asked for; plain data. */
export interface EvidenceTask {
  readonly path: string;
  readonly pageIndex: number;
  /** The page as it was digitized, see `packDigitization`. */
  readonly packed: Uint8Array<ArrayBuffer>;
}

/**
 * Decodes a page and looks at its ink once more, for correcting its traces.
 *
 * @throws AppError as `decodePage` does; `corrupt` when the scan is not the picture that was digitized
 */
export async function makeEvidence({
  path,
  pageIndex,
  packed,
}: EvidenceTask): Promise<Uint8Array<ArrayBuffer>> {
  const page = unpackDigitization(packed);
  const raster = await decodePage(path, pageIndex);
  if (raster.width !== page.imageWidth || raster.height !== page.imageHeight) {
    throw new AppError(
      'corrupt',
      `"${basename(path)}" has changed since it was digitized. Digitize it again before correcting it.`,
    );
  }
  return encodeEvidence(raster, page);
}
