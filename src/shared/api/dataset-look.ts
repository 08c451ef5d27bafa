import { z } from 'zod';

const figure = z.number().nullable();

/** What is known of one page of a project; null where it was not looked at yet, or does not have it. */
export const datasetPage = z.object({
  id: z.number().int(),
  folder: z.string(),
  status: z.string(),
  review: z.string(),
  layout: z.string().nullable(),
  grid: z.string().nullable(),
  speed: z.string().nullable(),
  gain: z.string().nullable(),
  /** Whether a CSV of known signals lies beside the scan. */
  paired: z.boolean(),
  format: z.string().nullable(),
  colour: z.enum(['colour', 'gray', 'bilevel']).nullable(),
  /** See `perceptualHash` in core. */
  hash: z.string().nullable(),
  /** See `pictureStyle` in core. */
  style: z.array(z.number()).nullable(),
  widthPx: figure,
  heightPx: figure,
  fileKilobytes: figure,
  dpi: figure,
  brightness: figure,
  contrast: figure,
  sharpness: figure,
  pxPerMm: figure,
  skewDegrees: figure,
  confidence: figure,
  leadsFound: figure,
  findings: figure,
  heartRate: figure,
  amplitudeMillivolts: figure,
  tracedShare: figure,
});
export type DatasetPage = z.infer<typeof datasetPage>;

/** How far the look at all pages is. */
export const datasetProgress = z.object({
  running: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
  /** Pages that could not be read. */
  failed: z.number().int(),
});
export type DatasetProgress = z.infer<typeof datasetProgress>;

export const dataset = z.object({ progress: datasetProgress, pages: z.array(datasetPage) });
