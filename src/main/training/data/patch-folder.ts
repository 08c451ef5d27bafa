import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../core/synthesis/random.ts';
import type { TrainingPage } from '../../../core/synthesis/training/training-page.ts';
import { SEGMENT_CLASSES } from '../../../core/mask/segment-classes.ts';
import { AppError } from '../../../shared/app-error.ts';
import { layOutParameters } from '../net/parameter-layout.ts';
import { replaceFile } from '../replace-file.ts';
import type { TrainingConfig } from '../training-config.ts';
import { cutPatches } from './cut-patches.ts';
import { openPageSource } from './page-source.ts';

/** Name of the format in `patches.json`. */
export const PATCH_FORMAT = 'tracewright-patches-1';

export interface PatchFolderOptions {
  readonly config: TrainingConfig;
  readonly out: string;
  /** Pages in all. */
  readonly pages: number;
  /** Which of how many shares of the pages is drawn, 1 to `of`. The first also writes `patches.json` and `held-out`. */
  readonly part: { readonly index: number; readonly of: number };
  /** Waits while so many files that nobody has taken away lie in `train`; Infinity to keep them all. */
  readonly ahead: number;
  /** State of the sources, for the model's card. */
  readonly revision: string | null;
  /** Folders that relative folders of records may start from. */
  readonly bases: readonly string[];
  readonly signal?: AbortSignal;
  /** Hears of each page that was written. */
  readonly onPage?: (written: number) => void;
}

const POLL_MS = 50;

/**
 * Draws the pages of a training run and writes their patches for a trainer elsewhere:
 *
 * - `train/<page>.bin`: `data.patchesPerPage` patches of a page, each 3 + classes + 1 planes of `patchPx` x `patchPx` bytes:
 *   red, green, blue, the share of each class (255 is all of a pixel), the weight;
 * - `held-out/<page>.bin`: a whole validation page each, `validation.cropPx` wide and high, in the same planes;
 * - `patches.json`: sizes, classes, settings, records, and the network that the settings ask for.
 *
 * Files are renamed into place when they are whole, `patches.json` last. The same settings give the same bytes.
 *
 * @throws AppError `usage` for a part that does not exist, `cancelled`
 */
export async function writePatchFolder(options: PatchFolderOptions): Promise<void> {
  const { config, out, pages, part, ahead, bases, signal, onPage } = options;
  if (part.index < 1 || part.index > part.of) {
    throw new AppError('usage', `There is no part ${part.index} of ${part.of}: parts are counted from 1.`);
  }
  const train = join(out, 'train');
  await mkdir(train, { recursive: true });
  const source = await openPageSource(config, bases);
  const focus = SEGMENT_CLASSES.map((name) => config.data.focus[name] ?? 0);
  if (part.index === 1) await describe(options, source);
  let written = 0;
  for (let index = part.index - 1; index < pages; index += part.of) {
    while (ahead !== Infinity && (await readdir(train)).length >= ahead) {
      stopIfAsked(signal);
      await sleep(POLL_MS);
    }
    stopIfAsked(signal);
    const path = join(train, fileName(index));
    if (await exists(path)) continue;
    const page = source.trainingPage(index);
    const random = createRandom(config.seed).fork(`patches ${index}`);
    const { patchesPerPage: count } = config.data;
    const patches = cutPatches({ ...page, weights: [page.weight] }, random, {
      count,
      patchPx: config.patchPx,
      focus,
    });
    await replaceFile(path, patches);
    onPage?.(++written);
  }
}

/** What `patches.json` and `held-out` hold. */
async function describe(
  { config, out, pages, revision, signal }: PatchFolderOptions,
  source: Awaited<ReturnType<typeof openPageSource>>,
): Promise<void> {
  const { validation, patchPx, data } = config;
  const folder = join(out, 'held-out');
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < validation.pages; index++) {
    stopIfAsked(signal);
    await replaceFile(join(folder, fileName(index)), wholePage(source.validationPage(index)));
  }
  const shape = { widths: config.net.widths, classes: SEGMENT_CLASSES.length };
  const facts = {
    format: PATCH_FORMAT,
    patchPx,
    patchesPerPage: data.patchesPerPage,
    pages,
    planes: ['red', 'green', 'blue', ...SEGMENT_CLASSES, 'weight'],
    heldOut: { pages: validation.pages, sidePx: validation.cropPx },
    network: { ...shape, parameters: layOutParameters(shape).length },
    records: { trained: source.trained.length, heldOut: source.heldOut },
    revision,
    settings: config,
  };
  await replaceFile(join(out, 'patches.json'), `${JSON.stringify(facts, null, 2)}\n`);
}

function wholePage({ raster, targets, weight }: TrainingPage): Uint8Array {
  const { data, width, height } = raster;
  const area = width * height;
  const planes = new Uint8Array((3 + targets.length + 1) * area);
  for (let k = 0; k < area; k++) {
    for (let c = 0; c < 3; c++) planes[c * area + k] = data[3 * k + c]!;
  }
  [...targets, weight].forEach((plane, index) => planes.set(plane, (3 + index) * area));
  return planes;
}

const fileName = (index: number): string => `${String(index).padStart(7, '0')}.bin`;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'No more patches were drawn.');
}
