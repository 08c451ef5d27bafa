/**
 * Running mean of `width` samples, forward and backward, with Gustafsson's ends (1996, DOI 10.1109/78.492552): what
 * `scipy.signal.filtfilt(ones(m), m, x, method='gust')` returns. Inside, a triangular mean; at the ends the start
 * values are such that forward-backward and backward-forward agree. For a running mean these systems are triangular,
 * so they are solved exactly in O(n + width).
 *
 * @param values any unit, no NaN, at least `2 * width` of them; shorter ones are averaged over a triangle cut off at
 *   the ends
 */
export function smoothBoxcar(values: Float64Array, width: number): Float64Array {
  const n = values.length;
  const order = width - 1;
  const forward = forwardBackward(values, width);
  if (n < 2 * width) return normalisedEnds(forward, n, width);
  const backward = forwardBackward(values.slice().reverse(), width).reverse();

  // Start values u of the forward pass solve, on the first rows, sum_{k >= r} u_k / width - u_r = difference_r.
  let tail = 0;
  const head = new Float64Array(order);
  for (let r = order - 1; r >= 0; r--) {
    const u = (backward[r]! - forward[r]! - tail) / (1 / width - 1);
    tail += u / width;
    head[r] = tail;
  }
  for (let r = 0; r < order; r++) forward[r]! += head[r]!;

  // Those of the backward pass, d rows from the end: u_d - sum_{k >= d} u_k / width = difference_d.
  let sum = 0;
  for (let k = order - 1; k >= 0; k--) {
    const r = n - 1 - k;
    const u = (backward[r]! - forward[r]! + sum) / (1 - 1 / width);
    sum += u / width;
    forward[r]! += u;
  }
  return forward;
}

function forwardBackward(values: Float64Array, width: number): Float64Array {
  const once = causalMean(values, width);
  return causalMean(once.reverse(), width).reverse();
}

/** Mean of the last `width` samples, those before the first being 0. */
function causalMean(values: Float64Array, width: number): Float64Array {
  const result = new Float64Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! - (i >= width ? values[i - width]! : 0);
    result[i] = sum / width;
  }
  return result;
}

/** Divides by the share of the triangle that lies inside. */
function normalisedEnds(smoothed: Float64Array, n: number, width: number): Float64Array {
  const share = forwardBackward(new Float64Array(n).fill(1), width);
  return smoothed.map((value, i) => value / share[i]!);
}
