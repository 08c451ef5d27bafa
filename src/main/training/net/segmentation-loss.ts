import { sigmoid, softplus } from '../graph/activations.ts';
import { add, div, mul, sub } from '../graph/arithmetic.ts';
import { fixedShape, type Graph, type Value } from '../graph/graph.ts';
import { reduceSum } from '../graph/reduce-sum.ts';

export interface LossOptions {
  /** How much each class counts; every class 1 when absent. */
  readonly classWeights?: readonly number[];
  /** How much the cross-entropy counts beside the Dice loss. */
  readonly crossEntropyWeight?: number;
}

/** The loss and each class's soft Dice, 0..1. */
export interface SegmentationLoss {
  /** [] */
  readonly loss: Value;
  /** [classes] */
  readonly dice: Value;
}

/** Smooths the Dice of classes that a batch hardly shows, in squared pixels of coverage. */
const SMOOTH = 1;

/**
 * Cross-entropy plus soft Dice for targets that are shares of covered pixels.
 *
 * Both are smallest where the output equals the share: the cross-entropy because it is a proper score, weighted by
 * class and pixel but never by the target; the Dice because it has squares below,
 * `1 - 2 sum(p t) / (sum(p^2) + sum(t^2)) = sum((p - t)^2) / (sum(p^2) + sum(t^2))` (Milletari et al. 2016,
 * DOI 10.1109/3DV.2016.79). With plain sums below it would drive soft edges to 0 and 1.
 *
 * @param logits [N, C, H, W]
 * @param target [N, C, H, W], 0..1
 * @param weight [N, 1, H, W], 0 where the target is unknown
 */
export function segmentationLoss(
  graph: Graph,
  logits: Value,
  target: Value,
  weight: Value,
  options: LossOptions = {},
): SegmentationLoss {
  const classes = fixedShape(logits)[1]!;
  const { classWeights = Array<number>(classes).fill(1), crossEntropyWeight = 2 } = options;
  const total = classWeights.reduce((sum, value) => sum + value, 0);
  const perClass = graph.constant(
    [classes],
    classWeights.map((value) => value / total),
  );
  const over = (value: Value) => reduceSum(graph, value, { axes: [0, 2, 3] });

  const entropy = sub(graph, softplus(graph, logits), mul(graph, target, logits));
  const pixels = add(graph, reduceSum(graph, weight), graph.scalar(1));
  const crossEntropy = div(
    graph,
    reduceSum(graph, mul(graph, over(mul(graph, entropy, weight)), perClass)),
    pixels,
  );

  const share = sigmoid(graph, logits);
  const weighted = mul(graph, share, weight);
  const both = over(mul(graph, weighted, target));
  const squares = over(
    add(graph, mul(graph, weighted, share), mul(graph, mul(graph, target, weight), target)),
  );
  const smooth = graph.scalar(SMOOTH);
  const dice = div(graph, add(graph, mul(graph, both, graph.scalar(2)), smooth), add(graph, squares, smooth));
  const diceLoss = reduceSum(graph, mul(graph, sub(graph, graph.scalar(1), dice), perClass));
  return {
    loss: add(graph, mul(graph, crossEntropy, graph.scalar(crossEntropyWeight)), diceLoss),
    dice,
  };
}
