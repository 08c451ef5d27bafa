import { encodeEvidence } from '../../core/edit/page-evidence.ts';
import { decodeDigitized, type DigitizedScan } from './decode-digitized.ts';

/**
 * Decodes a page and looks at its ink once more, for correcting its traces.
 *
 * @throws AppError as `decodeDigitized` does
 */
export async function makeEvidence(scan: DigitizedScan): Promise<Uint8Array<ArrayBuffer>> {
  const { raster, page } = await decodeDigitized(scan);
  return encodeEvidence(raster, page);
}
