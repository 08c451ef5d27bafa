import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { Raster } from '../../core/image/raster.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertWithinLimits } from './decode-limits.ts';
import type { DecodeLimits } from './decode-limits.ts';

const damaged = (name: string, format: string, cause: unknown): AppError =>
  new AppError(
    'corrupt',
    `"${name}" is damaged or cut short: its ${format.toUpperCase()} data cannot be decoded to the end. ` +
      'Copy or scan it again.',
    { cause },
  );

/** Number of pages sharp sees: frames of a TIFF; 1 for everything else (animations count as their first frame). */
export async function countWithSharp(bytes: Uint8Array, name: string, format: string): Promise<number> {
  try {
    const { pages } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return format === 'tiff' ? (pages ?? 1) : 1;
  } catch (cause) {
    throw damaged(name, format, cause);
  }
}

/**
 * Decodes PNG, JPEG, TIFF, WebP, GIF or AVIF bytes to 8 bits, upright by EXIF, on white where transparent. Gray
 * stays one channel; CMYK and embedded colour profiles become sRGB; 16 bits are scaled to 8.
 *
 * @param options.useExif - false where the orientation is told elsewhere, as in a PDF
 * @throws AppError `too-large` before decoding, `corrupt` for damaged or truncated data
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  name: string,
  format: string,
  pageIndex: number,
  limits: DecodeLimits,
  { useExif = true }: { readonly useExif?: boolean } = {},
): Promise<Raster> {
  const options = {
    limitInputPixels: Math.round(limits.maxMegapixels * 1e6),
    sequentialRead: true,
    // Scanners and phones write files with harmless warnings; cut-short data is an `error` all the same.
    failOn: 'error' as const,
    ...(format === 'tiff' ? { page: pageIndex } : {}),
  };
  let gray: boolean;
  let pipeline: Sharp;
  try {
    const meta = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
    assertWithinLimits(name, meta.width, meta.height, limits);
    gray = meta.channels <= 2;
    pipeline = sharp(bytes, options);
    if (useExif) pipeline = pipeline.autoOrient();
    if (meta.hasAlpha) pipeline = pipeline.flatten({ background: '#ffffff' });
    if (gray) pipeline = pipeline.toColourspace('b-w');
  } catch (cause) {
    throw cause instanceof AppError ? cause : damaged(name, format, cause);
  }
  try {
    const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return {
      data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      width: info.width,
      height: info.height,
      channels: info.channels === 1 ? 1 : 3,
    };
  } catch (cause) {
    throw damaged(name, format, cause);
  }
}
