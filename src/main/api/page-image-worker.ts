import sharp from 'sharp';
import { toAppError, type ErrorCode } from '../../shared/app-error.ts';
import { decodePage } from '../library/decode-page.ts';

// No picture comes twice, and digitizing runs beside this.
sharp.cache(false);
sharp.concurrency(1);

/** A page to show: where it is, and by how much to reduce it. */
export interface PageImageTask {
  readonly path: string;
  readonly pageIndex: number;
  readonly reduce: 1 | 2 | 4 | 8;
}

/** The picture, or why there is none: an error's code does not survive the way out of a thread by itself. */
export type PageImageOutcome =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly bytes: null; readonly code: ErrorCode; readonly message: string };

/**
 * Decodes a page exactly as the digitizer sees it and encodes it for the window. JPEG at 4:4:4, since it is encoded
 * five times faster than WebP or PNG and thin coloured strokes keep their colour; with the usual Huffman codes, since
 * fitted ones save a twentieth of the bytes for three to six times the work.
 */
export default async function pageImageWorker(task: PageImageTask): Promise<PageImageOutcome> {
  try {
    return { bytes: await encode(task) };
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    return { bytes: null, code, message };
  }
}

async function encode({ path, pageIndex, reduce }: PageImageTask): Promise<Uint8Array<ArrayBuffer>> {
  const { data, width, height, channels } = await decodePage(path, pageIndex);
  const page = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const reduced =
    reduce === 1
      ? page
      : page.resize(Math.ceil(width / reduce), Math.ceil(height / reduce), { fit: 'fill', kernel: 'linear' });
  const jpeg = await reduced
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
  return new Uint8Array(jpeg);
}
