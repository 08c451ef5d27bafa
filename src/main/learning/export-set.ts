import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { maskWindowArea, trimMask, type MaskWindow } from '../../core/mask/mask-window.ts';
import type { SegmentClass } from '../../core/mask/segment-classes.ts';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { writeRleString } from '../../formats/coco/rle-string.ts';
import { toRunLengths } from '../../formats/masks/run-lengths.ts';
import { traceOutlines } from '../../formats/masks/trace-outline.ts';
import { nnunetFolder } from '../../formats/nnunet/nnunet-dataset.ts';
import { writeGrayLabelPng } from '../../formats/png-mask/write-mask-png.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { storageError } from '../store/storage-error.ts';
import { SET_CLASSES } from './make-training-page.ts';
import { openSetPage, type OpenSetPage } from './open-set-page.ts';
import type { SetPage } from './training-manifest.ts';

export const SET_EXPORTS = ['nnunet', 'coco', 'png'] as const;
export type SetExport = (typeof SET_EXPORTS)[number];

export interface ExportSetOptions {
  readonly to: SetExport;
  /** Folder that is made; it must not be there. */
  readonly out: string;
  /** Number of the first nnU-Net dataset. */
  readonly firstId?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Share of a pixel, of 255, from which it belongs to a class where programs know only yes and no. */
const HALF = 128;
/** What nnU-Net's loss passes over (documentation/ignore_label.md of https://github.com/MIC-DKFZ/nnUNet). */
const IGNORED = 2;

/**
 * Writes a training set for those who train elsewhere: the flat pages, as the models of this program see them, and one plane for
 * each of traces, marks and lettering, which overlap. `nnunet`: a raw dataset per plane, label 1 in it, 2 where nobody answers for
 * the pixel (`ignore`), `splits_final.json` as the set is divided, locked pages in `imagesTs`; `coco`: one file with run lengths and
 * one with polygons; `png`: shares of 0 to 255 and what of them is known, as the set holds them. Written beside and renamed. Half a
 * second a page.
 *
 * @throws AppError `usage` when the folder is there; `corrupt` when a file of the set was changed; `storage`, `cancelled`
 */
export async function exportSet(
  folder: string,
  pages: readonly SetPage[],
  { to, out, firstId = 1, signal, onProgress }: ExportSetOptions,
): Promise<void> {
  const beside = `${out}.part`;
  const write = WRITERS[to](firstId);
  try {
    await mkdir(dirname(out), { recursive: true });
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside);
    for (const [index, page] of pages.entries()) {
      if (signal?.aborted) throw new AppError('cancelled', 'The export was cancelled.');
      await put(beside, await write.page(page, await openSetPage(folder, page), index));
      onProgress?.(index + 1, pages.length);
    }
    await put(beside, write.finish(pages));
    await rename(beside, out);
  } catch (thrown) {
    await rm(beside, { recursive: true, force: true }).catch(() => {});
    if (thrown instanceof AppError) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') {
      throw new AppError('usage', `${out} is there already; name a folder that is not.`, { cause: thrown });
    }
    throw toAppError(storageError(thrown));
  }
}

interface NamedFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

interface SetExportWriter {
  page(page: SetPage, open: OpenSetPage, index: number): Promise<NamedFile[]>;
  finish(pages: readonly SetPage[]): NamedFile[];
}

const WRITERS: Readonly<Record<SetExport, (firstId: number) => SetExportWriter>> = {
  nnunet: nnunetWriter,
  coco: cocoWriter,
  png: () => ({
    async page(page, open) {
      const size = { width: open.raster.width, height: open.raster.height };
      const planes = SET_CLASSES.flatMap((name) => [
        { path: `${page.folder}/${name}.png`, bytes: writeGrayLabelPng(planeOf(open.targets, name), size) },
        {
          path: `${page.folder}/${name}-known.png`,
          bytes: writeGrayLabelPng(planeOf(open.weights, name), size),
        },
      ]);
      return [{ path: `${page.folder}/picture.png`, bytes: await picture(open) }, ...planes];
    },
    finish: (pages) => [{ path: 'pages.json', bytes: json(pages.map(facts)) }],
  }),
};

function nnunetWriter(firstId: number): SetExportWriter {
  const folderOf = (name: SegmentClass) =>
    nnunetFolder(
      firstId + SET_CLASSES.indexOf(name),
      0,
      `Tracewright${name[0]!.toUpperCase()}${name.slice(1)}`,
    );
  return {
    async page(page, open) {
      const bytes = await picture(open);
      const part = page.part === 'locked' ? 'Ts' : 'Tr';
      const size = { width: open.raster.width, height: open.raster.height };
      return SET_CLASSES.flatMap((name) => {
        const [target, known] = [planeOf(open.targets, name), planeOf(open.weights, name)];
        const labels = target.map((share, k) => (known[k] === 0 ? IGNORED : share >= HALF ? 1 : 0));
        return [
          { path: `${folderOf(name)}/images${part}/${page.folder}_0000.png`, bytes },
          {
            path: `${folderOf(name)}/labels${part}/${page.folder}.png`,
            bytes: writeGrayLabelPng(labels, size),
          },
        ];
      });
    },
    finish(pages) {
      const cases = (part: SetPage['part']) =>
        pages.filter((page) => page.part === part).map((page) => page.folder);
      const [train, val] = [cases('train'), cases('validation')];
      return SET_CLASSES.flatMap((name) => {
        const dataset = {
          channel_names: { 0: 'R', 1: 'G', 2: 'B' },
          labels: { background: 0, [name]: 1, ignore: IGNORED },
          numTraining: train.length + val.length,
          file_ending: '.png',
          overwrite_image_reader_writer: 'NaturalImage2DIO',
          description: `Flat ECG pages corrected by people: ${name}`,
        };
        return [
          { path: `${folderOf(name)}/dataset.json`, bytes: json(dataset) },
          { path: `${folderOf(name)}/splits_final.json`, bytes: json([{ train, val }]) },
        ];
      });
    },
  };
}

function cocoWriter(): SetExportWriter {
  const images: unknown[] = [];
  const runs: unknown[] = [];
  const polygons: unknown[] = [];
  return {
    async page(page, open, index) {
      const { width, height } = open.raster;
      const image = { id: index + 1, file_name: `images/${page.folder}.png`, width, height };
      images.push({ ...image, part: page.part });
      for (const [k, name] of SET_CLASSES.entries()) {
        const data = planeOf(open.targets, name).map((share) => (share >= HALF ? 1 : 0));
        const mask = trimMask({ x0: 0, y0: 0, width, height, data });
        if (mask.width === 0) continue;
        const common = {
          id: 3 * index + k + 1,
          image_id: image.id,
          category_id: k + 1,
          bbox: [mask.x0, mask.y0, mask.width, mask.height],
          area: maskWindowArea(mask),
        };
        const counts = writeRleString(toRunLengths(mask, { width, height }));
        runs.push({ ...common, segmentation: { size: [height, width], counts }, iscrowd: 1 });
        polygons.push({ ...common, segmentation: outlinesOf(mask), iscrowd: 0 });
      }
      const known = SET_CLASSES.map((name) => {
        const bytes = writeGrayLabelPng(planeOf(open.weights, name), { width, height });
        return { path: `known/${page.folder}-${name}.png`, bytes };
      });
      return [{ path: image.file_name, bytes: await picture(open) }, ...known];
    },
    finish() {
      const categories = SET_CLASSES.map((name, k) => ({ id: k + 1, name, supercategory: 'ink' }));
      const file = (annotations: unknown[]) =>
        json({ info: { version: '1' }, images, categories, annotations });
      return [
        { path: 'annotations-rle.json', bytes: file(runs) },
        { path: 'annotations-polygons.json', bytes: file(polygons) },
      ];
    },
  };
}

/** Every outline of a mask, holes among them: filled by the even-odd rule they give the mask again. */
const outlinesOf = (mask: MaskWindow): number[][] => traceOutlines(mask).map((outline) => outline.flat());

const planeOf = (planes: readonly Uint8Array[], name: SegmentClass): Uint8Array =>
  planes[SEGMENT_CLASSES.indexOf(name)]!;
const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
const facts = ({ folder, name, part, layout, effort, widthPx, heightPx, pxPerMm }: SetPage) => ({
  folder,
  name,
  part,
  layout,
  effort,
  widthPx,
  heightPx,
  pxPerMm,
});

async function picture({ raster: { data, width, height, channels } }: OpenSetPage): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 6 }).toBuffer();
}

async function put(root: string, files: readonly NamedFile[]): Promise<void> {
  for (const { path, bytes } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}
