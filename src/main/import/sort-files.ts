import { posix } from 'node:path';
import { PAPER_ECG_SCHEMA } from '../../formats/paper-ecg/read-paper-ecg.ts';
import type { ReadHints } from '../../formats/signal/read-hints.ts';
import { toAppError } from '../../shared/app-error.ts';
import { hasScanExtension } from '../library/scan-extensions.ts';
import type { SignalFile } from './pair-scans.ts';
import { RECORDING_HEAD_BYTES, recordingKind, wantsHead } from './recording-kind.ts';
import { readListed, type WalkedFolder } from './walk-folder.ts';

/** A file, or a folder, that holds masks of pages. */
export interface MaskSource {
  readonly kind: 'png' | 'coco' | 'label-studio' | 'nnunet';
  readonly path: string;
}

/** A table of numbers that does not name its leads. */
export interface UnnamedTable {
  readonly path: string;
  readonly titles: readonly string[];
}

/** The files of a folder by what they are. */
export interface SortedFiles {
  readonly scans: readonly string[];
  readonly signals: readonly SignalFile[];
  readonly unnamed: readonly UnnamedTable[];
  /** Files that could not be looked at. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
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
 * @param options.allMasks every picture is a mask
 * @param options.hints what a person says about tables that do not name their leads
 */
export async function sortFiles(
  { root, files }: WalkedFolder,
  { allMasks = false, hints = {} }: { readonly allMasks?: boolean; readonly hints?: ReadHints } = {},
): Promise<SortedFiles> {
  const scans: string[] = [];
  const signals: SignalFile[] = [];
  const unnamed: UnnamedTable[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const segments = new Set<string>();
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
    const head = async (most: number): Promise<Buffer> => {
      return readListed(root, path, { most, cut: true }).catch((thrown: unknown) => {
        unreadable.push({ path, reason: toAppError(thrown).message });
        return Buffer.alloc(0);
      });
    };
    if (!inNnunet(path)) {
      const asked = wantsHead(path) || extension === '.hea';
      const seen = asked ? await head(RECORDING_HEAD_BYTES) : Buffer.alloc(0);
      const recording = recordingKind(path, seen, hints);
      if (recording?.kind) {
        signals.push({ path, kind: recording.kind });
        for (const name of segmentNames(seen, recording.kind))
          segments.add(posix.join(posix.dirname(path), name));
        continue;
      }
      if (recording) unnamed.push({ path, titles: recording.titles });
    }
    if (hasScanExtension(posix.basename(path))) {
      if (inNnunet(path) && (isMask || NNUNET_IMAGES.test(path))) continue;
      if (isMask) {
        if (extension === '.png') masks.push({ kind: 'png', path });
      } else if (!path.endsWith('.overlay.png')) scans.push(path);
    } else if (extension === '.json' && !inNnunet(path)) {
      const text = (await head(HEAD_BYTES)).toString('utf8').trimStart();
      const has = (word: string): boolean => text.includes(`"${word}"`);
      if (text.includes(PAPER_ECG_SCHEMA)) annotations.push(path);
      else if (text.startsWith('{') && has('sampling_frequency') && (has('leads') || has('x_grid')))
        imageKits.push(path);
      else if (text.startsWith('[') && has('data') && (has('annotations') || has('predictions'))) {
        masks.push({ kind: 'label-studio', path });
      } else if (text.startsWith('{') && isCoco(has)) masks.push({ kind: 'coco', path });
    }
  }
  const list = (name: string): string | null => files.find((path) => path === name) ?? null;
  return {
    scans,
    signals: signals.filter(({ path }) => !segments.has(path)),
    unnamed,
    unreadable,
    masks,
    annotations,
    imageKits,
    train: list('train.csv'),
    test: list('test.csv'),
  };
}

/** Headers of the segments of a WFDB record: parts of it, no records of their own. */
function segmentNames(head: Buffer, kind: string): string[] {
  const lines = kind === 'wfdb' ? head.toString('latin1').split(/\r?\n/) : [];
  const [record = '', ...rest] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (!/^[\w-]+\/\d+\s/.test(record)) return [];
  return rest.flatMap((line) => /^([\w-]+)\s+\d+\s*$/.exec(line)?.[1] ?? []).map((name) => `${name}.hea`);
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
