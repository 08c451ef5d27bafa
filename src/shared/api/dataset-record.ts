import { z } from 'zod';

/** What a data set can hold besides its signals; docs/formats.md describes each. */
export const datasetPart = z.enum([
  'images',
  'planes',
  'label-maps',
  'coco',
  'yolo',
  'nnunet',
  'label-studio',
  'provenance',
]);
export type DatasetPart = z.infer<typeof datasetPart>;

/** How pages are told to be of the same patient. */
export const patientRule = z.enum(['name', 'folder', 'file', 'pattern']);
export type PatientRule = z.infer<typeof patientRule>;

const share = z.number().min(0).max(1000);

/** How a paired data set is to be made. */
export const datasetOptions = z.object({
  parts: z.array(datasetPart),
  name: z.string().trim().min(1).max(80),
  /** Terms of use, as free text or an SPDX name. */
  licence: z.string().max(4000).default(''),
  description: z.string().max(4000).default(''),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  shares: z
    .object({ train: share, val: share, test: share })
    .refine(({ train, val, test }) => train + val + test > 0, 'one share at least must be above 0')
    .default({ train: 70, val: 15, test: 15 }),
  patients: patientRule.default('name'),
  /** For `pattern`: a regular expression over the path below the library folder; its first group names the patient. */
  patientPattern: z.string().max(400).default(''),
  stratify: z.enum(['layout', 'folder', 'none']).default('layout'),
  /** Take out what tells who patients are; null leaves everything as it is. */
  deidentify: z
    .object({
      /** Take pages whose print nobody has reviewed, as the machine marks it; they are left out otherwise. */
      unreviewed: z.boolean().default(false),
    })
    .nullable()
    .default(null),
});
export type DatasetOptions = z.infer<typeof datasetOptions>;
export type DatasetOptionsInput = z.input<typeof datasetOptions>;
