import { posix } from 'node:path';
import { leadColumns } from '../../formats/kaggle/read-bare-table.ts';
import { PAPER_ECG_SCHEMA } from '../../formats/paper-ecg/read-paper-ecg.ts';
import { hasScanExtension } from '../library/scan-extensions.ts';
import type { SignalFile } from './pair-scans.ts';
import { readListed, type WalkedFolder } from './walk-folder.ts';

/** A file, or a folder, that holds masks of pages. */
export interface MaskSource {
  readonly kind: 'png' | 'coco' | 'label-studio' | 'nnunet';
  readonly path: string;
}

/** The files of a folder by what they are. */
export interface SortedFiles {
  readonly scans: readonly string[];
  readonly signals: readonly SignalFile[];
  readonly masks: readonly MaskSource[];
  /** Annotations of PaperECG. */
  readonly annotations: readonly string[];
  /** Descriptions of pictures by ECG-Image-Kit. */
  readonly imageKits: readonly string[];
  /** Kaggle's lists, where they are. */
  readonly train: string | null;
  readonly test: string | null;
}

/** Folders whose pictures are masks. */
const MASK_FOLDER = /^(masks?|labels?|label-maps|labelsTr|labelsTs|segmentations?)$/i;
/** Folders of nnU-Net's pictures: they are those of the data set again. */
const NNUNET_IMAGES = /(^|\/)images(Tr|Ts)\//;
const HEAD_BYTES = 65_536;

/**
 * Tells scans, signals, masks and annotations apart: by their names, and tables and JSON by how they begin. 2000 records take
 * a second or two.
 *
 * @param allMasks every picture is a mask
 */
export async function sortFiles({ root, files }: WalkedFolder, allMasks = false): Promise<SortedFiles> {
  const scans: string[] = [];
  const signals: SignalFile[] = [];
  const masks: MaskSource[] = [];
  const annotations: string[] = [];
  const imageKits: string[] = [];
  const nnunet = files
    .filter((path) => posix.basename(path) === 'dataset.json')
    .map((path) => posix.dirname(path))
    .filter((folder) => files.some((path) => path.startsWith(inside(folder, 'labelsTr/'))));
  for (const folder of nnunet) masks.push({ kind: 'nnunet', path: folder });
  const inNnunet = (path: string): boolean => nnunet.some((folder) => path.startsWith(inside(folder, '')));
  for (const path of files) {
    const extension = posix.extname(path).toLowerCase();
    const isMask = allMasks || isMaskName(path);
    if (hasScanExtension(posix.basename(path))) {
      if (inNnunet(path) && (isMask || NNUNET_IMAGES.test(path))) continue;
      if (isMask) {
        if (extension === '.png') masks.push({ kind: 'png', path });
      } else if (!path.endsWith('.overlay.png')) scans.push(path);
    } else if (extension === '.hea') signals.push({ path, kind: 'wfdb' });
    else if (extension === '.xml') {
      const head = (await readListed(root, path, { most: 4096, cut: true })).toString('utf8');
      if (/<(\w+:)?AnnotatedECG\b/.test(head)) signals.push({ path, kind: 'aecg' });
    } else if (extension === '.csv') {
      const head = (await readListed(root, path, { most: 4096, cut: true })).toString('utf8');
      const line = head.replace(/^\uFEFF/, '').split(/\r?\n/)[0]!;
      if (/(^|,)time_s(,|$)/.test(line)) signals.push({ path, kind: 'table' });
      else if (leadColumns(line)) signals.push({ path, kind: 'bare' });
    } else if (extension === '.json' && !inNnunet(path)) {
      const head = (await readListed(root, path, { most: HEAD_BYTES, cut: true }))
        .toString('utf8')
        .trimStart();
      const has = (word: string): boolean => head.includes(`"${word}"`);
      if (head.includes(PAPER_ECG_SCHEMA)) annotations.push(path);
      else if (head.startsWith('{') && has('sampling_frequency') && (has('leads') || has('x_grid')))
        imageKits.push(path);
      else if (head.startsWith('[') && has('data') && (has('annotations') || has('predictions'))) {
        masks.push({ kind: 'label-studio', path });
      } else if (head.startsWith('{') && isCoco(has)) masks.push({ kind: 'coco', path });
    }
  }
  const list = (name: string): string | null => files.find((path) => path === name) ?? null;
  return { scans, signals, masks, annotations, imageKits, train: list('train.csv'), test: list('test.csv') };
}

/** Whether the name or a folder of a picture says that it is a mask. */
export function isMaskName(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((folder) => MASK_FOLDER.test(folder)) || /[._-]masks?\.png$/i.test(path);
}

/** A page report of Tracewright has neither, the file of a large data set perhaps only one of them near its beginning. */
function isCoco(has: (word: string) => boolean): boolean {
  const found = ['images', 'annotations', 'categories', 'licenses'].filter(has).length;
  return found >= 2;
}

function inside(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}
