import type { LeadName } from '../../shared/lead-name.ts';

/** What a word can be: a lead label, the negative of aVR, or anything else. Index = class of the network. */
export const LABEL_CLASSES: readonly (LeadName | '-aVR' | 'other')[] = [
  'I',
  'II',
  'III',
  'aVR',
  'aVL',
  'aVF',
  'V1',
  'V2',
  'V3',
  'V4',
  'V5',
  'V6',
  '-aVR',
  'other',
];

/** Size of the picture of a word that the network sees. */
export const LABEL_INPUT_WIDTH = 48;
export const LABEL_INPUT_HEIGHT = 20;

/** Channels of the input and of the three convolutions (3 x 3, ReLU, then 2 x 2 maximum). */
export const LABEL_CHANNELS: readonly number[] = [1, 8, 16, 32];

/** Width and height of the picture after `stage` poolings. */
export function labelStageSize(stage: number): { width: number; height: number } {
  return { width: LABEL_INPUT_WIDTH >> stage, height: LABEL_INPUT_HEIGHT >> stage };
}

/** Inputs of the last, dense layer. */
export const LABEL_FEATURES = 2 * 6 * 32;

/** Parameters in order: for each convolution weights [9 * in][out] and biases [out], then dense [384][14] and [14]. */
export const LABEL_PARAMETERS =
  9 * 1 * 8 + 8 + (9 * 8 * 16 + 16) + (9 * 16 * 32 + 32) + (LABEL_FEATURES * 14 + 14);

/**
 * 3 x 3 convolution with zero padding and ReLU, then the maximum over 2 x 2, on channel-last pictures.
 * `argmax`, when given, receives for each output the index of the winning pixel (or -1 where ReLU cut it off).
 */
export function convolveAndPool(
  input: Float32Array,
  width: number,
  height: number,
  inChannels: number,
  outChannels: number,
  parameters: Float32Array,
  offset: number,
  argmax: Int32Array | null,
): Float32Array {
  const full = new Float32Array(width * height * outChannels);
  const biasAt = offset + 9 * inChannels * outChannels;
  for (let p = 0; p < width * height; p++) {
    for (let o = 0; o < outChannels; o++) full[p * outChannels + o] = parameters[biasAt + o];
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * inChannels;
      for (let i = 0; i < inChannels; i++) {
        const value = input[from + i];
        if (value === 0) continue;
        for (let ky = -1; ky <= 1; ky++) {
          const ty = y - ky;
          if (ty < 0 || ty >= height) continue;
          for (let kx = -1; kx <= 1; kx++) {
            const tx = x - kx;
            if (tx < 0 || tx >= width) continue;
            const to = (ty * width + tx) * outChannels;
            const w = offset + (((ky + 1) * 3 + kx + 1) * inChannels + i) * outChannels;
            for (let o = 0; o < outChannels; o++) full[to + o] += value * parameters[w + o];
          }
        }
      }
    }
  }
  const outWidth = width >> 1;
  const outHeight = height >> 1;
  const output = new Float32Array(outWidth * outHeight * outChannels);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      for (let o = 0; o < outChannels; o++) {
        let most = 0;
        let winner = -1;
        for (let k = 0; k < 4; k++) {
          const p = (2 * y + (k >> 1)) * width + 2 * x + (k & 1);
          const value = full[p * outChannels + o];
          if (value > most) {
            most = value;
            winner = p;
          }
        }
        const at = (y * outWidth + x) * outChannels + o;
        output[at] = most;
        if (argmax !== null) argmax[at] = winner;
      }
    }
  }
  return output;
}

/**
 * Probabilities of the fourteen classes for one word picture (`normaliseWord`). A three-layer convolutional network
 * of 25,000 parameters; about 0.4 ms.
 */
export function runLabelNet(picture: Float32Array, parameters: Float32Array): Float32Array {
  let features = picture;
  let offset = 0;
  for (let stage = 0; stage < 3; stage++) {
    const { width, height } = labelStageSize(stage);
    const inChannels = LABEL_CHANNELS[stage];
    const outChannels = LABEL_CHANNELS[stage + 1];
    features = convolveAndPool(features, width, height, inChannels, outChannels, parameters, offset, null);
    offset += 9 * inChannels * outChannels + outChannels;
  }
  return softmax(denseLayer(features, parameters, offset));
}

/** The last layer: one score per class. */
export function denseLayer(features: Float32Array, parameters: Float32Array, offset: number): Float32Array {
  const classes = LABEL_CLASSES.length;
  const scores = new Float32Array(classes);
  const biasAt = offset + LABEL_FEATURES * classes;
  for (let o = 0; o < classes; o++) scores[o] = parameters[biasAt + o];
  for (let k = 0; k < LABEL_FEATURES; k++) {
    const value = features[k];
    if (value === 0) continue;
    for (let o = 0; o < classes; o++) scores[o] += value * parameters[offset + k * classes + o];
  }
  return scores;
}

/** Scores to probabilities. */
export function softmax(scores: Float32Array): Float32Array {
  let most = -Infinity;
  for (const s of scores) if (s > most) most = s;
  const out = new Float32Array(scores.length);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += out[k] = Math.exp(scores[k] - most);
  for (let k = 0; k < scores.length; k++) out[k] /= sum;
  return out;
}
