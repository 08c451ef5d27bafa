/**
 * What a column of print can show; index = class of the network. The first is the blank between letters, capitals
 * count as small letters, a comma as a full stop, and `*` is everything that no scale is written with.
 */
export const TEXT_CLASSES: readonly string[] = ['', ' ', ...'0123456789./mseczvhlibtpdgan:-*'];

/** Rows of the picture of a line that the network sees. */
export const TEXT_INPUT_HEIGHT = 16;
/** Columns of the picture per column of the result. */
export const TEXT_COLUMNS_PER_FRAME = 2;

/**
 * One convolution over a picture stored column by column, `[x][y][channel]`: 3 columns by 3 rows (by 1 where only one
 * row is left), zero padding, ReLU (not in the last), then the maximum over `poolX` by `poolY`.
 */
export interface TextLayer {
  readonly height: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly poolX: number;
  readonly poolY: number;
  readonly relu: boolean;
}

/** Before the fourth layer the four rows become channels. */
export const TEXT_LAYERS: readonly TextLayer[] = [
  { height: 16, inChannels: 1, outChannels: 8, poolX: 2, poolY: 2, relu: true },
  { height: 8, inChannels: 8, outChannels: 16, poolX: 1, poolY: 2, relu: true },
  { height: 4, inChannels: 16, outChannels: 24, poolX: 1, poolY: 1, relu: true },
  { height: 1, inChannels: 96, outChannels: 48, poolX: 1, poolY: 1, relu: true },
  { height: 1, inChannels: 48, outChannels: TEXT_CLASSES.length, poolX: 1, poolY: 1, relu: false },
];

/** Weights of a layer, `[column of kernel][row of kernel][in][out]`, without its biases. */
export function textLayerWeights({ height, inChannels, outChannels }: TextLayer): number {
  return 3 * (height > 1 ? 3 : 1) * inChannels * outChannels;
}

/** Parameters: for each layer its weights, then its biases. */
export const TEXT_PARAMETERS = TEXT_LAYERS.reduce(
  (sum, layer) => sum + textLayerWeights(layer) + layer.outChannels,
  0,
);

/** The convolution of one layer, before the maximum; `width` columns in and out. */
export function convolveColumns(
  input: Float32Array,
  width: number,
  layer: TextLayer,
  parameters: Float32Array,
  offset: number,
): Float32Array {
  const { height, inChannels, outChannels, relu } = layer;
  const reach = height > 1 ? 1 : 0;
  const kernelRows = 2 * reach + 1;
  const biasAt = offset + textLayerWeights(layer);
  const output = new Float32Array(width * height * outChannels);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const to = (x * height + y) * outChannels;
      for (let o = 0; o < outChannels; o++) output[to + o] = parameters[biasAt + o]!;
      for (let kx = -1; kx <= 1; kx++) {
        if (x + kx < 0 || x + kx >= width) continue;
        for (let ky = -reach; ky <= reach; ky++) {
          if (y + ky < 0 || y + ky >= height) continue;
          const from = ((x + kx) * height + y + ky) * inChannels;
          let w = offset + ((kx + 1) * kernelRows + ky + reach) * inChannels * outChannels;
          for (let i = 0; i < inChannels; i++, w += outChannels) {
            const value = input[from + i]!;
            if (value === 0) continue;
            for (let o = 0; o < outChannels; o++) output[to + o]! += value * parameters[w + o]!;
          }
        }
      }
      if (relu) for (let o = 0; o < outChannels; o++) if (output[to + o]! < 0) output[to + o] = 0;
    }
  }
  return output;
}

/** The maximum over `poolX` by `poolY`; `winners`, when given, receives the index of each maximum. */
export function poolColumns(
  full: Float32Array,
  width: number,
  { height, outChannels, poolX, poolY }: TextLayer,
  winners: Int32Array | null,
): Float32Array {
  if (poolX === 1 && poolY === 1) return full;
  const rows = height / poolY;
  const columns = Math.floor(width / poolX);
  const output = new Float32Array(columns * rows * outChannels);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) {
      for (let o = 0; o < outChannels; o++) {
        let best = -1;
        let most = -Infinity;
        for (let a = 0; a < poolX; a++) {
          for (let b = 0; b < poolY; b++) {
            const at = ((x * poolX + a) * height + y * poolY + b) * outChannels + o;
            if (full[at]! > most) {
              most = full[at]!;
              best = at;
            }
          }
        }
        const to = (x * rows + y) * outChannels + o;
        output[to] = most;
        if (winners !== null) winners[to] = best;
      }
    }
  }
  return output;
}

/** Turns the scores of each frame into natural logarithms of probabilities, in place. */
export function logSoftmaxFrames(scores: Float32Array): Float32Array {
  const classes = TEXT_CLASSES.length;
  for (let at = 0; at < scores.length; at += classes) {
    let most = -Infinity;
    for (let k = 0; k < classes; k++) if (scores[at + k]! > most) most = scores[at + k]!;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(scores[at + k]! - most);
    const shift = most + Math.log(sum);
    for (let k = 0; k < classes; k++) scores[at + k]! -= shift;
  }
  return scores;
}

/**
 * Reads a picture of a line (`normaliseLine`): for every second column the natural logarithms of the probabilities of
 * `TEXT_CLASSES`, trained as a connectionist temporal classification (Graves et al. 2006,
 * DOI 10.1145/1143844.1143891). Five layers, 24,000 parameters; about 3 ms per 100 columns.
 */
export function runTextNet(picture: Float32Array, parameters: Float32Array): Float32Array {
  let width = picture.length / TEXT_INPUT_HEIGHT;
  let features = picture;
  let offset = 0;
  for (const layer of TEXT_LAYERS) {
    features = poolColumns(convolveColumns(features, width, layer, parameters, offset), width, layer, null);
    width = Math.floor(width / layer.poolX);
    offset += textLayerWeights(layer) + layer.outChannels;
  }
  return logSoftmaxFrames(features);
}
