/** Tables for in-place complex Fourier transforms of one power-of-two length. */
export interface FftPlan {
  readonly size: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly reversed: Uint32Array;
}

/** Prepares transforms of `size` points (a power of two). */
export function planFft(size: number): FftPlan {
  const cos = new Float64Array(size / 2);
  const sin = new Float64Array(size / 2);
  for (let k = 0; k < size / 2; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / size);
    sin[k] = -Math.sin((2 * Math.PI * k) / size);
  }
  const reversed = new Uint32Array(size);
  const bits = Math.log2(size);
  for (let k = 0; k < size; k++) {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) if (k & (1 << bit)) value |= 1 << (bits - 1 - bit);
    reversed[k] = value;
  }
  return { size, cos, sin, reversed };
}

/** Forward transform of the `plan.size` complex numbers at `re[at..]`, `im[at..]`, in place (Cooley-Tukey, radix 2). */
export function fft(plan: FftPlan, re: Float64Array, im: Float64Array, at = 0): void {
  const { size, cos, sin, reversed } = plan;
  for (let k = 0; k < size; k++) {
    const other = reversed[k] as number;
    if (other > k) {
      const r = re[at + k] as number;
      const i = im[at + k] as number;
      re[at + k] = re[at + other] as number;
      im[at + k] = im[at + other] as number;
      re[at + other] = r;
      im[at + other] = i;
    }
  }
  for (let half = 1, stride = size / 2; half < size; half *= 2, stride /= 2) {
    for (let start = at; start < at + size; start += 2 * half) {
      for (let k = 0, t = 0; k < half; k++, t += stride) {
        const c = cos[t] as number;
        const s = sin[t] as number;
        const a = start + k;
        const b = a + half;
        const br = re[b] as number;
        const bi = im[b] as number;
        const r = br * c - bi * s;
        const i = br * s + bi * c;
        re[b] = (re[a] as number) - r;
        im[b] = (im[a] as number) - i;
        re[a] = (re[a] as number) + r;
        im[a] = (im[a] as number) + i;
      }
    }
  }
}
