import sharp from 'sharp';
import type { Raster } from '../../core/image/raster.ts';

/** A drawn picture as PNG, or as JPEG of a quality. Black and white pages take one bit per pixel. */
export async function encodePicture(
  { data, width, height, channels }: Raster,
  jpegQuality: number | null,
  dpi: number | null,
): Promise<Uint8Array> {
  let image = sharp(data, { raw: { width, height, channels } });
  if (channels === 1) image = image.toColourspace('b-w');
  if (dpi !== null) image = image.withDensity(Math.round(dpi));
  if (jpegQuality !== null) return image.jpeg({ quality: jpegQuality }).toBuffer();
  const bilevel = channels === 1 && data.every((value) => value === 0 || value === 255);
  return image
    .png({ compressionLevel: 4, ...(bilevel ? { palette: true, colours: 2 } : { adaptiveFiltering: true }) })
    .toBuffer();
}

/** A mask with up to 16 bits per pixel as 16-bit gray PNG. */
export async function encodeMask(mask: Uint16Array, width: number, height: number): Promise<Uint8Array> {
  return sharp(mask, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png({ compressionLevel: 6 })
    .toBuffer();
}
