/**
 * Median of the finite values; NaN when there are none.
 *
 * @example medianOf(Float32Array.of(3, NaN, 1, 2)) // 2
 */
export function medianOf(values: Float32Array): number {
  const known = new Float32Array(values.length);
  let count = 0;
  for (let k = 0; k < values.length; k++) if (values[k]! === values[k]!) known[count++] = values[k]!;
  const finite = known.subarray(0, count).sort();
  if (finite.length === 0) return Number.NaN;
  const middle = finite.length >> 1;
  return finite.length % 2 === 1 ? finite[middle]! : (finite[middle - 1]! + finite[middle]!) / 2;
}
