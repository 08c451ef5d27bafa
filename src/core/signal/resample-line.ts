/**
 * Reads an evenly spaced polyline at evenly spaced places: exactly on the line while results are no coarser than every
 * second vertex (the line is what was fitted to the ink, so nothing may be smoothed away), as a weighted mean beyond
 * that, so that nothing folds back. Places outside the line hold its end values.
 *
 * @param first place of the first result, in samples of `line`
 * @param step distance between results, in samples of `line`
 * @example resampleLine(Float32Array.of(0, 2, 4), 0.5, 1, 2) // [1, 3]
 */
export function resampleLine(line: Float32Array, first: number, step: number, count: number): Float32Array {
  const result = new Float32Array(count);
  const last = line.length - 1;
  const reach = Math.max(1, step / 2);
  for (let i = 0; i < count; i++) {
    const at = first + i * step;
    const to = Math.floor(at + reach);
    let sum = 0;
    let total = 0;
    for (let k = Math.ceil(at - reach); k <= to; k++) {
      const weight = 1 - Math.abs(k - at) / reach;
      sum += weight * line[k < 0 ? 0 : k > last ? last : k]!;
      total += weight;
    }
    result[i] = sum / total;
  }
  return result;
}
