import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { LABEL_NAMES } from '../masks/mask-label.ts';

/**
 * A raw dataset of nnU-Net version 2 holds `dataset.json`, `imagesTr/<case>_0000.png`, `labelsTr/<case>.png` and
 * `imagesTs`, `labelsTs` likewise (documentation/dataset_format.md in https://github.com/MIC-DKFZ/nnUNet). A label map
 * cannot hold crossing traces, so there is one dataset per layer of label maps: the union over them is complete.
 */
export const nnunetDataset = z.object({
  channel_names: z.record(z.string(), z.string()).optional(),
  labels: z.record(z.string(), z.union([z.number().int(), z.array(z.number().int())])),
  numTraining: z.number().int().optional(),
  file_ending: z.string().default('.png'),
});

/** Folder of the dataset of a layer, from 0. */
export function nnunetFolder(firstId: number, layer: number, name: string): string {
  const suffix = layer === 0 ? '' : `_overlap${layer}`;
  return `Dataset${String(firstId + layer).padStart(3, '0')}_${name.replace(/[^A-Za-z0-9]+/g, '')}${suffix}`;
}

/** `dataset.json` of one layer. */
export function writeNnunetDataset(numTraining: number, description: string, licence: string): string {
  const labels = Object.fromEntries([['background', 0], ...LABEL_NAMES.map((name, i) => [name, i + 1])]);
  const dataset = {
    channel_names: { 0: 'R', 1: 'G', 2: 'B' },
    labels,
    numTraining,
    file_ending: '.png',
    overwrite_image_reader_writer: 'NaturalImage2DIO',
    description,
    licence,
  };
  return JSON.stringify(dataset, null, 2) + '\n';
}

/**
 * Reads `dataset.json`: names of the labels by their number, without the ground.
 *
 * @throws AppError `corrupt`
 */
export function readNnunetDataset(text: string): {
  readonly names: Map<number, string>;
  readonly ending: string;
} {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'dataset.json is not valid JSON.', { cause });
  }
  const parsed = nnunetDataset.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new AppError('corrupt', `dataset.json does not fit at ${path.join('.')}: ${message}`);
  }
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(parsed.data.labels)) {
    for (const label of [value].flat()) if (label > 0) names.set(label, name);
  }
  return { names, ending: parsed.data.file_ending };
}
