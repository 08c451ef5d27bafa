import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import sharp from 'sharp';
import type { Digitization, DigitizeOverrides } from '../../core/digitization.ts';
import type { SplitName } from '../../core/dataset/split-by-patient.ts';
import { applyEdits } from '../../core/edit/apply-edits.ts';
import { collectKeptMasks, collectPageMasks } from '../../core/edit/collect-page-masks.ts';
import { decodeEvidence, encodeEvidence } from '../../core/edit/page-evidence.ts';
import { provenanceRuns } from '../../core/edit/provenance-runs.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { PageMasks } from '../../core/mask/page-masks.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import { writeProvenanceCsv } from '../../formats/dataset/provenance-csv.ts';
import { barePng } from '../../formats/png-mask/bare-png.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DatasetPart } from '../../shared/api/dataset-record.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import { encodePageOutputs } from '../export/encode-page-outputs.ts';
import { processPage, type ProcessingRequest } from '../export/process-page.ts';
import { DEFAULT_DECODE_LIMITS } from '../library/decode-limits.ts';
import { decodePage } from '../library/decode-page.ts';
import { readScanFile } from '../library/read-scan-file.ts';
import { encodeMasks, type Fragments } from './encode-masks.ts';
import type { MarkedPrint } from '../../core/deidentify/plan-redaction.ts';
import type { PageModel } from '../inference/page-model.ts';
import { redactPage } from './redact-page.ts';
import { describePage, type PageFacts } from './describe-page.ts';

/** A page of a data set to encode; plain data, so that it can cross to a process. */
export interface DatasetPageTask {
  readonly path: string;
  readonly pageIndex: number;
  /** SHA-256 of the file that was digitized; while it is that, it is known to be a whole picture of that size. */
  readonly contentHash: string;
  /** The page as the machine read it, see `packDigitization`, and what people corrected. */
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly documents: readonly (readonly [key: string, bytes: Uint8Array])[];
  readonly overrides: DigitizeOverrides;
  readonly versions: Readonly<Record<string, string>>;
  readonly number: number;
  readonly name: string;
  readonly split: SplitName;
  readonly formats: readonly ExportFormat[];
  readonly parts: readonly DatasetPart[];
  /** Who corrected the page last; null for nobody. */
  readonly annotator: string | null;
  /** What is done to the signals; null for nothing. */
  readonly processing: ProcessingRequest | null;
  /** What is taken out of the image, and by how many days dates move; null leaves all as it is. */
  readonly redaction: { readonly print: MarkedPrint; readonly shiftDays: number } | null;
  /** Model that tells lettering from traces where nobody has reviewed the print. */
  readonly model: PageModel | null;
}

/** A file to be, below the data set's folder. */
export interface EncodedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A page ready to be written. */
export interface EncodedDatasetPage {
  readonly facts: PageFacts;
  readonly files: readonly EncodedFile[];
  /** Its pieces of files that hold all pages. */
  readonly fragments: Fragments;
}

const MASK_PARTS: readonly DatasetPart[] = ['planes', 'label-maps', 'coco', 'yolo', 'nnunet', 'label-studio'];

/**
 * Decodes, corrects and encodes one page of a data set: image, signals, masks, provenance. What is written of masks is read
 * back at once and compared. 1 s for 2200x1700 with everything.
 *
 * @throws AppError as `decodePage` does; `corrupt` when the scan is not the picture that was digitized, `internal` when
 *   something does not come back as it was written
 */
export async function encodeDatasetPage(task: DatasetPageTask): Promise<EncodedDatasetPage> {
  const base = unpackDigitization(task.packed);
  const documents = new Map(task.documents);
  const page = applyEdits(base, documents);
  const { name, split, parts } = task;
  const file = task.redaction ? `${name}.png` : basename(task.path);
  const wantsMasks = parts.some((part) => MASK_PARTS.includes(part));
  const kept = wantsMasks && base.layout ? collectKeptMasks(base, documents) : null;
  const wantsImage = parts.includes('images');
  const copy = wantsImage && !task.redaction ? await copyOf(task, base) : null;
  const isSeen = (wantsMasks && !kept) || (wantsImage && !copy);
  const raster = isSeen ? await decode(task, base) : null;
  const found = kept ?? (wantsMasks && raster ? masksOf(base, documents, raster) : null);
  const masks = found && task.redaction ? withoutWords(found, page) : found;
  const runs = provenanceRuns(page, documents);
  const files: { path: string; bytes: Uint8Array | string }[] = [];
  const cleaned = task.redaction && (await redactPage(task, task.redaction, raster, base));
  const picture = cleaned?.raster ?? raster;
  const image = copy ?? (wantsImage && picture ? await encodeImage(picture, parts.includes('nnunet')) : null);
  if (image) files.push({ path: `images/${split}/${name}.png`, bytes: image });
  // How long it took would differ from run to run.
  const timeless = { ...page, stages: page.stages.map((stage) => ({ ...stage, milliseconds: 0 })) };
  const { page: processed, note } = task.processing
    ? await processPage(timeless, task.processing)
    : { page: timeless, note: {} };
  const signals = await encodePageOutputs(null, processed, task.formats, name, {
    file,
    page: task.pageIndex + 1,
    overrides: task.overrides,
    versions: task.versions,
    annotator: task.annotator,
    ...note,
  });
  for (const { suffix, bytes } of signals) files.push({ path: `signals/${split}/${name}${suffix}`, bytes });
  if (parts.includes('provenance')) {
    files.push({ path: `provenance/${split}/${name}.csv`, bytes: writeProvenanceCsv(runs) });
  }
  const encoded = masks ? encodeMasks(masks, task) : { files: [], fragments: {}, sharedPixels: null };
  return {
    facts: {
      ...describePage(page, masks, runs, encoded.sharedPixels),
      shiftedDate: cleaned?.shiftedDate ?? null,
    },
    files: [...files, ...encoded.files].map(({ path, bytes }) => {
      const buffer = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
      return { path, bytes: buffer, sha256: createHash('sha256').update(buffer).digest('hex') };
    }),
    fragments: { ...encoded.fragments, ...(cleaned ? { removal: cleaned.removal } : {}) },
  };
}

async function decode({ path, pageIndex }: DatasetPageTask, base: Digitization): Promise<Raster> {
  const raster = await decodePage(path, pageIndex);
  if (raster.width === base.imageWidth && raster.height === base.imageHeight) return raster;
  throw new AppError(
    'corrupt',
    `"${basename(path)}" has changed since it was digitized. Digitize it again before it is exported.`,
  );
}

function masksOf(base: Digitization, documents: ReadonlyMap<string, Uint8Array>, raster: Raster): PageMasks {
  const { width, height } = raster;
  if (!base.layout || !base.rectification) return { width, height, leads: [], outlines: [] };
  // Packed and unpacked, so that the masks are to the pixel those the window shows.
  return collectPageMasks(base, documents, decodeEvidence(encodeEvidence(raster, base)));
}

/** Of what was read on the page only names of leads and scales are told. */
function withoutWords(masks: PageMasks, { layout }: Digitization): PageMasks {
  const known = new Set(layout?.text.filter(({ kind }) => kind !== 'other').map(({ text }) => text));
  return {
    ...masks,
    outlines: masks.outlines.map((outline) => {
      return outline.text !== null && known.has(outline.text) ? outline : { ...outline, text: null };
    }),
  };
}

/** The picture's own bytes where they are those of a plain PNG that is still what was digitized; null otherwise. */
async function copyOf(
  { path, contentHash, parts }: DatasetPageTask,
  { imageWidth: width, imageHeight: height }: Digitization,
): Promise<Uint8Array | null> {
  if (!/\.png$/i.test(path)) return null;
  const bytes = await readScanFile(path, DEFAULT_DECODE_LIMITS);
  if (createHash('sha256').update(bytes).digest('hex') !== contentHash) return null;
  return barePng(bytes, { width, height, channels: parts.includes('nnunet') ? 3 : null });
}

/** @param asColour three channels even of gray pages: nnU-Net wants all pictures alike */
async function encodeImage(
  { data, width, height, channels }: Raster,
  asColour: boolean,
): Promise<Uint8Array> {
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const space = channels === 3 || asColour ? 'srgb' : 'b-w';
  return picture.toColourspace(space).png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer();
}
