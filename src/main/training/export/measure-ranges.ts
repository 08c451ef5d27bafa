import * as ort from 'onnxruntime-node';
import type { Raster } from '../../../core/image/raster.ts';
import type { OnnxModel } from '../../../formats/onnx/onnx-model.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { toPlanes } from '../to-planes.ts';

/** Least and greatest number that a value took; 0 always lies between. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/**
 * Runs a model over pictures and notes the range of some of its inner values.
 *
 * @param pictures RGB, sides multiples of the network's stride
 */
export async function measureRanges(
  model: OnnxModel,
  names: readonly string[],
  pictures: readonly Raster[],
): Promise<Map<string, ValueRange>> {
  const { graph } = model;
  const extra = names.map((name) => ({ name, dataType: 'float32' as const, dims: null }));
  const open = { ...model, graph: { ...graph, outputs: [...graph.outputs, ...extra] } };
  const session = await ort.InferenceSession.create(writeOnnx(open), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const ranges = new Map<string, ValueRange>(names.map((name) => [name, { low: 0, high: 0 }]));
  for (const picture of pictures) {
    const shape = [1, 3, picture.height, picture.width];
    const result = await session.run({ image: new ort.Tensor('float32', toPlanes(picture), shape) });
    for (const name of names) {
      let { low, high } = ranges.get(name)!;
      for (const value of result[name]!.data as Float32Array) {
        if (value < low) low = value;
        else if (value > high) high = value;
      }
      ranges.set(name, { low, high });
    }
  }
  await session.release();
  return ranges;
}
