import { relu } from '../graph/activations.ts';
import { add, mul, sub } from '../graph/arithmetic.ts';
import { convolve } from '../graph/convolve.ts';
import type { Graph, Value } from '../graph/graph.ts';
import { depthToSpace, spaceToDepth } from '../graph/shaping.ts';
import type { NetShape } from './net-shape.ts';

/** A convolution of the network: its size, and how its parameters begin. */
export interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the kernel, 1 or 3. */
  readonly size: 1 | 3;
  /** Weight standardisation (Qiao et al. 2019, arXiv:1903.10520): zero mean, unit variance, a learnt gain. */
  readonly standardised: boolean;
  /** Standard deviation of the fresh kernel, in units of sqrt(2 / fan-in). */
  readonly gain: number;
  readonly bias: number;
}

/** Hands out a layer's kernel [O, I, k, k] and bias [O]: cut from the parameters, or constants. */
export type LayerSource = (layer: Layer) => { readonly kernel: Value; readonly bias: Value };

/** Pictures are centred so that zero padding means light paper. */
const PAPER = 0.7;
const CONTRAST = 4;
/** The second convolution of a residual block starts near zero: a fresh block passes on what it gets. */
const TIMID = 0.2;
/** Few pixels are ink: sigmoid(-2) = 0.12. */
const HEAD_BIAS = -2;

/**
 * The segmentation network: a U-Net (Ronneberger et al. 2015, DOI 10.1007/978-3-319-24574-4_28) on half-resolution
 * pixels, with residual blocks, space-to-depth instead of pooling, and skips by addition. The result is one logit per
 * class and pixel.
 *
 * @param image [N, 3, H, W], 0..1, H and W multiples of `strideOf(shape)`
 * @returns [N, classes, H, W]
 */
export function segmentationNet(graph: Graph, image: Value, shape: NetShape, source: LayerSource): Value {
  const { widths, classes } = shape;
  const convolution = (
    x: Value,
    name: string,
    outputs: number,
    size: 1 | 3,
    options: Partial<Pick<Layer, 'standardised' | 'gain' | 'bias'>> = {},
  ): Value => {
    const inputs = x.shape[1] as number;
    const layer = { name, inputs, outputs, size, standardised: true, gain: 1, bias: 0, ...options };
    const { kernel, bias } = source(layer);
    return convolve(graph, x, kernel, bias);
  };
  const block = (x: Value, name: string): Value => {
    const width = x.shape[1] as number;
    const inside = relu(graph, convolution(x, `${name}.a`, width, 3));
    return relu(graph, add(graph, x, convolution(inside, `${name}.b`, width, 3, { gain: TIMID })));
  };

  const centred = mul(graph, sub(graph, image, graph.scalar(PAPER)), graph.scalar(CONTRAST));
  let x = relu(graph, convolution(spaceToDepth(graph, centred, 2), 'stem', widths[0]!, 3));
  const skips: Value[] = [];
  for (const [level, width] of widths.entries()) {
    if (level > 0) x = relu(graph, convolution(spaceToDepth(graph, x, 2), `down${level}`, width, 1));
    x = block(x, `encode${level}`);
    skips.push(x);
  }
  for (let level = widths.length - 2; level >= 0; level--) {
    const wide = convolution(x, `up${level}`, 4 * widths[level]!, 1);
    x = block(add(graph, skips[level]!, depthToSpace(graph, wide, 2)), `decode${level}`);
  }
  const head = convolution(x, 'head', 4 * classes, 1, { standardised: false, gain: 0.5, bias: HEAD_BIAS });
  return depthToSpace(graph, head, 2);
}
