import sharp from 'sharp';
import type { Raster } from '../../core/image/raster.ts';
import type { Thumbnail } from '../store/result-table.ts';

const WIDTH_PX = 256;
const HEIGHT_PX = 192;

/** A WebP picture of a page that fits into 256 x 192 pixels; about 15 ms. */
export async function makeThumbnail({ data, width, height, channels }: Raster): Promise<Thumbnail> {
  const bytes = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize(WIDTH_PX, HEIGHT_PX, { fit: 'inside', withoutEnlargement: true, fastShrinkOnLoad: true })
    .webp({ quality: 78, effort: 2 })
    .toBuffer();
  return { contentType: 'image/webp', bytes: new Uint8Array(bytes) };
}
