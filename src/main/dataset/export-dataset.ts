import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import type { DigitizeOverrides } from '../../core/digitization.ts';
import { writeDatasetCard } from '../../formats/dataset/dataset-card.ts';
import {
  MANIFEST_FORMAT,
  datasetPage,
  readDatasetManifest,
  writeDatasetManifest,
  type DatasetFile,
  type DatasetManifest,
  type DatasetPage,
} from '../../formats/dataset/dataset-manifest.ts';
import type { SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { DatasetOptions } from '../../shared/api/dataset-record.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import type { PageTextBoxes } from '../../shared/api/text-boxes.ts';
import { planRedaction } from '../../core/deidentify/plan-redaction.ts';
import type { IdentityKey } from '../deidentify/identity-key.ts';
import { programVersions } from '../export/program-versions.ts';
import { writeTogether } from '../export/write-together.ts';
import type { PageModel } from '../inference/page-model.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import { assembleDataset } from './assemble-dataset.ts';
import { openDatasetJournal, type DatasetJournal } from './dataset-journal.ts';
import { planDataset, type DatasetCandidate, type PlannedPage } from './dataset-plan.ts';
import { hashFile } from './hashed-file.ts';
import { assertFreePlace, keepOnly, placeDataset, workingFolder } from './place-dataset.ts';

/** A page as its data set needs it. */
export interface DatasetReading {
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly documents: readonly (readonly [key: string, bytes: Uint8Array])[];
  readonly overrides: DigitizeOverrides;
  readonly versions: Readonly<Record<string, string>>;
  readonly review: string;
  readonly corrections: number;
  /** CSV with signals that are known of the page; null for none. */
  readonly referencePath: string | null;
  /** Who corrected the page last; null for nobody. */
  readonly annotator: string | null;
  /** Print on the page, as people left it. */
  readonly print: PageTextBoxes;
}

/** Where the pages of a data set come from. */
export interface DatasetSource {
  /** Null for a page that is not known. */
  candidate(id: number): DatasetCandidate | null;
  /** Null while the page has not been digitized. @throws AppError when its scan cannot be read */
  load(id: number): DatasetReading | null;
  /** SHA-256 of the models that may have looked at pages. */
  readonly modelHashes: readonly string[];
}

export interface ExportDatasetOptions {
  readonly processes: PageProcesses;
  /** Pages at a time. */
  readonly concurrency: number;
  readonly overwrite?: boolean;
  /** What is done to all signals before they are written; nothing when absent or null. */
  readonly processing?: SignalProcessing | null;
  /** Moves each stretch onto the known signals of its page; not by default. */
  readonly correctLag?: boolean;
  /** Replaces identities; needed by data sets that are de-identified. */
  readonly identityKey?: IdentityKey | null;
  /** Model that tells lettering from traces on pages whose print nobody has reviewed; null for none. */
  readonly model?: PageModel | null;
  readonly onProgress?: (progress: { done: number; total: number; failed: number }) => void;
  readonly signal?: AbortSignal;
}

export interface DatasetSummary {
  readonly done: number;
  readonly failed: number;
  /** Pages that an earlier, stopped run had written. */
  readonly resumed: number;
  readonly files: number;
  readonly bytes: number;
  readonly manifest: DatasetManifest;
  readonly problems: readonly { readonly id: number; readonly message: string }[];
}

/** Places at which a data set is being written by this process. */
const busy = new Set<string>();

/**
 * Writes a paired data set: images, signals, masks, who drew them, parts by patient, a manifest with checksums, and a card
 * (docs/formats.md). It grows in `<out>.part`, is read back, and takes its place in one step. One that was stopped goes on
 * where it ended. The same pages and options give the same bytes. Pages that cannot be written are left out and named.
 *
 * @throws AppError `storage` when `out` is taken or cannot be written, `locked` when another one is on its way there, `usage`, `not-found`, `no-ecg` when no page is left,
 *   `cancelled` when `signal` fires
 */
export async function exportDataset(
  source: DatasetSource,
  ids: readonly number[],
  out: string,
  formats: readonly ExportFormat[],
  options: DatasetOptions,
  how: ExportDatasetOptions,
): Promise<DatasetSummary> {
  const place = resolve(out);
  if (busy.has(place)) throw new AppError('locked', `A data set is being written to ${place} already.`);
  busy.add(place);
  try {
    return await writeDataset(source, ids, place, formats, options, how);
  } finally {
    busy.delete(place);
  }
}

async function writeDataset(
  source: DatasetSource,
  ids: readonly number[],
  place: string,
  formats: readonly ExportFormat[],
  options: DatasetOptions,
  how: ExportDatasetOptions,
): Promise<DatasetSummary> {
  const { concurrency, overwrite = false, identityKey = null, onProgress, signal } = how;
  if (options.deidentify && !identityKey)
    throw new AppError('usage', 'A data set without identities needs a key to replace them.');
  await assertFreePlace(place, overwrite);
  // Pictures belong to nnU-Net's datasets.
  const parts = options.parts.includes('nnunet')
    ? [...new Set([...options.parts, 'images' as const])]
    : options.parts;
  const wanted: DatasetOptions = { ...options, parts: [...parts].sort() };
  const signals = [...new Set(formats)].filter((format) => format !== 'overlay').sort();
  const plan = planDataset(
    ids.map((id) => {
      const candidate = source.candidate(id);
      if (!candidate) throw new AppError('not-found', `There is no page ${id} in this project.`);
      return candidate;
    }),
    wanted,
    options.deidentify ? identityKey : null,
  );
  const root = workingFolder(place);
  const journal = await openDatasetJournal(root);
  const written = new Map<number, DatasetPage>();
  const problems = new Map<number, string>();
  let resumed = 0;
  const tell = (): void =>
    onProgress?.({ done: written.size + problems.size, total: plan.length, failed: problems.size });
  tell();
  const waiting = [...plan];
  const work = async (): Promise<void> => {
    for (let page = waiting.shift(); page; page = waiting.shift()) {
      if (signal?.aborted) throw cancelled();
      try {
        const result = await writePage(source, page, signals, wanted, journal, how);
        written.set(page.number, result.page);
        if (result.isOld) resumed++;
      } catch (thrown) {
        if (signal?.aborted) throw cancelled(thrown);
        const error = toAppError(thrown);
        if (error.code === 'storage') throw error;
        // Reasons name scans.
        const words = error.message.replaceAll(basename(page.scanPath), page.name);
        problems.set(page.number, options.deidentify ? words : error.message);
      }
      tell();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
  const pages = plan.flatMap(({ number }) => written.get(number) ?? []);
  if (pages.length === 0) {
    throw new AppError(
      'no-ecg',
      `No page could be written. ${[...problems.values()][0] ?? 'None was chosen.'}`,
    );
  }
  const left = plan.filter(({ number }) => problems.has(number));
  const manifest = await finish(root, pages, left, problems, signals, wanted, source, journal, signal);
  if (signal?.aborted) throw cancelled();
  await placeDataset(root, place);
  const files = [...manifest.files, ...manifest.pages.flatMap((page) => page.files)];
  return {
    done: plan.length,
    failed: problems.size,
    resumed,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    manifest,
    problems: left.map(({ id, number }) => ({ id, message: problems.get(number)! })),
  };
}

async function writePage(
  source: DatasetSource,
  planned: PlannedPage,
  formats: readonly ExportFormat[],
  { parts, deidentify }: DatasetOptions,
  journal: DatasetJournal,
  {
    processes,
    identityKey = null,
    model = null,
    processing = null,
    correctLag = false,
    signal,
  }: ExportDatasetOptions,
): Promise<{ page: DatasetPage; isOld: boolean }> {
  const reading = source.load(planned.id);
  if (!reading) throw new AppError('not-found', 'It has not been digitized yet.');
  const { scanPath, pageIndex, number, name, split, patient, sourcePath, contentHash } = planned;
  const { packed, documents, overrides, versions, review, corrections, print } = reading;
  const annotator =
    reading.annotator && deidentify
      ? identityKey!.pseudonym('annotator', reading.annotator)
      : reading.annotator;
  const referencePath = correctLag ? reading.referencePath : null;
  if (deidentify) planRedaction(name, print, { allowUnreviewed: deidentify.unreviewed });
  const redaction = deidentify && { print, shiftDays: identityKey!.dateShiftDays(patient) };
  const about = { number, name, split, formats, parts, redaction, annotator };
  const asked = processing || referencePath !== null ? { processing, referencePath } : null;
  const key = createHash('sha256')
    .update(
      JSON.stringify({
        ...about,
        asked,
        contentHash,
        pageIndex,
        overrides,
        versions,
        program: programVersions(),
      }),
    )
    .update(packed);
  for (const [document, bytes] of documents) key.update(`\0${document}\0${bytes.length}\0`).update(bytes);
  const digest = key.digest('hex');
  const old = await journal.find(name, digest);
  const stated = { patient, review, corrections };
  const hash = deidentify ? identityKey!.pseudonym('scan', contentHash) : contentHash;
  if (old) return { page: { ...old, ...stated }, isOld: true };
  const task = {
    ...about,
    path: scanPath,
    pageIndex,
    contentHash,
    packed,
    documents,
    overrides,
    versions,
    model,
    processing: asked,
  };
  const encoded = await runPage((attempt) => processes.run('encodeDatasetPage', task, attempt), {
    name: basename(scanPath),
    signal,
  });
  // Parsed, so that its fields stand in the order in which a journal gives them back.
  const page = datasetPage.parse({
    name,
    split,
    source: { path: sourcePath, page: pageIndex + 1, sha256: hash },
    ...stated,
    ...encoded.facts,
    versions: { ...versions },
    problem: null,
    files: encoded.files.map(({ path, bytes, sha256 }) => ({ path, bytes: bytes.length, sha256 })),
  } satisfies DatasetPage);
  await journal.write(digest, page, encoded);
  return { page, isOld: false };
}

async function finish(
  root: string,
  written: readonly DatasetPage[],
  left: readonly PlannedPage[],
  problems: ReadonlyMap<number, string>,
  formats: readonly ExportFormat[],
  options: DatasetOptions,
  source: DatasetSource,
  journal: DatasetJournal,
  signal: AbortSignal | undefined,
): Promise<DatasetManifest> {
  const { name, description, licence, seed, shares, stratify, patients, patientPattern, parts, deidentify } =
    options;
  const { files, pages, removals } = await assembleDataset(root, written, options, journal);
  const manifest: DatasetManifest = {
    format: MANIFEST_FORMAT,
    name,
    description,
    licence,
    generator: `Tracewright ${programVersions()['tracewright']}`,
    seed,
    shares,
    patients: patients === 'pattern' ? `the pattern ${patientPattern}` : patients,
    stratify,
    deidentified: deidentify && {
      unreviewedPages: removals.filter(({ reviewed }) => !reviewed).length,
      burntBoxes: removals.flatMap(({ burnt }) => Object.values(burnt)).reduce((sum, n) => sum + n, 0),
    },
    formats: [...formats, ...parts],
    models: modelsOf(written, source.modelHashes),
    leftOut: left.map(({ sourcePath, pageIndex, number }) => {
      return { path: sourcePath, page: pageIndex + 1, reason: problems.get(number)! };
    }),
    pages: pages.map((page) => ({ ...page, files: sorted(page.files) })),
    files: sorted(files),
  };
  const texts = { 'manifest.json': writeDatasetManifest(manifest), 'README.md': writeDatasetCard(manifest) };
  const listed = [...manifest.files, ...manifest.pages.flatMap((page) => page.files)];
  const own = Object.entries(texts).map(([path, text]) => [path, sha256Of(text)] as const);
  const sums = [...listed.map(({ path, sha256 }) => [path, sha256] as const), ...own].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const all = { ...texts, SHA256SUMS: sums.map(([path, sha256]) => `${sha256}  ${path}\n`).join('') };
  await writeTogether(Object.entries(all).map(([path, bytes]) => ({ path: join(root, path), bytes })));
  await verifyDataset(root, listed, signal);
  readDatasetManifest(texts['manifest.json']);
  await keepOnly(root, new Set([...listed.map(({ path }) => path), ...Object.keys(all)]));
  return manifest;
}

/** Reads every file of a data set from the disk. @throws AppError `storage` naming the first that is not what was written */
export async function verifyDataset(
  root: string,
  files: readonly DatasetFile[],
  signal?: AbortSignal,
): Promise<void> {
  for (const { path, bytes, sha256 } of files) {
    if (signal?.aborted) throw cancelled();
    const found = await hashFile(join(root, path));
    if (found?.bytes === bytes && found.sha256 === sha256) continue;
    throw new AppError(
      'storage',
      `${path} of the data set does not read back as it was written. Export it again.`,
    );
  }
}

/** Versions name a model by its file and the beginning of its SHA-256. */
function modelsOf(pages: readonly DatasetPage[], hashes: readonly string[]): DatasetManifest['models'] {
  const names = new Set(pages.flatMap(({ versions }) => versions['model'] ?? []));
  return [...names].sort().map((name) => {
    const digits = /\b[0-9a-f]{12}\b/.exec(name)?.[0];
    return { name, sha256: (digits && hashes.find((hash) => hash.startsWith(digits))) ?? null };
  });
}

function sorted(files: readonly DatasetFile[]): DatasetFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function cancelled(cause?: unknown): AppError {
  return new AppError('cancelled', 'The export was cancelled. Start it again to go on where it ended.', {
    cause,
  });
}
