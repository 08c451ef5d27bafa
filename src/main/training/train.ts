import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { createRandom } from '../../core/synthesis/random.ts';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { AppError } from '../../shared/app-error.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { openCurveLog } from './curve-log.ts';
import { openPageSource } from './data/page-source.ts';
import { openPatchStream } from './data/patch-stream.ts';
import { encodeModel, exportModel } from './export/export-model.ts';
import type { SegmentationMetrics } from './measure-planes.ts';
import { initParameters } from './net/init-parameters.ts';
import { layOutParameters } from './net/parameter-layout.ts';
import { adamW } from './optimise/adam-w.ts';
import { decayMask } from './optimise/decay-mask.ts';
import { learningRate } from './optimise/learning-rate.ts';
import { freshState, type TrainingState } from './optimise/training-state.ts';
import { createStepWindow, type WindowPoint } from './step-window.ts';
import { openStepSession } from './step-session.ts';
import { fingerprintOf, type TrainingConfig } from './training-config.ts';
import { validate } from './validate.ts';

export interface TrainOptions {
  readonly config: TrainingConfig;
  /** Folder of the run: `checkpoint.bin`, `curves.jsonl`, `latest.onnx`, `best.onnx` and the models' cards. */
  readonly out: string;
  /** Go on from the checkpoint in `out`. */
  readonly resume?: boolean;
  /** State of the sources, for the card. */
  readonly revision?: string | null;
  /** Folders that relative folders of records may start from. */
  readonly bases: readonly string[];
  /** Stops after the current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Hears a line about every logged step and validation. */
  readonly onLine?: (line: string) => void;
  /** Stops, with a checkpoint, when so many steps are done in all. */
  readonly stopAfter?: number;
}

export interface TrainResult {
  readonly state: TrainingState;
  readonly ended: 'steps' | 'patience' | 'stopped';
}

/** Gradients that may be infinite before training is given up. */
const MAX_SKIPPED = 50;

/**
 * Trains a segmentation network. A stopped run goes on to the bit: the order of patches depends on the step alone, and
 * the checkpoint holds all that changes.
 *
 * @throws AppError `usage` when `out` holds a run and `resume` is not set, or holds a run of other settings
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { config, out, bases, resume = false, revision = null, signal, onLine = () => {} } = options;
  await mkdir(out, { recursive: true });
  const checkpointPath = join(out, 'checkpoint.bin');
  const fingerprint = fingerprintOf(config);
  const saved = await readCheckpoint(checkpointPath);
  if (saved && !resume) throw new AppError('usage', `${out} holds a run already: --resume goes on with it.`);
  if (saved && saved.fingerprint !== fingerprint) {
    throw new AppError('usage', `The run in ${out} was started with other settings.`);
  }

  const shape = { widths: config.net.widths, classes: SEGMENT_CLASSES.length };
  const layout = layOutParameters(shape);
  const state =
    saved?.state ?? freshState(initParameters(layout, createRandom(config.seed).fork('parameters')));
  const decays = decayMask(layout);
  const pages = await openPageSource(config, bases);
  const heldOut = Array.from({ length: config.validation.pages }, (_, k) => pages.validationPage(k));
  const log = await openCurveLog(join(out, 'curves.jsonl'), state.step);
  const session = await openStepSession(shape, { ...config, ...config.loss });
  const stream = openPatchStream(config, bases, shape.classes);

  const before = saved?.seconds ?? 0;
  const started = performance.now();
  const seconds = () => before + (performance.now() - started) / 1000;
  let checkpointed = seconds();
  let metrics: (SegmentationMetrics & { readonly step: number }) | null = null;

  const exportAs = (name: string, model: Uint8Array) =>
    exportModel(out, name, model, {
      config,
      revision,
      metrics,
      step: state.step,
      seconds: seconds(),
      trained: pages.trained,
      heldOut: pages.heldOut,
    });
  const checkpoint = async (): Promise<void> => {
    await writeCheckpoint(checkpointPath, { state, fingerprint, seconds: seconds() });
    await exportAs('latest', encodeModel(shape, state.average));
    checkpointed = seconds();
  };
  const check = async (): Promise<void> => {
    const model = encodeModel(shape, state.average);
    const { crossEntropyWeight } = config.loss;
    const measured = await validate(model, heldOut, { crossEntropyWeight, threads: config.threads });
    metrics = { step: state.step, ...measured };
    if (state.best === null || metrics.loss < state.best.loss) {
      state.best = { loss: metrics.loss, step: state.step };
      state.stale = 0;
      await exportAs('best', model);
    } else {
      state.stale++;
    }
    await log.append({ kind: 'validation', seconds: Math.round(seconds()), ...metrics });
    onLine(`step ${state.step} held out: ${describeMetrics(metrics)}`);
  };

  let ended: TrainResult['ended'] = 'steps';
  const window = createStepWindow(shape.classes);
  try {
    while (state.step < config.steps) {
      if (signal?.aborted || state.step >= (options.stopAfter ?? Infinity)) {
        ended = 'stopped';
        break;
      }
      if (state.stale >= config.validation.patience) {
        ended = 'patience';
        break;
      }
      const asked = performance.now();
      const batch = await stream.batch(state.step);
      const begun = performance.now();
      const result = await session.run(batch, state.parameters);
      const rate = learningRate(state.step, { ...config.rate, steps: config.steps });
      const { clip, decay, averageDecay } = config;
      const norm = adamW(state, result.gradient, { rate, clip, decay, decays, averageDecay });
      if (state.skipped > MAX_SKIPPED) {
        throw new AppError(
          'internal',
          `Training diverged at step ${state.step}: ${MAX_SKIPPED} gradients were infinite.`,
        );
      }
      window.add(result, norm, begun - asked, performance.now() - begun);
      if (state.step % config.logEverySteps === 0) {
        const point = window.take();
        await log.append({ step: state.step, kind: 'step', seconds: Math.round(seconds()), rate, ...point });
        onLine(`step ${state.step} ${describeWindow(point)}`);
      }
      if (state.step % config.validation.everySteps === 0 || state.step === config.steps) await check();
      if (seconds() - checkpointed >= config.checkpointSeconds) await checkpoint();
      // The step blocks this thread: let the drawing threads deliver.
      await pause();
    }
    await checkpoint();
  } finally {
    await stream.close();
    await session.close();
  }
  return { state, ended };
}

function describeWindow({ loss, dice, waitMs, stepMs }: WindowPoint): string {
  const shares = dice.map((value, k) => `${SEGMENT_CLASSES[k]} ${value.toFixed(3)}`).join(', ');
  return `loss ${loss.toFixed(4)}; dice ${shares}; ${stepMs.toFixed(0)} ms, waited ${waitMs.toFixed(0)} ms`;
}

function describeMetrics({ loss, classes }: SegmentationMetrics): string {
  const parts = Object.entries(classes).map(
    ([name, { dice, shareError }]) => `${name} ${dice.toFixed(4)} (share error ${shareError.toFixed(3)})`,
  );
  return `loss ${loss.toFixed(4)}; dice ${parts.join(', ')}`;
}
