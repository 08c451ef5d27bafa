import { posix } from 'node:path';
import { KAGGLE_IMAGE_KINDS, readKaggleTest, readKaggleTrain } from '../../formats/kaggle/kaggle-lists.ts';
import { readImageKit, type ImageKitPage } from '../../formats/ecg-image-kit/read-image-kit.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { readPaperEcg, type PaperEcgAnnotation } from '../../formats/paper-ecg/read-paper-ecg.ts';
import { maskLoaders, type MaskLoader } from './mask-loaders.ts';
import { pairScans, stemOf, type ScanPair, type SignalKind } from './pair-scans.ts';
import { sortFiles } from './sort-files.ts';
import { readListed, walkFolder, type WalkedFolder } from './walk-folder.ts';

export const IMPORT_KINDS = [
  'auto',
  'kaggle',
  'ecg-image-kit',
  'ecgminer',
  'ecgtizer',
  'paper-ecg',
  'pairs',
  'masks',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Files that are taken for signals; `auto` and `pairs` take all. */
const SIGNALS_OF: Readonly<Record<ImportKind, readonly SignalKind[]>> = {
  auto: ['table', 'bare', 'wfdb', 'aecg'],
  pairs: ['table', 'bare', 'wfdb', 'aecg'],
  kaggle: ['bare'],
  'ecg-image-kit': ['wfdb'],
  ecgminer: ['bare'],
  ecgtizer: ['aecg'],
  'paper-ecg': [],
  masks: [],
};

/** What an import would do with a folder, found out without writing anything. */
export interface ImportPlan {
  readonly walked: WalkedFolder;
  readonly kind: ImportKind;
  readonly scans: readonly string[];
  readonly pairs: readonly ScanPair[];
  /** Samples per second by record, where a list says so. */
  readonly rates: ReadonlyMap<string, number>;
  readonly masks: ReadonlyMap<string, readonly MaskLoader[]>;
  readonly annotations: ReadonlyMap<string, PaperEcgAnnotation>;
  /** Descriptions of ECG-Image-Kit that say which part of a record is printed, by scan. */
  readonly imageKits: ReadonlyMap<string, ImageKitPage>;
  /** Words for what is shown, by scan, such as Kaggle's kinds of pictures. */
  readonly tags: ReadonlyMap<string, string>;
  /** What does not fit together, each in words. */
  readonly mismatches: readonly { readonly path: string; readonly reason: string }[];
}

const MOST_LIST_BYTES = 64 * 1024 * 1024;

/**
 * Looks through a folder and decides what belongs to what.
 *
 * @param masksFrom another folder whose pictures are masks of the scans here; null for none
 * @throws AppError `not-found`, `unreadable`; `usage` when there is no scan
 */
export async function planImport(
  folder: string,
  {
    kind = 'auto',
    masksFrom = null,
  }: { readonly kind?: ImportKind; readonly masksFrom?: string | null } = {},
): Promise<ImportPlan> {
  const walked = await walkFolder(folder);
  const sorted = await sortFiles(walked);
  if (sorted.scans.length === 0) throw new AppError('usage', `No scan lies in ${folder}.`);
  const text = async (path: string): Promise<string> =>
    (await readListed(walked.root, path, { most: MOST_LIST_BYTES })).toString('utf8');
  const mismatches: { path: string; reason: string }[] = walked.refused.map((refused) => ({ ...refused }));
  const pairing = pairScans(
    sorted.scans,
    sorted.signals.filter((file) => SIGNALS_OF[kind].includes(file.kind)),
  );
  for (const { scan, signals } of pairing.ambiguous) {
    mismatches.push({ path: scan, reason: `Several signals could be its own: ${signals.join(', ')}.` });
  }
  for (const path of pairing.signalsWithout)
    mismatches.push({ path, reason: 'No scan belongs to these signals.' });
  const rates = new Map<string, number>();
  const tests = new Set<string>();
  const guard = async (path: string, run: () => Promise<void>): Promise<void> => {
    await run().catch((thrown: unknown) => mismatches.push({ path, reason: toAppError(thrown).message }));
  };
  const { train, test } = sorted;
  if (train) {
    await guard(train, async () =>
      readKaggleTrain(await text(train)).forEach(({ id, fs }) => rates.set(id, fs)),
    );
  }
  if (test) {
    await guard(test, async () => {
      for (const { id, fs } of readKaggleTest(await text(test))) {
        rates.set(id, fs);
        tests.add(id);
      }
    });
  }
  // Nobody knows the signals of the competition's test pictures.
  const lonely = pairing.scansWithout.filter((scan) => !tests.has(stemOf(scan).replace(/-\d{4}$/, '')));
  if (pairing.pairs.length > 0) {
    for (const path of lonely) mismatches.push({ path, reason: 'No signals belong to this scan.' });
  }
  const sources = await maskLoaders(walked, sorted.masks, sorted.scans);
  const masks = new Map(sources.byScan);
  mismatches.push(...sources.unmatched);
  if (masksFrom !== null) {
    const other = await walkFolder(masksFrom);
    const more = await maskLoaders(other, (await sortFiles(other, true)).masks, sorted.scans);
    for (const [scan, loaders] of more.byScan) masks.set(scan, [...(masks.get(scan) ?? []), ...loaders]);
    mismatches.push(...more.unmatched, ...other.refused);
  }
  const annotations = new Map<string, PaperEcgAnnotation>();
  for (const path of sorted.annotations) {
    await guard(path, async () => {
      const annotation = readPaperEcg(await text(path));
      const named = sorted.scans.filter((scan) => posix.basename(scan) === posix.basename(annotation.image));
      const near = named.filter((scan) => posix.dirname(scan) === posix.dirname(path));
      const scan = near[0] ?? (named.length === 1 ? named[0] : undefined);
      if (scan) annotations.set(scan, annotation);
      else mismatches.push({ path, reason: `No scan, or several, are called "${annotation.image}".` });
    });
  }
  const imageKits = new Map<string, ImageKitPage>();
  for (const path of sorted.imageKits) {
    const scan = sorted.scans.find(
      (one) => one.slice(0, one.lastIndexOf('.')) === path.slice(0, path.lastIndexOf('.')),
    );
    if (scan) await guard(path, async () => void imageKits.set(scan, readImageKit(await text(path))));
  }
  const isKaggle = kind === 'kaggle' || (kind === 'auto' && (train !== null || test !== null));
  return {
    walked,
    kind: isKaggle ? 'kaggle' : kind,
    scans: sorted.scans,
    pairs: pairing.pairs,
    rates,
    masks,
    annotations,
    imageKits,
    tags: isKaggle ? kaggleTags(sorted.scans) : new Map(),
    mismatches,
  };
}

function kaggleTags(scans: readonly string[]): Map<string, string> {
  return new Map(
    scans.flatMap((scan) => {
      const number = /-(\d{4})$/.exec(stemOf(scan))?.[1];
      const words = number === undefined ? undefined : KAGGLE_IMAGE_KINDS[number];
      return words ? [[scan, words] as const] : [];
    }),
  );
}
