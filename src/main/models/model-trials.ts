import { AppError } from '../../shared/app-error.ts';
import { nativeReason } from '../inference/native-reason.ts';
import type { LaunchChild } from '../processes/child-link.ts';
import { nodeChildLauncher } from '../processes/node-child-launcher.ts';
import { createProcessPool } from '../processes/process-pool.ts';
import { TaskStopped } from '../processes/task-stopped.ts';
import type { Backend, TrialOutcome, TrialServices, TrialTask } from './trial-services.ts';

/** Tries models and execution providers, each trial in a process of its own that ends with it. */
export interface ModelTrials {
  /** @throws AppError with the reason why there is none, in words; `cancelled` */
  look(task: TrialTask): Promise<Extract<TrialOutcome, { probabilities: Float32Array }>>;
  /** @throws AppError */
  backends(): Promise<readonly Backend[]>;
}

export interface ModelTrialsOptions {
  /** How the host starts a process; as plain Node when absent. */
  readonly launch?: LaunchChild;
  readonly entry?: URL;
  /** Longest time for a trial, milliseconds. */
  readonly limitMs?: number;
  /** Ends what runs. */
  readonly signal?: AbortSignal;
}

/** Prepares trials; nothing starts before the first. A trial costs half a second and the loading of the model. */
export function createModelTrials({
  launch = nodeChildLauncher(),
  entry = new URL('./model-child.ts', import.meta.url),
  limitMs = 45_000,
  signal,
}: ModelTrialsOptions = {}): ModelTrials {
  const alone = async <K extends keyof TrialServices>(
    service: K,
    task: Parameters<TrialServices[K]>[0],
  ): Promise<Awaited<ReturnType<TrialServices[K]>>> => {
    const pool = createProcessPool<TrialServices>({ entry, launch, size: 1 });
    try {
      return await pool.run(service, task, { signal, limitMs });
    } catch (thrown) {
      throw inWords(thrown);
    } finally {
      await pool.close();
    }
  };
  return {
    async look(task) {
      const outcome = await alone('look', task);
      if ('code' in outcome) throw new AppError(outcome.code, outcome.message);
      return outcome;
    },
    backends: () => alone('backends', null),
  };
}

function inWords(thrown: unknown): unknown {
  if (!(thrown instanceof TaskStopped)) return thrown;
  switch (thrown.reason) {
    case 'died':
      return new AppError('unsupported', `ONNX Runtime crashed with it: ${thrown.message}.`, { cause: thrown });
    case 'timeout':
      return new AppError('unsupported', `ONNX Runtime hung with it. ${thrown.message}`, { cause: thrown });
    case 'threw':
      return new AppError('unsupported', `ONNX Runtime gave up: ${nativeReason(thrown)}`, { cause: thrown });
    default:
      return thrown;
  }
}
