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

/** The loss, and the sums that Dice coefficients are made of: `dice = 2 overlap / squares`. */
export interface SegmentationLoss {
  /** [] */
  readonly loss: Value;
  /** Sum of output times target per class, [classes]. */
  readonly overlap: Value;
  /** Sum of the squares of output and target per class, [classes]. */
  readonly squares: Value;
}

/**
 * Ink that is added to what a class has when its losses are put in proportion, as a share of all pixels. Without it a
 * few doubtful pixels in a batch that lacks a rare class would cost as much as all its lines, and the network would
 * learn never to find it.
 */
export const LEAST_INK = { entropy: 0.01, dice: 0.002 } as const;

/**
 * Cross-entropy plus soft Dice for targets that are shares of covered pixels. Both are put in proportion to the ink of
 * the class, so that rare classes count like common ones.
 *
 * Both are smallest where the output equals the share: the cross-entropy because it is a proper score, weighted by
 * class and pixel but never by the target; the Dice because it has squares below,
 * `1 - 2 sum(p t) / (sum(p^2) + sum(t^2)) = sum((p - t)^2) / (sum(p^2) + sum(t^2))` (Milletari et al. 2016,
 * DOI 10.1109/3DV.2016.79). With plain sums below it would drive soft edges to 0 and 1.
 *
 * @param logits [N, C, H, W]
 * @param target [N, C, H, W], 0..1
 * @param weight [N, 1, H, W], or [N, C, H, W] where classes differ in it; 0 where the target is unknown
 */
export function segmentationLoss(
  graph: Graph,
  logits: Value,
  target: Value,
  weight: Value,
  options: LossOptions = {},
): SegmentationLoss {
  const classes = fixedShape(logits)[1]!;
  const { classWeights = Array<number>(classes).fill(1), crossEntropyWeight = 1 } = options;
  const total = classWeights.reduce((sum, value) => sum + value, 0);
  const perClass = graph.constant(
    [classes],
    classWeights.map((value) => value / total),
  );
  const over = (value: Value) => reduceSum(graph, value, { axes: [0, 2, 3] });
  // One pixel more, so that nothing is divided by 0 where all is unknown.
  const pixels = add(graph, over(weight), graph.scalar(1));
  const least = (share: number) => mul(graph, pixels, graph.scalar(share));
  const inked = mul(graph, target, weight);

  const entropy = over(mul(graph, sub(graph, softplus(graph, logits), mul(graph, target, logits)), weight));
  const crossEntropy = div(graph, entropy, add(graph, over(inked), least(LEAST_INK.entropy)));

  const share = sigmoid(graph, logits);
  const overlap = over(mul(graph, share, inked));
  const squares = over(add(graph, mul(graph, mul(graph, share, weight), share), mul(graph, inked, target)));
  const missed = sub(graph, squares, mul(graph, overlap, graph.scalar(2)));
  const diceLoss = div(graph, missed, add(graph, squares, least(LEAST_INK.dice)));
  const both = add(graph, mul(graph, crossEntropy, graph.scalar(crossEntropyWeight)), diceLoss);
  return { loss: reduceSum(graph, mul(graph, both, perClass)), overlap, squares };
}
