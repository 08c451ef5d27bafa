import {
  TEXT_CLASSES,
  TEXT_INPUT_HEIGHT,
  TEXT_LAYERS,
  convolveColumns,
  logSoftmaxFrames,
  poolColumns,
  textLayerWeights,
  type TextLayer,
} from '../../src/core/lead/text-net.ts';
import { ctcGradient } from './ctc-gradient.ts';

/** Adds the gradient of one line's loss to `gradient`; returns the loss, or null when the line is too short for it. */
export function accumulateGradient(
  picture: Float32Array,
  labels: readonly number[],
  parameters: Float32Array,
  gradient: Float32Array,
): number | null {
  let width = picture.length / TEXT_INPUT_HEIGHT;
  let features = picture;
  let offset = 0;
  const steps: {
    input: Float32Array;
    full: Float32Array;
    width: number;
    winners: Int32Array;
    offset: number;
  }[] = [];
  for (const layer of TEXT_LAYERS) {
    const full = convolveColumns(features, width, layer, parameters, offset);
    const pooled = layer.poolX * layer.poolY > 1;
    const columns = Math.floor(width / layer.poolX);
    const winners = new Int32Array(pooled ? columns * (layer.height / layer.poolY) * layer.outChannels : 0);
    steps.push({ input: features, full, width, winners, offset });
    features = poolColumns(full, width, layer, winners);
    width = columns;
    offset += textLayerWeights(layer) + layer.outChannels;
  }
  const result = ctcGradient(logSoftmaxFrames(Float32Array.from(features)), TEXT_CLASSES.length, labels);
  if (result === null) return null;
  let upstream = result.gradient;
  for (let k = TEXT_LAYERS.length - 1; k >= 0; k--) {
    const layer = TEXT_LAYERS[k]!;
    const step = steps[k]!;
    let error = upstream;
    if (step.winners.length > 0) {
      error = new Float32Array(step.full.length);
      for (let at = 0; at < step.winners.length; at++) error[step.winners[at]!]! += upstream[at]!;
    }
    if (layer.relu) for (let at = 0; at < error.length; at++) if (step.full[at] === 0) error[at] = 0;
    upstream = convolutionGradient(
      step.input,
      step.width,
      layer,
      error,
      parameters,
      step.offset,
      gradient,
      k > 0,
    );
  }
  return result.loss;
}

function convolutionGradient(
  input: Float32Array,
  width: number,
  layer: TextLayer,
  error: Float32Array,
  parameters: Float32Array,
  offset: number,
  gradient: Float32Array,
  passOn: boolean,
): Float32Array<ArrayBuffer> {
  const { height, inChannels, outChannels } = layer;
  const reach = height > 1 ? 1 : 0;
  const kernelRows = 2 * reach + 1;
  const biasAt = offset + textLayerWeights(layer);
  const down = new Float32Array(passOn ? width * height * inChannels : 0);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const at = (x * height + y) * outChannels;
      let any = false;
      for (let o = 0; o < outChannels; o++) {
        const e = error[at + o]!;
        if (e === 0) continue;
        gradient[biasAt + o]! += e;
        any = true;
      }
      if (!any) continue;
      for (let kx = -1; kx <= 1; kx++) {
        if (x + kx < 0 || x + kx >= width) continue;
        for (let ky = -reach; ky <= reach; ky++) {
          if (y + ky < 0 || y + ky >= height) continue;
          const from = ((x + kx) * height + y + ky) * inChannels;
          let w = offset + ((kx + 1) * kernelRows + ky + reach) * inChannels * outChannels;
          for (let i = 0; i < inChannels; i++, w += outChannels) {
            const value = input[from + i]!;
            if (value !== 0) for (let o = 0; o < outChannels; o++) gradient[w + o]! += value * error[at + o]!;
            // What the ReLU before cut off has no gradient: its sum is not needed.
            if (passOn && value !== 0) {
              let sum = 0;
              for (let o = 0; o < outChannels; o++) sum += parameters[w + o]! * error[at + o]!;
              down[from + i]! += sum;
            }
          }
        }
      }
    }
  }
  return down;
}
