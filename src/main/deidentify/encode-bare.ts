import sharp from 'sharp';
import type { Raster } from '../../core/image/raster.ts';

/** Pictures that can be written without anything but pixels. */
export const BARE_FORMATS = ['png', 'jpg', 'tif'] as const;
export type BareFormat = (typeof BARE_FORMATS)[number];

/**
 * Encodes pixels afresh, so that nothing of the file they came from is left: no EXIF, XMP, ICC, comments, thumbnails.
 * PNG and TIFF keep every pixel, JPEG (quality 95, no chroma subsampling) changes them a little everywhere.
 */
export async function encodeBare(
  { data, width, height, channels }: Raster,
  format: BareFormat,
): Promise<Uint8Array> {
  const picture = sharp(data, { raw: { width, height, channels } });
  if (format === 'png') return picture.png({ compressionLevel: 6 }).toBuffer();
  if (format === 'tif') return picture.tiff({ compression: 'deflate' }).toBuffer();
  return picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
}
