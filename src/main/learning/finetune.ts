import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { AppError } from '../../shared/app-error.ts';
import { checkModel } from '../inference/check-model.ts';
import { collectGarbage } from '../jobs/collect-garbage.ts';
import { readCheckpoint, writeCheckpoint } from '../training/checkpoint.ts';
import { openCurveLog, type CurvePoint } from '../training/curve-log.ts';
import { encodeModel } from '../training/export/export-model.ts';
import { layOutParameters } from '../training/net/parameter-layout.ts';
import { decayMask } from '../training/optimise/decay-mask.ts';
import { parametersFromModel } from '../training/net/parameters-from-model.ts';
import { learnMask } from '../training/optimise/learn-mask.ts';
import { adamW } from '../training/optimise/adam-w.ts';
import { learningRate } from '../training/optimise/learning-rate.ts';
import { freshState, type TrainingState } from '../training/optimise/training-state.ts';
import { replaceFile } from '../training/replace-file.ts';
import { createStepWindow } from '../training/step-window.ts';
import { openStepSession, type StepSession } from '../training/step-session.ts';
import { chooseMix } from './choose-mix.ts';
import { openFinetuneChecks, type FinetuneMetrics } from './finetune-checks.ts';
import { finetuneFingerprint, replayConfig, replayCount, type FinetuneConfig } from './finetune-config.ts';
import { openFinetuneStream } from './finetune-stream.ts';
import { habitsOfPages } from './habits-of-pages.ts';
import { learnLines } from './learn-lines.ts';
import { keepCandidate, type FinetuneOrigin } from './keep-candidate.ts';
import type { ModelCard } from '../inference/model-card.ts';
import type { SetPage } from './training-manifest.ts';

export interface FinetuneOptions {
  readonly config: FinetuneConfig;
  /** Folder of the training set, its hash and its pages. */
  readonly set: { readonly folder: string; readonly hash: string; readonly pages: readonly SetPage[] };
  /** The model to go on from. */
  readonly parent: { readonly path: string; readonly sha256: string; readonly name: string };
  /** Folder of the run; a run that is there goes on. */
  readonly out: string;
  /** Folders that relative folders of records may start from. */
  readonly bases?: readonly string[];
  /** Stops after the current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Hears of every line of the curve. */
  readonly onPoint?: (point: FinetunePoint) => void;
  /** Stops, with a checkpoint, when so many steps are done in all. */
  readonly stopAfter?: number;
}

/** A line of `curves.jsonl`. */
export type FinetunePoint = CurvePoint &
  (
    | {
        readonly kind: 'step';
        readonly loss: number;
        readonly seconds: number;
        /** Until the last step, if it does not stop before; seconds. */
        readonly secondsLeft: number;
        readonly residentMb: number;
      }
    | ({ readonly kind: 'validation'; readonly seconds: number } & FinetuneMetrics)
  );

export interface FinetuneResult {
  readonly state: TrainingState;
  readonly ended: 'steps' | 'patience' | 'minutes' | 'stopped';
  /** Card of the candidate, whose file lies in `out`; null for a run that was stopped. */
  readonly candidate: ModelCard | null;
}

/** Gradients that may be infinite before it is given up. */
const MAX_SKIPPED = 50;

/**
 * Goes on training a model with the accepted pages of a training set, mixed with synthetic ones against forgetting, and stops
 * when its validation pages no longer improve. A stopped or killed run goes on to the bit from its last checkpoint. A state
 * between the model and the best one becomes the candidate, see `chooseMix` and `keepCandidate`.
 *
 * @throws AppError `usage` for a set without pages to learn from or to stop by, or a run of other settings; `unsupported`
 *   for a model of another network; `too-large` when it would hold more memory than it may
 */
export async function finetune(options: FinetuneOptions): Promise<FinetuneResult> {
  const { config, set, parent, out, bases = [], signal, onPoint = () => {} } = options;
  const usable = set.pages.filter(({ widthPx, heightPx }) => Math.min(widthPx, heightPx) >= config.patchPx);
  const pages = usable.filter(({ part }) => part === 'train');
  const heldOut = usable.filter(({ part }) => part === 'validation');
  if (pages.length === 0 || heldOut.length === 0) {
    const words = `The training set has ${pages.length} pages to learn from and ${heldOut.length} to stop by`;
    throw new AppError('usage', `${words}; both are needed. Accept pages of at least three patients.`);
  }
  await mkdir(out, { recursive: true });
  const fingerprint = finetuneFingerprint(config, set.hash, parent.sha256);
  const checkpointPath = join(out, 'checkpoint.bin');
  const saved = await readCheckpoint(checkpointPath);
  if (saved && saved.fingerprint !== fingerprint) {
    throw new AppError(
      'usage',
      `The run in ${out} was started with other settings, another set or another model.`,
    );
  }
  const original = parametersFromModel(checkModel(await readFile(parent.path)));
  const { shape } = original;
  // The steps change their parameters in place; the way back begins at the untouched ones.
  const state = saved?.state ?? freshState(original.parameters.slice());
  const layout = layOutParameters(shape);
  const learns = learnMask(layout, config.learn);
  // What does not learn must not decay either.
  const decays = decayMask(layout).map((decaying, k) => decaying & learns[k]!);
  const replay = replayConfig(config, shape.widths);
  const checks = await openFinetuneChecks(set.folder, heldOut, config, replay, bases);
  const log = await openCurveLog(join(out, 'curves.jsonl'), saved ? state.step : -1);
  let session: StepSession | null = null;
  const openSession = (): Promise<StepSession> =>
    openStepSession(shape, {
      ...config.loss,
      batch: config.batch,
      patchPx: config.patchPx,
      threads: config.threads,
      weightPlanes: SEGMENT_CLASSES.length,
    });
  const stream = openFinetuneStream({ config, replay, bases, folder: set.folder, pages });

  const before = saved?.seconds ?? 0;
  const started = performance.now();
  const seconds = () => before + (performance.now() - started) / 1000;
  let checkpointed = seconds();
  let measured = saved ? state.step : -1;
  const tell = async (point: FinetunePoint): Promise<void> => {
    await log.append(point);
    onPoint(point);
  };
  const checkpoint = async (): Promise<void> => {
    await writeCheckpoint(checkpointPath, { state, fingerprint, seconds: seconds() });
    checkpointed = seconds();
  };
  const measureState = async (parameters: Float32Array, snrPages?: number): Promise<FinetuneMetrics> => {
    const path = join(out, 'measured.onnx');
    const model = encodeModel(shape, parameters);
    await replaceFile(path, model);
    return checks.measure(model, path, snrPages);
  };
  const measure = async (parameters: Float32Array): Promise<FinetuneMetrics> => {
    const metrics = await measureState(parameters);
    await tell({ step: state.step, kind: 'validation', seconds: Math.round(seconds()), ...metrics });
    measured = state.step;
    return metrics;
  };
  const check = async (): Promise<void> => {
    // The steps hold 400 MB, as much as a page that is read whole; opening them anew takes a fraction of a second.
    await session?.close();
    session = null;
    const metrics = await measure(state.average);
    if (state.best !== null && metrics.loss >= state.best.loss) {
      state.stale++;
      return;
    }
    state.best = { loss: metrics.loss, step: state.step };
    state.stale = 0;
    const best = { step: state.step, metrics, parameters: state.average.slice() };
    await replaceFile(join(out, 'best.bin'), new Uint8Array(best.parameters.buffer));
    await replaceFile(join(out, 'best.json'), JSON.stringify({ step: best.step, metrics }));
  };

  let ended: FinetuneResult['ended'] = 'steps';
  const window = createStepWindow(shape.classes);
  try {
    if (!saved) {
      const baseline = await measure(original.parameters);
      await replaceFile(join(out, 'baseline.json'), JSON.stringify(baseline));
      await checkpoint();
    }
    while (state.step < config.steps) {
      if (signal?.aborted || state.step >= (options.stopAfter ?? Infinity)) {
        ended = 'stopped';
        break;
      }
      if (state.stale >= config.validation.patience) {
        ended = 'patience';
        break;
      }
      if (seconds() > config.minutes * 60) {
        ended = 'minutes';
        break;
      }
      const asked = performance.now();
      const batch = await stream.batch(state.step);
      session ??= await openSession();
      const begun = performance.now();
      const result = await session.run(batch, state.parameters);
      const rate = learningRate(state.step, { ...config.rate, steps: config.steps });
      const { clip, decay, averageDecay } = config;
      const gradient = result.gradient.map((value, k) => (learns[k] ? value : 0));
      const norm = adamW(state, gradient, { rate, clip, decay, decays, averageDecay });
      if (state.skipped > MAX_SKIPPED) {
        throw new AppError('internal', `Fine-tuning diverged at step ${state.step}. Lower rate.peak.`);
      }
      window.add(result, norm, begun - asked, performance.now() - begun);
      if (state.step % config.logEverySteps === 0) {
        const point = window.take();
        const residentMb = residentMegabytes(config.memoryMb);
        const secondsLeft = timeLeft(seconds(), point.stepMs + point.waitMs, state.step, config);
        const facts = { seconds: Math.round(seconds()), secondsLeft, residentMb, rate };
        await tell({ step: state.step, kind: 'step', ...facts, ...point });
        assertMemory(residentMb, config);
      }
      if (state.step % config.validation.everySteps === 0 || state.step === config.steps) await check();
      if (seconds() - checkpointed >= config.checkpointSeconds) await checkpoint();
      // The step blocks this thread: let the reading threads deliver.
      await pause();
    }
    if (ended === 'minutes' && measured !== state.step && state.step > 0) await check();
    await checkpoint();
  } finally {
    await stream.close();
    await session?.close();
  }
  if (ended === 'stopped') return { state, ended, candidate: null };
  if (state.best === null) {
    throw new AppError('usage', `${config.minutes} minutes were too short for a single step. Allow more.`);
  }
  const origin: FinetuneOrigin = {
    set: set.hash,
    parent: parent.sha256,
    parentName: parent.name,
    trained: pages.length,
    heldOut: heldOut.map(({ name }) => name),
    replayShare: replayCount(config) / config.batch,
    steps: state.step,
    ended,
  };
  const best = JSON.parse(await readFile(join(out, 'best.json'), 'utf8')) as { step: number };
  const bestBytes = await readFile(join(out, 'best.bin'));
  const mixed = await chooseMix(original.parameters, new Float32Array(Uint8Array.from(bestBytes).buffer), {
    ...config.mix,
    pages: Math.min(config.mix.pages, heldOut.length),
    measure: measureState,
  });
  const candidate = await keepCandidate(out, shape, {
    ...mixed,
    step: best.step,
    config,
    replay,
    bases,
    checks,
    origin,
    seconds: seconds(),
    habitsOf: async (path) => habitsOfPages(pages, await learnLines(path, set.folder, pages, config.threads)),
  });
  return { state, ended, candidate };
}

function timeLeft(spent: number, stepMs: number, step: number, { steps, minutes }: FinetuneConfig): number {
  return Math.max(0, Math.round(Math.min(((steps - step) * stepMs) / 1000, minutes * 60 - spent)));
}

/** What the process holds, without the garbage that the engine would keep through several more pages. */
function residentMegabytes(limit: number): number {
  const held = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);
  if (held() > limit) collectGarbage();
  return held();
}

function assertMemory(residentMb: number, { memoryMb, batch, patchPx }: FinetuneConfig): void {
  if (residentMb <= memoryMb) return;
  throw new AppError(
    'too-large',
    `Fine-tuning holds ${residentMb} MB and may hold ${memoryMb}. Lower batch (${batch}) or patchPx (${patchPx}), or raise memoryMb; ` +
      'then it goes on from its checkpoint where only memoryMb was changed.',
  );
}
