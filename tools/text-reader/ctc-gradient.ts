const NEVER = -1e30;

function logAdd(a: number, b: number): number {
  if (a < b) [a, b] = [b, a];
  return b <= NEVER ? a : a + Math.log1p(Math.exp(b - a));
}

/**
 * Loss of connectionist temporal classification and its gradient by the scores before the softmax, both for one line
 * (Graves et al. 2006, DOI 10.1145/1143844.1143891). Class 0 is the blank.
 *
 * @param logs natural logarithms of probabilities, `[frame][class]`
 * @returns null when the line has fewer frames than its text needs
 */
export function ctcGradient(
  logs: Float32Array,
  classes: number,
  labels: readonly number[],
): { loss: number; gradient: Float32Array } | null {
  const frames = logs.length / classes;
  const states = 2 * labels.length + 1;
  const symbol = (s: number): number => (s % 2 === 0 ? 0 : labels[(s - 1) / 2]!);
  const skips = (s: number): boolean => s % 2 === 1 && s > 1 && symbol(s) !== symbol(s - 2);
  const forward = new Float64Array(frames * states).fill(NEVER);
  forward[0] = logs[0]!;
  if (states > 1) forward[1] = logs[symbol(1)]!;
  for (let t = 1; t < frames; t++) {
    for (let s = 0; s < states; s++) {
      const before = (t - 1) * states + s;
      let sum = forward[before]!;
      if (s > 0) sum = logAdd(sum, forward[before - 1]!);
      if (skips(s)) sum = logAdd(sum, forward[before - 2]!);
      forward[t * states + s] = sum <= NEVER ? NEVER : sum + logs[t * classes + symbol(s)]!;
    }
  }
  const backward = new Float64Array(frames * states).fill(NEVER);
  const end = (frames - 1) * states;
  backward[end + states - 1] = 0;
  if (states > 1) backward[end + states - 2] = 0;
  for (let t = frames - 2; t >= 0; t--) {
    const emit = (s: number): number => {
      const value = backward[(t + 1) * states + s]!;
      return value <= NEVER ? NEVER : value + logs[(t + 1) * classes + symbol(s)]!;
    };
    for (let s = 0; s < states; s++) {
      let sum = emit(s);
      if (s + 1 < states) sum = logAdd(sum, emit(s + 1));
      if (s + 2 < states && skips(s + 2)) sum = logAdd(sum, emit(s + 2));
      backward[t * states + s] = sum;
    }
  }
  const total = logAdd(forward[end + states - 1]!, states > 1 ? forward[end + states - 2]! : NEVER);
  if (total <= NEVER / 2) return null;
  const gradient = new Float32Array(logs.length);
  for (let k = 0; k < logs.length; k++) gradient[k] = Math.exp(logs[k]!);
  for (let t = 0; t < frames; t++) {
    for (let s = 0; s < states; s++) {
      const share = forward[t * states + s]! + backward[t * states + s]! - total;
      if (share > -30) gradient[t * classes + symbol(s)]! -= Math.exp(share);
    }
  }
  return { loss: -total, gradient };
}
