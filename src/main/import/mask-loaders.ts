import { posix } from 'node:path';
import type { StretchMask } from '../../core/edit/match-masks.ts';
import { readCoco, type MaskedPicture } from '../../formats/coco/read-coco.ts';
import { readLabelStudio } from '../../formats/label-studio/label-studio-tasks.ts';
import { fromLabelLayers } from '../../formats/masks/label-layers.ts';
import { LABEL_NAMES, readStretchName } from '../../formats/masks/mask-label.ts';
import { readNnunetDataset } from '../../formats/nnunet/nnunet-dataset.ts';
import { maskOfPicture, readMaskPng, type MaskPicture } from '../../formats/png-mask/read-mask-png.ts';
import { readSynthesisBits } from '../../formats/synthesis/read-mask-bits.ts';
import type { ImportIssue } from '../../shared/api/import-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { nameFinder, stemOf } from './name-finder.ts';
import type { MaskSource } from './sort-files.ts';
import { readListed, type WalkedFolder } from './walk-folder.ts';

/** Masks of one picture. */
export interface LoadedMasks {
  readonly width: number;
  readonly height: number;
  readonly masks: readonly StretchMask[];
}

/** A file's masks of one scan, read when they are needed. */
export interface MaskLoader {
  /** File they come from. */
  readonly from: string;
  /** @throws AppError `corrupt`, `unsupported`, `too-large` */
  load(): Promise<LoadedMasks>;
}

export interface MaskLoaders {
  /** By scan. */
  readonly byScan: ReadonlyMap<string, readonly MaskLoader[]>;
  /** Files, and pictures that files speak of, without a scan here. */
  readonly unmatched: readonly ImportIssue[];
}

const MOST_JSON_BYTES = 500_000_000;
const MOST_PNG_BYTES = 200_000_000;
/** Ends of names that say that a picture holds masks, not of which scan. */
const MASK_END = /(\.overlap\d+|[._-](masks?|labels?|label-map|segmentation))$/i;

/**
 * Finds out which masks belong to which scan: by the names of files and of the pictures that files speak of. Such names are
 * only compared with those of scans, never opened.
 */
export async function maskLoaders(
  { root, files }: WalkedFolder,
  sources: readonly MaskSource[],
  scans: readonly string[],
): Promise<MaskLoaders> {
  const byScan = new Map<string, MaskLoader[]>();
  const unmatched: ImportIssue[] = [];
  const find = nameFinder(scans);
  const add = (scan: string | null, path: string, loader: MaskLoader): void => {
    if (scan === null)
      unmatched.push({ kind: 'unpaired', path, reason: 'No scan has this name, or several have.' });
    else byScan.set(scan, [...(byScan.get(scan) ?? []), loader]);
  };
  const png = async (path: string): Promise<MaskPicture> =>
    readMaskPng(await readListed(root, path, { most: MOST_PNG_BYTES }));
  for (const { kind, path } of sources) {
    try {
      if (kind === 'png') {
        const known = pngPlace(path, find);
        const bits = files.find((file) => file === path.replace(/\.mask\.png$/i, '.json'));
        const load = async (): Promise<LoadedMasks> => {
          const picture = await png(path);
          if (known?.name) return toPlane(picture, known.name);
          if (/\.mask\.png$/i.test(path) && bits) {
            const text = (await readListed(root, bits, { most: MOST_PNG_BYTES })).toString('utf8');
            return toBits(picture, text);
          }
          return toLabels(picture, new Map(LABEL_NAMES.map((name, i) => [i + 1, name])));
        };
        add(known?.scan ?? null, path, { from: path, load });
        continue;
      }
      if (kind === 'nnunet') {
        const text = (
          await readListed(root, posix.join(path, 'dataset.json'), { most: MOST_JSON_BYTES })
        ).toString('utf8');
        const { names } = readNnunetDataset(text);
        for (const file of files) {
          const isLabel = ['labelsTr', 'labelsTs'].some(
            (folder) => posix.dirname(file) === posix.join(path, folder),
          );
          if (!isLabel || !file.toLowerCase().endsWith('.png')) continue;
          add(find(stemOf(file)) ?? find(`${stemOf(file)}_0000`), file, {
            from: file,
            load: async () => toLabels(await png(file), names),
          });
        }
        continue;
      }
      const text = (await readListed(root, path, { most: MOST_JSON_BYTES })).toString('utf8');
      for (const picture of kind === 'coco' ? readCoco(text) : readLabelStudio(text)) {
        if (picture.masks.length === 0) continue;
        const loader = { from: path, load: () => Promise.resolve(toNamed(picture)) };
        add(find(picture.fileName), `${picture.fileName} of ${path}`, loader);
      }
    } catch (thrown) {
      unmatched.push({ kind: 'unreadable', path, reason: toAppError(thrown).message });
    }
  }
  return { byScan, unmatched };
}

/** Scan and, of a plane of one lead, the lead's name: `NAME/r0c1-aVR.png`, `NAME_aVR.png`, or `NAME.png` for a label map. */
function pngPlace(
  path: string,
  find: (name: string) => string | null,
): { scan: string; name: string | null } | null {
  const stem = stemOf(path);
  const bare = stem.replace(MASK_END, '');
  const whole = find(bare);
  if (whole) return { scan: whole, name: null };
  const folder = find(posix.basename(posix.dirname(path)));
  if (folder && readStretchName(bare)) return { scan: folder, name: bare };
  const [, of, name] =
    /^(.+?)[._-]((?:lead[._-])?[A-Za-z0-9]+(?:[._-](?:rhythm|long|strip))?)$/.exec(bare) ?? [];
  const scan = of === undefined ? null : find(of);
  return scan && readStretchName(name!) ? { scan, name: name! } : null;
}

function toPlane(picture: MaskPicture, name: string): LoadedMasks {
  return { ...picture, masks: [{ ...readStretchName(name)!, mask: maskOfPicture(picture) }] };
}

function toLabels({ width, height, values }: MaskPicture, names: ReadonlyMap<number, string>): LoadedMasks {
  const labels = Uint8Array.from(values, (value) => Math.min(value, 255));
  const masks = [...fromLabelLayers({ width, layers: [labels] })].map(([label, mask]) => {
    const stretch = readStretchName(names.get(label) ?? '');
    if (!stretch) throw new AppError('unsupported', `Label ${label} of the picture stands for no lead.`);
    return { ...stretch, mask };
  });
  return { width, height, masks };
}

function toBits(picture: MaskPicture, json: string): LoadedMasks {
  const masks = readSynthesisBits(json).map(({ lead, role, bit }) => {
    return { lead, role, mask: maskOfPicture(picture, bit) };
  });
  return { width: picture.width, height: picture.height, masks };
}

function toNamed({ width, height, masks }: MaskedPicture): LoadedMasks {
  return {
    width,
    height,
    masks: masks.flatMap(({ name, role, mask }) => {
      const stretch = readStretchName(name);
      if (!stretch) return [];
      return [{ ...stretch, role: role === 'rhythm' ? 'rhythm' : stretch.role, mask }];
    }),
  };
}
