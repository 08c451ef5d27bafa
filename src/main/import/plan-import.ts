import { realpath } from 'node:fs/promises';
import { basename, dirname, posix } from 'node:path';
import { KAGGLE_IMAGE_KINDS, readKaggleTest, readKaggleTrain } from '../../formats/kaggle/kaggle-lists.ts';
import { readImageKit, type ImageKitPage } from '../../formats/ecg-image-kit/read-image-kit.ts';
import type { ReadHints } from '../../formats/signal/read-hints.ts';
import type { ImportIssue, ImportKind } from '../../shared/api/import-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { readPaperEcg, type PaperEcgAnnotation } from '../../formats/paper-ecg/read-paper-ecg.ts';
import { fileError } from '../library/read-scan-file.ts';
import { maskLoaders, type MaskLoader } from './mask-loaders.ts';
import { nameFinder, stemOf } from './name-finder.ts';
import { pairScans, type ScanPair, type SignalFile } from './pair-scans.ts';
import { readPairList } from './read-pair-list.ts';
import { SIGNAL_KINDS, type SignalKind } from './recording-kind.ts';
import { sortFiles, type UnnamedTable } from './sort-files.ts';
import { readListed, walkFolder, type WalkedFolder } from './walk-folder.ts';

/** Files that are taken for signals; `auto` and `pairs` take all. */
const SIGNALS_OF: Readonly<Record<ImportKind, readonly SignalKind[]>> = {
  auto: SIGNAL_KINDS,
  pairs: SIGNAL_KINDS,
  kaggle: ['bare'],
  'ecg-image-kit': ['wfdb'],
  ecgminer: ['bare', 'text'],
  ecgtizer: ['aecg', 'bare', 'text'],
  'paper-ecg': [],
  masks: [],
};

/** What an import would do with a folder, found out without writing anything. */
export interface ImportPlan {
  readonly walked: WalkedFolder;
  readonly kind: ImportKind;
  readonly scans: readonly string[];
  /** Files of signals, paired or not. */
  readonly signals: readonly SignalFile[];
  /** What a person says about files that do not say it themselves. */
  readonly hints: ReadHints;
  /** Tables that seem to belong to scans and do not name their leads. */
  readonly unnamed: readonly UnnamedTable[];
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
  readonly mismatches: readonly ImportIssue[];
}

export interface PlanImportOptions {
  readonly kind?: ImportKind;
  /** Another folder whose pictures are masks of the scans here; null for none. */
  readonly masksFrom?: string | null;
  /** A table that says what belongs to what, see `readPairList`. */
  readonly pairList?: string | null;
  readonly hints?: ReadHints;
}

const MOST_LIST_BYTES = 64 * 1024 * 1024;

/**
 * Looks through a folder and decides what belongs to what.
 *
 * @throws AppError `not-found`, `unreadable`; `usage` when there is no scan, or the list of pairs is none
 */
export async function planImport(
  folder: string,
  { kind = 'auto', masksFrom = null, pairList = null, hints = {} }: PlanImportOptions = {},
): Promise<ImportPlan> {
  const walked = await walkFolder(folder);
  const sorted = await sortFiles(walked, { hints });
  if (sorted.scans.length === 0) throw new AppError('usage', `No scan lies in ${folder}.`);
  const text = async (path: string): Promise<string> =>
    (await readListed(walked.root, path, { most: MOST_LIST_BYTES })).toString('utf8');
  const mismatches: ImportIssue[] = [];
  const add = (kind: ImportIssue['kind'], path: string, reason: string): void => {
    mismatches.push({ kind, path, reason });
  };
  for (const { path, reason } of walked.refused) add('refused', path, reason);
  for (const { path, reason } of sorted.unreadable) add('unreadable', path, reason);
  const signals = sorted.signals.filter((file) => SIGNALS_OF[kind].includes(file.kind));
  const list = pairList === null ? null : readPairList(await listBytes(pairList), sorted.scans, signals);
  for (const problem of list?.problems ?? []) add('conflict', '', problem);
  const pairing = pairScans(sorted.scans, signals, list?.pairs);
  for (const { scan, signals: several } of pairing.ambiguous) {
    add('conflict', scan, `Several signals could be its own: ${several.join(', ')}.`);
  }
  for (const path of pairing.signalsWithout) add('unpaired', path, 'No scan belongs to these signals.');
  const findScan = nameFinder(pairing.scansWithout);
  const unnamed = sorted.unnamed.filter(({ path }) => findScan(stemOf(path)) !== null);
  for (const { path, titles } of unnamed) {
    const some = titles.slice(0, 4).join(', ') + (titles.length > 4 ? ' ...' : '');
    add('conflict', path, `No column of this table is called after a lead: ${some}`);
  }
  const rates = new Map<string, number>();
  const tests = new Set<string>();
  const guard = async (path: string, run: () => Promise<void>): Promise<void> => {
    await run().catch((thrown: unknown) => add('unreadable', path, toAppError(thrown).message));
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
    for (const path of lonely) add('unpaired', path, 'No signals belong to this scan.');
  }
  const sources = await maskLoaders(walked, sorted.masks, sorted.scans);
  const masks = new Map(sources.byScan);
  mismatches.push(...sources.unmatched);
  if (masksFrom !== null) {
    const other = await walkFolder(masksFrom);
    const more = await maskLoaders(other, (await sortFiles(other, { allMasks: true })).masks, sorted.scans);
    for (const [scan, loaders] of more.byScan) masks.set(scan, [...(masks.get(scan) ?? []), ...loaders]);
    mismatches.push(...more.unmatched);
    for (const { path, reason } of other.refused) add('refused', path, reason);
  }
  const annotations = new Map<string, PaperEcgAnnotation>();
  for (const path of sorted.annotations) {
    await guard(path, async () => {
      const annotation = readPaperEcg(await text(path));
      const named = sorted.scans.filter((scan) => posix.basename(scan) === posix.basename(annotation.image));
      const near = named.filter((scan) => posix.dirname(scan) === posix.dirname(path));
      const scan = near[0] ?? (named.length === 1 ? named[0] : undefined);
      if (scan) annotations.set(scan, annotation);
      else add('conflict', path, `No scan, or several, are called "${annotation.image}".`);
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
    signals,
    hints,
    unnamed,
    pairs: pairing.pairs,
    rates,
    masks,
    annotations,
    imageKits,
    tags: isKaggle ? kaggleTags(sorted.scans) : new Map(),
    mismatches,
  };
}

async function listBytes(path: string): Promise<Uint8Array> {
  const root = await realpath(dirname(path)).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  return readListed(root, basename(path), { most: MOST_LIST_BYTES });
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
