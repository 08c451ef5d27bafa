import * as ort from 'onnxruntime-node';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import type { Raster } from '../../core/image/raster.ts';
import { createRandom } from '../../core/synthesis/random.ts';
import { cutPatches } from '../training/data/cut-patches.ts';
import { openPageSource } from '../training/data/page-source.ts';
import { patchBytes } from '../training/data/patch-layout.ts';
import { createPlaneMeter, type SegmentationMetrics } from '../training/measure-planes.ts';
import type { TrainingConfig } from '../training/training-config.ts';
import { validate } from '../training/validate.ts';
import type { FinetuneConfig } from './finetune-config.ts';
import { measureWholePages } from './measure-whole-pages.ts';
import { openSetPage } from './open-set-page.ts';
import type { SetPage } from './training-manifest.ts';

/** How a model does on pages that it does not learn from. */
export interface FinetuneMetrics {
  /**
   * What stops the run: the loss of the traces on the set's pages and that of everything on synthetic ones, mixed as the
   * batches are. Marks and lettering are known on the set's pages in so few places that they would only add noise.
   */
  readonly loss: number;
  /** On parts of the set's validation pages. */
  readonly own: SegmentationMetrics;
  /** On synthetic pages, against forgetting; null without replay. */
  readonly replay: SegmentationMetrics | null;
  /** Mean SNR of validation pages read whole with the model, decibels; null when none is. */
  readonly snrDb: number | null;
}

/** Measures models on the validation pages of a set. */
export interface FinetuneChecks {
  /**
   * @param path - of the model's file, which `bytes` are
   * @param snrPages - pages to read whole, those of the settings when absent
   */
  measure(bytes: Uint8Array, path: string, snrPages?: number): Promise<FinetuneMetrics>;
  /** RGB parts of the validation pages, for the ranges of 8-bit numbers. */
  readonly crops: readonly Raster[];
}

interface Crop {
  readonly sidePx: number;
  readonly patch: Uint8Array;
}

const STRIDE_PX = 16;
/** Share of the parts that are laid over ink of each class. */
const FOCUS = [0.6, 0.1, 0.2, 0];

/** Cuts the parts that every validation looks at; they stay in memory. */
export async function openFinetuneChecks(
  folder: string,
  pages: readonly SetPage[],
  config: FinetuneConfig,
  replay: TrainingConfig,
  bases: readonly string[],
): Promise<FinetuneChecks> {
  const { validation, seed, threads } = config;
  const { crossEntropyWeight } = config.loss;
  const perPage = Math.max(1, Math.min(validation.cropsPerPage, Math.floor(validation.crops / pages.length)));
  const crops: Crop[] = [];
  for (const page of pages.slice(0, validation.crops)) {
    const sidePx = Math.min(validation.cropPx, floorTo(Math.min(page.widthPx, page.heightPx)));
    const random = createRandom(seed).fork(`validation ${page.content} ${page.pageIndex}`);
    const cut = cutPatches(await openSetPage(folder, page), random, {
      count: perPage,
      patchPx: sidePx,
      focus: FOCUS,
    });
    const bytes = cut.length / perPage;
    for (let k = 0; k < perPage; k++) crops.push({ sidePx, patch: cut.subarray(k * bytes, (k + 1) * bytes) });
  }
  // Where most was corrected there is most to see.
  const byEdits = [...pages].sort((a, b) => b.edits - a.edits);
  const source = await openPageSource(replay, bases);
  const synthetic =
    validation.replay > 0 && config.replay > 0
      ? Array.from({ length: validation.replay }, (_, k) => source.validationPage(k))
      : [];
  return {
    crops: crops.map(toRaster),
    async measure(bytes, path, snrPages = validation.snrPages) {
      const own = await measureCrops(bytes, crops, crossEntropyWeight, threads);
      const forgotten =
        synthetic.length > 0 ? await validate(bytes, synthetic, { crossEntropyWeight, threads }) : null;
      const traces = own.classes['trace']!.loss;
      const loss = forgotten ? (1 - config.replay) * traces + config.replay * forgotten.loss : traces;
      const snrDb = await measureWholePages(path, folder, byEdits.slice(0, snrPages), threads);
      return { loss, own, replay: forgotten, snrDb };
    },
  };
}

const floorTo = (px: number): number => Math.floor(px / STRIDE_PX) * STRIDE_PX;

async function measureCrops(
  model: Uint8Array,
  crops: readonly Crop[],
  crossEntropyWeight: number,
  threads: number,
): Promise<SegmentationMetrics> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const classes = SEGMENT_CLASSES.length;
  try {
    const meter = createPlaneMeter(SEGMENT_CLASSES, crossEntropyWeight);
    for (const { sidePx, patch } of crops) {
      const area = sidePx * sidePx;
      const image = Float32Array.from(patch.subarray(0, 3 * area), (value) => value / 255);
      const { probabilities } = await session.run({
        image: new ort.Tensor('float32', image, [1, 3, sidePx, sidePx]),
      });
      const found = probabilities!.data as Float32Array;
      const plane = (index: number) => patch.subarray(index * area, (index + 1) * area);
      for (let c = 0; c < classes; c++) {
        meter.add(c, found.subarray(c * area, (c + 1) * area), plane(3 + c), plane(3 + classes + c));
      }
    }
    return meter.result();
  } finally {
    await session.release();
  }
}

function toRaster({ sidePx, patch }: Crop): Raster {
  const area = sidePx * sidePx;
  if (patch.length !== patchBytes(sidePx, SEGMENT_CLASSES.length, SEGMENT_CLASSES.length)) {
    throw new RangeError(`A patch of ${sidePx} px has ${patch.length} bytes.`);
  }
  const data = new Uint8Array(3 * area);
  for (let k = 0; k < area; k++) for (let c = 0; c < 3; c++) data[3 * k + c] = patch[c * area + k]!;
  return { data, width: sidePx, height: sidePx, channels: 3 };
}
