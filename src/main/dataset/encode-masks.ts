import type { MaskWindow } from '../../core/mask/mask-window.ts';
import type { LeadMask, PageMasks } from '../../core/mask/page-masks.ts';
import { readCoco } from '../../formats/coco/read-coco.ts';
import { toCocoPage, writeCoco } from '../../formats/coco/write-coco.ts';
import { readLabelStudio, writeLabelStudioTask } from '../../formats/label-studio/label-studio-tasks.ts';
import { toLabelLayers } from '../../formats/masks/label-layers.ts';
import { labelOf } from '../../formats/masks/mask-label.ts';
import { readBitMask, readMaskPng } from '../../formats/png-mask/read-mask-png.ts';
import { writeGrayLabelPng, writeLabelPng, writeMaskPng } from '../../formats/png-mask/write-mask-png.ts';
import { readYoloLabels, writeYoloLabels } from '../../formats/yolo/yolo-segments.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DatasetPart } from '../../shared/api/dataset-record.ts';
import type { RemovalReport } from '../deidentify/report-removal.ts';
import type { DatasetPageTask } from './encode-dataset-page.ts';

/** A page's pieces of files that hold all pages of a data set, as text. */
export interface Fragments {
  /** Image and annotations, one JSON object a line. */
  readonly cocoImage?: string;
  readonly cocoAnnotations?: string;
  readonly labelStudioTask?: string;
  /** Label maps of the layers from the second on that the page has none of; all empty, so that one serves for all. */
  readonly nnunetLayers?: number;
  /** What was taken out of the page's image, where identities are. */
  readonly removal?: RemovalReport;
}

/** The masks of one page in the asked formats, each read back and compared with what was to be written. */
export function encodeMasks(
  masks: PageMasks,
  { name, split, number, parts }: Pick<DatasetPageTask, 'name' | 'split' | 'number' | 'parts'>,
): {
  readonly files: { path: string; bytes: Uint8Array | string }[];
  readonly fragments: Fragments;
  readonly sharedPixels: number | null;
} {
  const wants = (part: DatasetPart): boolean => parts.includes(part);
  const files: { path: string; bytes: Uint8Array | string }[] = [];
  const fragments: { -readonly [K in keyof Fragments]: Fragments[K] } = {};
  let sharedPixels: number | null = null;
  if (wants('planes')) {
    for (const stretch of masks.leads) {
      const bytes = writeMaskPng(stretch.mask, masks);
      expectSame([stretch.mask], [readBitMask(bytes)], 'mask plane', name);
      files.push({ path: `masks/${split}/${name}/${planeName(stretch)}.png`, bytes });
    }
  }
  if (wants('label-maps') || wants('nnunet')) {
    const { layers, sharedPixels: shared } = toLabelLayers(masks);
    sharedPixels = shared;
    layers.forEach((labels, k) => {
      if (wants('label-maps')) {
        const bytes = writeLabelPng(labels, masks);
        expectBytes(readMaskPng(bytes).values, labels, name);
        files.push({ path: `label-maps/${split}/${name}${k === 0 ? '' : `.overlap${k}`}.png`, bytes });
      }
      if (wants('nnunet'))
        files.push({ path: nnunetLabelPath(split, name, k), bytes: writeGrayLabelPng(labels, masks) });
    });
    if (wants('nnunet')) fragments.nnunetLayers = layers.length;
  }
  const drawn = masks.leads.map(({ mask }) => mask);
  if (wants('yolo')) {
    const bytes = writeYoloLabels(masks);
    const back = readYoloLabels(bytes, masks).map(({ mask }) => mask);
    expectSame(
      drawn.filter(({ width }) => width > 0),
      back,
      'YOLO label',
      name,
    );
    files.push({ path: `labels/${split}/${name}.txt`, bytes });
  }
  if (wants('coco')) {
    const page = toCocoPage(masks, number, `images/${split}/${name}.png`);
    const back = readCoco(writeCoco([page], ''))[0]!.masks.slice(0, drawn.length);
    expectSame(
      drawn,
      back.map(({ mask }) => mask),
      'COCO mask',
      name,
    );
    fragments.cocoImage = JSON.stringify(page.image);
    fragments.cocoAnnotations = page.annotations.map((annotation) => JSON.stringify(annotation)).join('\n');
  }
  if (wants('label-studio')) {
    const task = writeLabelStudioTask(masks, number, `/data/local-files/?d=images/${split}/${name}.png`);
    const back = readLabelStudio(`[${task}]`).flatMap((picture) => picture.masks);
    expectSame(
      drawn,
      back.slice(0, drawn.length).map(({ mask }) => mask),
      'Label Studio brush',
      name,
    );
    fragments.labelStudioTask = task;
  }
  return { files, fragments, sharedPixels };
}

/** Where nnU-Net's label maps wait until it is known how many layers there are. */
export function nnunetLabelPath(split: string, name: string, layer: number): string {
  return `nnunet/layer${layer}/${split === 'test' ? 'labelsTs' : 'labelsTr'}/${name}.png`;
}

function planeName(stretch: LeadMask): string {
  return `${stretch.cellId}-${stretch.lead}${labelOf(stretch) === 13 ? '-rhythm' : ''}`;
}

function expectSame(
  written: readonly MaskWindow[],
  back: readonly MaskWindow[],
  what: string,
  page: string,
): void {
  const isSame =
    written.length === back.length &&
    written.every((mask, i) => {
      const other = back[i]!;
      return (
        mask.x0 === other.x0 &&
        mask.y0 === other.y0 &&
        mask.width === other.width &&
        Buffer.compare(mask.data, other.data) === 0
      );
    });
  if (!isSame) throw new AppError('internal', `A ${what} of ${page} does not read back as it was written.`);
}

function expectBytes(back: Uint16Array, written: Uint8Array, page: string): void {
  if (!written.every((value, i) => back[i] === value)) {
    throw new AppError('internal', `The label map of ${page} does not read back as it was written.`);
  }
}
