import * as ort from 'onnxruntime-node';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import type { TrainingPage } from '../../core/synthesis/training/training-page.ts';
import { toPlanes } from './to-planes.ts';
import { createPlaneMeter, type SegmentationMetrics } from './measure-planes.ts';

/**
 * Runs a model over pages it has not learnt from.
 *
 * @param model an inference model of Tracewright
 * @param pages sides multiples of the network's stride
 */
export async function validate(
  model: Uint8Array,
  pages: readonly TrainingPage[],
  options: { readonly crossEntropyWeight?: number; readonly threads?: number } = {},
): Promise<SegmentationMetrics> {
  const { crossEntropyWeight, threads = 1 } = options;
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  try {
    const meter = createPlaneMeter(SEGMENT_CLASSES, crossEntropyWeight);
    for (const { raster, targets, weight } of pages) {
      const area = raster.width * raster.height;
      const image = toPlanes(raster);
      const shape = [1, 3, raster.height, raster.width];
      const result = await session.run({ image: new ort.Tensor('float32', image, shape) });
      const planes = result['probabilities']!.data as Float32Array;
      for (const [c, target] of targets.entries()) {
        meter.add(c, planes.subarray(c * area, (c + 1) * area), target, weight);
      }
    }
    return meter.result();
  } finally {
    await session.release();
  }
}
