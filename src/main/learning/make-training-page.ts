import { basename } from 'node:path';
import sharp from 'sharp';
import type { Digitization } from '../../core/digitization.ts';
import { maskPrefix } from '../../core/edit/edit-documents.ts';
import type { MaskTiles } from '../../core/edit/mask-tiles.ts';
import { pictureStyle } from '../../core/explore/picture-style.ts';
import { lightPaper } from '../../core/image/light-paper.ts';
import type { Raster } from '../../core/image/raster.ts';
import { warpRaster } from '../../core/image/warp-raster.ts';
import { targetBalance, trainingTargets } from '../../core/learning/training-targets.ts';
import { extractInk } from '../../core/mask/extract-ink.ts';
import { SEGMENT_CLASSES, type SegmentClass } from '../../core/mask/segment-classes.ts';
import type { Rectification } from '../../core/page/rectification.ts';
import { rectifyPage } from '../../core/page/rectify-page.ts';
import { packDigitization, unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import type { PageOverrides } from '../../shared/api/page-record.ts';
import { AppError } from '../../shared/app-error.ts';
import { decodePage } from '../library/decode-page.ts';
import type { SetPage } from './training-manifest.ts';

/** An accepted page to be taken into a training set; plain data. */
export interface TrainingPageTask {
  readonly path: string;
  readonly pageIndex: number;
  readonly overrides: PageOverrides;
  /** The page with its corrections, see `packDigitization`. */
  readonly packed: Uint8Array<ArrayBuffer>;
  /** Documents of painted masks by key. */
  readonly masks: readonly (readonly [key: string, bytes: Uint8Array<ArrayBuffer>])[];
  readonly unverified: readonly string[];
}

/** Its files, and what the list tells of it; plain data. */
export interface TrainingPageOutcome extends Pick<
  SetPage,
  | 'layout'
  | 'grid'
  | 'pxPerMm'
  | 'speedMmPerSecond'
  | 'gainMmPerMillivolt'
  | 'style'
  | 'scanPxPerMm'
  | 'widthPx'
  | 'heightPx'
  | 'columns'
  | 'ink'
  | 'known'
> {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Planes that a person answers for somewhere; the grid is never among them. */
export const SET_CLASSES: readonly SegmentClass[] = SEGMENT_CLASSES.filter((name) => name !== 'grid');

/**
 * Makes the files of a page of a training set: `picture.png`, the flat page as a model sees it; `<class>.png`, shares of
 * ink, and `<class>-known.png`, where they were verified, for traces, marks and lettering; `page.bin`, the corrected
 * page (`packDigitization`): paths, layout, lattice, signals. About 1.5 s for 2200x1700.
 *
 * @throws AppError as `decodePage` does; `corrupt` when the scan is not the picture that was accepted; `usage` when there
 *   is no trace on it
 */
export async function makeTrainingPage(task: TrainingPageTask): Promise<TrainingPageOutcome> {
  const page = unpackDigitization(task.packed);
  if (page.rectification === null || page.layout === null || page.paths.length === 0) {
    throw new AppError('usage', `"${basename(task.path)}" has no trace to learn from.`);
  }
  const raster = await decodePage(task.path, task.pageIndex);
  if (raster.width !== page.imageWidth || raster.height !== page.imageHeight) {
    const words = `"${basename(task.path)}" has changed since it was accepted. Digitize and accept it again.`;
    throw new AppError('corrupt', words);
  }
  const picture = flatPicture(raster, page, task.overrides);
  const { value: ink } = extractInk({ raster: picture, rectification: page.rectification });
  const made = trainingTargets({
    page,
    coverage: ink.coverage,
    masks: masksByCell(task.masks, page),
    unverified: new Set(task.unverified),
  });
  const planes = SET_CLASSES.flatMap((name) => [
    { name: `${name}.png`, plane: made.targets[name] },
    { name: `${name}-known.png`, plane: made.weights[name] },
  ]);
  const { width, height } = picture;
  const files = [{ name: 'picture.png', bytes: await encodePng(picture) }];
  for (const { name, plane } of planes) {
    files.push({ name, bytes: await encodePng({ data: plane, width, height, channels: 1 }) });
  }
  files.push({ name: 'page.bin', bytes: packDigitization(page) });
  const balance = targetBalance(made);
  const of = (key: 'ink' | 'known') =>
    Object.fromEntries(SEGMENT_CLASSES.map((name) => [name, balance[name][key]])) as SetPage['ink'];
  return {
    files,
    layout: page.layout.kind,
    grid: page.rectification.gridKind,
    pxPerMm: page.rectification.canonicalPxPerMm,
    speedMmPerSecond: page.layout.speedMmPerSecond,
    gainMmPerMillivolt: page.layout.gainMmPerMillivolt,
    style: Array.from(pictureStyle(raster), (entry) => Math.round(entry * 1e4) / 1e4),
    ...knownResolution(page.rectification, task.overrides),
    widthPx: width,
    heightPx: height,
    columns: columnsOf(page),
    ink: of('ink'),
    known: of('known'),
  };
}

/** The resolution of a scan whose grid was found, or whose scale a person stated: what was assumed teaches nothing. */
function knownResolution(
  { gridKind, pxPerMmX, pxPerMmY }: Rectification,
  overrides: PageOverrides,
): Pick<SetPage, 'scanPxPerMm'> {
  const isKnown = gridKind !== 'none' || (overrides.pxPerMm ?? null) !== null;
  return isKnown ? { scanPxPerMm: Math.sqrt(pxPerMmX * pxPerMmY) } : {};
}

/**
 * The flat page as `digitizePage` shows it to a model: through the same code, which gives the same picture for the same
 * geometry. A page read by an earlier version of the program is flattened through the geometry that was found then.
 */
function flatPicture(raster: Raster, page: Digitization, overrides: PageOverrides): Raster {
  const { warp, canonicalWidth, canonicalHeight, quarterTurns } = page.rectification!;
  const stated = overrides.frame
    ? { ...overrides, quarterTurns: 0 as const }
    : { ...overrides, quarterTurns };
  const { value: again } = rectifyPage(raster, { overrides: stated });
  const { warp: now } = again.rectification;
  if (
    again.raster.width === canonicalWidth &&
    again.raster.height === canonicalHeight &&
    now.xs.every((x, k) => x === warp.xs[k]) &&
    now.ys.every((y, k) => y === warp.ys[k])
  ) {
    return again.raster;
  }
  const white = Array<number>(raster.channels).fill(255);
  return warpRaster(lightPaper(raster), warp, canonicalWidth, canonicalHeight, white);
}

function masksByCell(documents: TrainingPageTask['masks'], page: Digitization): Map<string, MaskTiles> {
  const masks = new Map<string, MaskTiles>();
  for (const { id } of page.layout!.cells) {
    const prefix = maskPrefix(id);
    const tiles: MaskTiles = new Map();
    for (const [key, bytes] of documents)
      if (key.startsWith(prefix)) tiles.set(key.slice(prefix.length), bytes);
    if (tiles.size > 0) masks.set(id, tiles);
  }
  return masks;
}

function columnsOf({ paths }: Digitization): SetPage['columns'] {
  const ones = (values: Uint8Array | undefined) =>
    values?.reduce<number>((sum, value) => sum + value, 0) ?? 0;
  const sum = (of: (path: Digitization['paths'][number]) => number) =>
    paths.reduce((total, path) => total + of(path), 0);
  return {
    all: sum(({ y }) => y.length),
    human: sum(({ human }) => ones(human)),
    bridged: sum(({ bridged }) => ones(bridged)),
  };
}

async function encodePng({ data, width, height, channels }: Raster): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  // Gray or it becomes RGB.
  const png = (channels === 1 ? image.toColourspace('b-w') : image).png({ compressionLevel: 6 });
  return new Uint8Array(await png.toBuffer());
}
