import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';

export const MANIFEST_FORMAT = 1;

export const datasetFile = z.object({
  /** Below the data set's folder, `/` between folders. */
  path: z.string().min(1),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DatasetFile = z.infer<typeof datasetFile>;

export const datasetPage = z.object({
  /** Name that all files of the page bear. */
  name: z.string(),
  split: z.enum(['train', 'val', 'test']),
  patient: z.string(),
  /** Path of the scan below the common folder of all, page in it (from 1), and SHA-256 of its bytes. */
  source: z.object({ path: z.string(), page: z.number().int().min(1), sha256: z.string() }),
  width: z.number().int(),
  height: z.number().int(),
  status: z.enum(['ok', 'partial', 'failed']),
  confidence: z.number(),
  review: z.string(),
  /** Number of corrections that hold. */
  corrections: z.number().int(),
  layout: z.string().nullable(),
  speedMmPerSecond: z.number().nullable(),
  gainMmPerMillivolt: z.number().nullable(),
  samplesPerSecond: z.number().nullable(),
  leads: z.array(
    z.object({
      cell: z.string(),
      lead: z.enum(LEAD_NAMES),
      role: z.enum(['lead', 'rhythm']),
      startSeconds: z.number(),
      endSeconds: z.number(),
      maskPixels: z.number().int().nullable(),
      /** Columns by who drew them. */
      columns: z.record(z.string(), z.number().int()),
    }),
  ),
  /** Pixels that belong to more than one label of the label maps. */
  sharedPixels: z.number().int().nullable(),
  /** Names and versions of what digitized the page, the model included. */
  versions: z.record(z.string(), z.string()),
  /** Day of the recording in data sets without identities, moved by the same days for all pages of a patient. */
  shiftedDate: z.string().nullable().default(null),
  /** What could not be written of the page, in words. */
  problem: z.string().nullable(),
  files: z.array(datasetFile),
});
export type DatasetPage = z.infer<typeof datasetPage>;

/** `manifest.json` of a paired data set. */
export const datasetManifest = z.object({
  format: z.literal(MANIFEST_FORMAT),
  name: z.string(),
  description: z.string(),
  licence: z.string(),
  /** Name and version of the program that wrote it. */
  generator: z.string(),
  seed: z.number().int(),
  shares: z.object({ train: z.number(), val: z.number(), test: z.number() }),
  patients: z.string(),
  stratify: z.string(),
  /** How identities were taken out; null where they were not. */
  deidentified: z
    .object({ unreviewedPages: z.number().int(), burntBoxes: z.number().int() })
    .nullable()
    .default(null),
  formats: z.array(z.string()),
  /** Models that looked at pages, and the SHA-256 of their files where they are at hand. */
  models: z.array(z.object({ name: z.string(), sha256: z.string().nullable() })),
  /** Pages that were asked for and are not in it. */
  leftOut: z.array(z.object({ path: z.string(), page: z.number().int(), reason: z.string() })),
  pages: z.array(datasetPage),
  /** Files of the data set as a whole. */
  files: z.array(datasetFile),
});
export type DatasetManifest = z.infer<typeof datasetManifest>;

/** The manifest as JSON, a line per page, so that changes can be seen. */
export function writeDatasetManifest({ pages, ...manifest }: DatasetManifest): string {
  const head = JSON.stringify(manifest, null, 1).replace(/\n\}$/, '');
  return `${head},\n "pages": [\n${pages.map((page) => `  ${JSON.stringify(page)}`).join(',\n')}\n ]\n}\n`;
}

/** Reads a manifest. @throws AppError `corrupt` naming what does not fit */
export function readDatasetManifest(text: string): DatasetManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'manifest.json is not valid JSON.', { cause });
  }
  const parsed = datasetManifest.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new AppError('corrupt', `manifest.json does not fit at ${path.join('.')}: ${message}`);
}
