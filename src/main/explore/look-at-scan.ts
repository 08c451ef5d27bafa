import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { lookAtRaster, type RasterLook } from '../../core/explore/look-at-raster.ts';
import { pictureStyle } from '../../core/explore/picture-style.ts';
import { decodePage, openScan } from '../library/decode-page.ts';

/** A page to look at; plain data. */
export interface LookTask {
  readonly path: string;
  readonly pageIndex: number;
}

/** What a scan is like; plain data. */
export interface ScanLook extends RasterLook {
  /** See `pictureStyle`. */
  readonly style: number[];
  readonly format: string;
  readonly bytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** As the file states it; null where it does not. */
  readonly dpi: number | null;
}

/** Densities that programs write when they know none. */
const NO_DENSITY = new Set([1, 72, 96]);

/** Decodes a page and looks at it. @throws AppError as `decodePage` does */
export async function lookAtScan({ path, pageIndex }: LookTask): Promise<ScanLook> {
  const { format } = await openScan(path);
  const raster = await decodePage(path, pageIndex);
  const { density = null } = await sharp(path)
    .metadata()
    .catch(() => ({ density: null }));
  return {
    ...lookAtRaster(raster),
    style: Array.from(pictureStyle(raster), (entry) => Math.round(entry * 1e4) / 1e4),
    format,
    bytes: (await stat(path)).size,
    widthPx: raster.width,
    heightPx: raster.height,
    dpi: density === null || NO_DENSITY.has(density) ? null : density,
  };
}
