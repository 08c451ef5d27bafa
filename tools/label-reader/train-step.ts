import {
  LABEL_CHANNELS,
  LABEL_CLASSES,
  LABEL_FEATURES,
  convolveAndPool,
  denseLayer,
  labelStageSize,
  softmax,
} from '../../src/core/lead/label-net.ts';

/** Adds the gradient of one example's cross-entropy to `gradient`; returns the loss and whether the guess was right. */
export function accumulateGradient(
  picture: Float32Array,
  label: number,
  parameters: Float32Array,
  gradient: Float32Array,
): { loss: number; right: boolean } {
  const inputs: Float32Array[] = [picture];
  const winners: Int32Array[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (let stage = 0; stage < 3; stage++) {
    const { width, height } = labelStageSize(stage);
    const outChannels = LABEL_CHANNELS[stage + 1];
    const argmax = new Int32Array((width >> 1) * (height >> 1) * outChannels);
    offsets.push(offset);
    const inChannels = LABEL_CHANNELS[stage];
    inputs.push(
      convolveAndPool(inputs[stage], width, height, inChannels, outChannels, parameters, offset, argmax),
    );
    winners.push(argmax);
    offset += 9 * inChannels * outChannels + outChannels;
  }
  const classes = LABEL_CLASSES.length;
  const features = inputs[3];
  const probabilities = softmax(denseLayer(features, parameters, offset));
  const loss = -Math.log(Math.max(1e-9, probabilities[label]));
  let guess = 0;
  for (let o = 1; o < classes; o++) if (probabilities[o] > probabilities[guess]) guess = o;
  const smoothing = 0.02;
  const error = probabilities.slice();
  for (let o = 0; o < classes; o++) error[o] -= (o === label ? 1 - smoothing : 0) + smoothing / classes;
  let upstream = new Float32Array(LABEL_FEATURES);
  for (let k = 0; k < LABEL_FEATURES; k++) {
    const value = features[k];
    const at = offset + k * classes;
    let sum = 0;
    for (let o = 0; o < classes; o++) {
      sum += parameters[at + o] * error[o];
      gradient[at + o] += value * error[o];
    }
    upstream[k] = sum;
  }
  for (let o = 0; o < classes; o++) gradient[offset + LABEL_FEATURES * classes + o] += error[o];
  for (let stage = 2; stage >= 0; stage--) {
    upstream = convolutionGradient(
      inputs[stage],
      stage,
      winners[stage],
      upstream,
      parameters,
      offsets[stage],
      gradient,
    );
  }
  return { loss, right: guess === label };
}

function convolutionGradient(
  input: Float32Array,
  stage: number,
  winners: Int32Array,
  upstream: Float32Array,
  parameters: Float32Array,
  offset: number,
  gradient: Float32Array,
): Float32Array<ArrayBuffer> {
  const { width, height } = labelStageSize(stage);
  const inChannels = LABEL_CHANNELS[stage];
  const outChannels = LABEL_CHANNELS[stage + 1];
  const biasAt = offset + 9 * inChannels * outChannels;
  const down = new Float32Array(width * height * inChannels);
  for (let at = 0; at < winners.length; at++) {
    const p = winners[at];
    const d = upstream[at];
    if (p < 0 || d === 0) continue;
    const o = at % outChannels;
    const y = Math.floor(p / width);
    const x = p % width;
    gradient[biasAt + o] += d;
    for (let ky = -1; ky <= 1; ky++) {
      const sy = y + ky;
      if (sy < 0 || sy >= height) continue;
      for (let kx = -1; kx <= 1; kx++) {
        const sx = x + kx;
        if (sx < 0 || sx >= width) continue;
        const from = (sy * width + sx) * inChannels;
        const w = offset + ((ky + 1) * 3 + kx + 1) * inChannels * outChannels + o;
        for (let i = 0; i < inChannels; i++) {
          gradient[w + i * outChannels] += d * input[from + i];
          if (stage > 0) down[from + i] += d * parameters[w + i * outChannels];
        }
      }
    }
  }
  return down;
}
