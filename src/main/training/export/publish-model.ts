import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SYNTH_PRESETS } from '../../../core/synthesis/random-page/synth-preset.ts';
import type { OnnxModel } from '../../../formats/onnx/onnx-model.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { checkModel } from '../../inference/check-model.ts';
import type { ModelCard } from '../../inference/model-card.ts';
import { openPageSource, type PageSource } from '../data/page-source.ts';
import type { SegmentationMetrics } from '../measure-planes.ts';
import { replaceFile } from '../replace-file.ts';
import { validate } from '../validate.ts';
import { activationValues } from './activation-values.ts';
import { measureRanges } from './measure-ranges.ts';
import { quantiseModel } from './quantise-model.ts';
import { readRun } from './read-run.ts';

export interface PublishOptions {
  /** Folder of a training run, of this program or of a trainer elsewhere (`readRun`). */
  readonly run: string;
  /** `best` on held-out pages, or the `latest` checkpoint. */
  readonly which: 'best' | 'latest';
  /** Folder to write `<name>.onnx` and `<name>.json` into. */
  readonly out: string;
  readonly name: string;
  /** Store and compute in 8 bits. */
  readonly int8: boolean;
  /** Held-out pages of each kind to measure as well; none when 0. */
  readonly pagesPerKind: number;
  /** Folders that relative folders of records may start from. */
  readonly bases: readonly string[];
}

/** The card as written, its metrics, and how the 8-bit model compares with the one it was made from (null without `int8`). */
export interface PublishedModel {
  readonly card: ModelCard;
  readonly measured: SegmentationMetrics;
  /** By kind of page; among them kinds that are never trained on. */
  readonly kinds: Readonly<Record<string, SegmentationMetrics>>;
  readonly before: SegmentationMetrics | null;
}

/** Pages whose values set the ranges of 8-bit numbers: training pages, which no validation page is among. */
const CALIBRATION_PAGES = 24;
const PAGE_KINDS = SYNTH_PRESETS.filter((preset) => preset !== 'mixed');

/**
 * Takes a model out of a run and makes it ready for use: checked against the contract, measured on the held-out pages,
 * in 8 bits when asked to, with its card.
 *
 * @throws AppError what `readRun` says of the run, and what `checkModel` finds wrong
 */
export async function publishModel(options: PublishOptions): Promise<PublishedModel> {
  const { run, which, out, name, int8, pagesPerKind, bases } = options;
  const { bytes, card: origin, config } = await readRun(run, which);
  const source = await openPageSource(config, bases);
  const pages = Array.from({ length: config.validation.pages }, (_, k) => source.validationPage(k));
  const { crossEntropyWeight } = config.loss;
  const model = checkModel(bytes);
  const published = int8 ? await quantise(model, source) : bytes;
  checkModel(published);
  const before = int8 ? await validate(bytes, pages, { crossEntropyWeight }) : null;
  const measured = await validate(published, pages, { crossEntropyWeight });
  const kinds: Record<string, SegmentationMetrics> = {};
  for (const kind of pagesPerKind > 0 ? PAGE_KINDS : []) {
    const own = Array.from({ length: pagesPerKind }, (_, k) => source.validationPage(k, kind));
    kinds[kind] = await validate(published, own, { crossEntropyWeight });
  }
  const card: ModelCard = {
    ...origin,
    name,
    file: `${name}.onnx`,
    sha256: createHash('sha256').update(published).digest('hex'),
    bytes: published.length,
    precision: int8 ? 'int8' : 'float32',
    metrics: { step: origin.step, ...measured, kinds },
  };
  await mkdir(out, { recursive: true });
  await replaceFile(join(out, card.file), published);
  await replaceFile(join(out, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`);
  return { card, measured, kinds, before };
}

async function quantise(model: OnnxModel, source: PageSource): Promise<Uint8Array> {
  const pages = Array.from({ length: CALIBRATION_PAGES }, (_, k) => source.calibrationPage(k));
  const pictures = pages.map(({ raster }) => raster);
  const ranges = await measureRanges(model, activationValues(model.graph), pictures);
  return writeOnnx(quantiseModel(model, ranges));
}
