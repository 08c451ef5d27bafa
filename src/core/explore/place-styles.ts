import { ascending } from '../../shared/ascending.ts';

const ITERATIONS = 60;

/**
 * Places of pages on a map on which alike ones lie together: the two directions in which their styles differ most (principal
 * components by power iteration; Hotelling 1933, DOI 10.1037/h0071325), each stretched half by value and half by rank, so that a
 * few odd pages do not press the others into a corner. 0..1 both ways; the same pages give the same map.
 */
export function placeStyles(
  styles: readonly ArrayLike<number>[],
): { readonly x: number; readonly y: number }[] {
  const n = styles.length;
  if (n === 0) return [];
  const entries = styles[0]!.length;
  const centred = styles.map((style) => Float64Array.from(style));
  for (let e = 0; e < entries; e++) {
    const mean = centred.reduce((sum, style) => sum + style[e]!, 0) / n;
    for (const style of centred) style[e]! -= mean;
  }
  const axis = (without: Float64Array | null): Float64Array => {
    let v = Float64Array.from({ length: entries }, (_, e) => 1 / (e + 2));
    for (let k = 0; k < ITERATIONS; k++) {
      const next = new Float64Array(entries);
      for (const style of centred) {
        const along = dot(style, v);
        for (let e = 0; e < entries; e++) next[e]! += along * style[e]!;
      }
      if (without) {
        const share = dot(next, without);
        for (let e = 0; e < entries; e++) next[e]! -= share * without[e]!;
      }
      const length = Math.sqrt(dot(next, next));
      if (length < 1e-12) break;
      v = next.map((value) => value / length);
    }
    return v;
  };
  const first = axis(null);
  const second = axis(first);
  const xs = stretched(centred.map((style) => dot(style, first)));
  const ys = stretched(centred.map((style) => dot(style, second)));
  return xs.map((x, k) => ({ x, y: ys[k]! }));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function stretched(values: readonly number[]): number[] {
  const sorted = [...values].sort(ascending);
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (high - low < 1e-9) return values.map(() => 0.5);
  const rank = new Map<number, number>();
  // Equals share the middle of their ranks.
  for (let k = 0; k < sorted.length;) {
    let end = k;
    while (end < sorted.length && sorted[end] === sorted[k]) end++;
    rank.set(sorted[k]!, (k + end - 1) / 2 / (sorted.length - 1));
    k = end;
  }
  return values.map((value) => ((value - low) / (high - low) + rank.get(value)!) / 2);
}
