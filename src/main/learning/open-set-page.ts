import sharp from 'sharp';
import type { Raster } from '../../core/image/raster.ts';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { AppError } from '../../shared/app-error.ts';
import { SET_CLASSES } from './make-training-page.ts';
import { readSetFile } from './set-files.ts';
import type { SetPage } from './training-manifest.ts';

/** A page of a training set in memory; planes in the order of `SEGMENT_CLASSES`. */
export interface OpenSetPage {
  /** RGB. */
  readonly raster: Raster;
  readonly targets: readonly Uint8Array[];
  readonly weights: readonly Uint8Array[];
}

/**
 * Reads a page of a training set, each file held to its digest. 0.2 s for 2200x1700.
 *
 * @throws AppError `corrupt`
 */
export async function openSetPage(folder: string, page: SetPage): Promise<OpenSetPage> {
  const none = new Uint8Array(page.widthPx * page.heightPx);
  const planes = (suffix: string) =>
    Promise.all(
      SEGMENT_CLASSES.map((name) =>
        SET_CLASSES.includes(name) ? decode(folder, page, `${name}${suffix}.png`, 1) : none,
      ),
    );
  return {
    raster: await openSetPicture(folder, page),
    targets: await planes(''),
    weights: await planes('-known'),
  };
}

/** Reads the picture of a page alone, RGB. @throws AppError `corrupt` */
export async function openSetPicture(folder: string, page: SetPage): Promise<Raster> {
  const data = await decode(folder, page, 'picture.png', 3);
  return { data, width: page.widthPx, height: page.heightPx, channels: 3 };
}

async function decode(folder: string, page: SetPage, name: string, channels: 1 | 3): Promise<Uint8Array> {
  const content = await readSetFile(folder, page, name);
  const image = sharp(content, { limitInputPixels: false }).toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== page.widthPx || info.height !== page.heightPx || info.channels !== channels) {
    throw new AppError('corrupt', `${name} of ${page.name} has another size than its training set says.`);
  }
  return data;
}

/** Bytes that an open page holds. */
export const openPageBytes = ({ widthPx, heightPx }: SetPage): number =>
  widthPx * heightPx * (3 + 2 * SET_CLASSES.length);
