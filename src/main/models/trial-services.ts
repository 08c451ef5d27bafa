import * as ort from 'onnxruntime-node';
import { AppError, type ErrorCode } from '../../shared/app-error.ts';
import { CONTRACT } from '../inference/model-contract.ts';
import { openSegmenter } from '../inference/open-segmenter.ts';
import { trialTile } from './trial-tile.ts';

/** A model to be loaded and shown a tile; plain data. */
export interface TrialTask {
  readonly path: string;
  readonly sha256: string;
  readonly provider: string;
  readonly tilePx: number;
}

/** What came of it; plain data. */
export type TrialOutcome =
  | {
      /** Planes of all classes, one after the other. */
      readonly probabilities: Float32Array;
      /** Time of the second look: the first prepares what the others use. */
      readonly milliseconds: number;
    }
  | { readonly code: ErrorCode; readonly message: string };

/** An execution provider of this ONNX Runtime. */
export interface Backend {
  readonly name: string;
  /** Whether it is part of the package, rather than wanting libraries of the machine. */
  readonly bundled: boolean;
}

/** What a child process for trials does. A fault of native code ends that process alone. */
export const TRIAL_SERVICES = {
  backends: (_: null): readonly Backend[] => ort.listSupportedBackends(),

  /** Checks and loads a model and shows it the same tile twice. Refusals are part of the outcome. */
  async look({ path, sha256, provider, tilePx }: TrialTask): Promise<TrialOutcome> {
    try {
      const segmenter = await openSegmenter(path, { threads: 1, provider, sha256, tilePx });
      const tile = trialTile(tilePx);
      await segmenter.segment(tile);
      const started = performance.now();
      const { planes } = await segmenter.segment(tile);
      const milliseconds = performance.now() - started;
      const probabilities = new Float32Array(CONTRACT.classes.length * tilePx * tilePx);
      for (const [k, name] of CONTRACT.classes.entries()) probabilities.set(planes[name], k * tilePx * tilePx);
      return { probabilities, milliseconds };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      return { code: thrown.code, message: thrown.message };
    }
  },
};

export type TrialServices = typeof TRIAL_SERVICES;
