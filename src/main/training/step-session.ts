import * as ort from 'onnxruntime-node';
import { writeOnnx } from '../../formats/onnx/write-onnx.ts';
import type { NetShape } from './net/net-shape.ts';
import { trainingGraph, type TrainingGraphOptions } from './net/training-graph.ts';

/** Patches of one step, planar, 255 meaning 1. */
export interface Batch {
  /** [N, 3, H, W] */
  readonly image: Uint8Array;
  /** [N, C, H, W] */
  readonly target: Uint8Array;
  /** [N, 1, H, W], or a plane per class; 0 where the target is unknown */
  readonly weight: Uint8Array;
}

export interface StepResult {
  readonly loss: number;
  /** Per class, what Dice is made of: `2 overlap / squares`. */
  readonly overlap: Float32Array;
  readonly squares: Float32Array;
  /** Derivative of the loss by each parameter. */
  readonly gradient: Float32Array;
}

/** Computes losses and gradients. The thread is blocked meanwhile. */
export interface StepSession {
  run(batch: Batch, parameters: Float32Array): Promise<StepResult>;
  close(): Promise<void>;
}

/** Opens the graph of a training step in ONNX Runtime. */
export async function openStepSession(
  shape: NetShape,
  options: TrainingGraphOptions & { readonly threads?: number },
): Promise<StepSession> {
  const { batch: n, patchPx, threads = 1, weightPlanes = 1 } = options;
  const session = await ort.InferenceSession.create(writeOnnx(trainingGraph(shape, options)), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Only errors: the optimiser comments on every constant it folds away.
    logSeverityLevel: 3,
  });
  const dims = (channels: number) => [n, channels, patchPx, patchPx];
  return {
    async run(batch, parameters) {
      const result = await session.run({
        image: new ort.Tensor('uint8', batch.image, dims(3)),
        target: new ort.Tensor('uint8', batch.target, dims(shape.classes)),
        weight: new ort.Tensor('uint8', batch.weight, dims(weightPlanes)),
        parameters: new ort.Tensor('float32', parameters, [parameters.length]),
      });
      return {
        loss: (result['loss']!.data as Float32Array)[0]!,
        overlap: result['overlap']!.data as Float32Array,
        squares: result['squares']!.data as Float32Array,
        gradient: result['gradient']!.data as Float32Array,
      };
    },
    close: () => session.release(),
  };
}
