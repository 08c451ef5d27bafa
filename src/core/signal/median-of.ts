/**
 * Median of the finite values; NaN when there are none.
 *
 * @example medianOf(Float32Array.of(3, NaN, 1, 2)) // 2
 */
export function medianOf(values: Float32Array): number {
  const finite = values.filter((value) => value === value).sort();
  if (finite.length === 0) return Number.NaN;
  const middle = finite.length >> 1;
  return finite.length % 2 === 1 ? finite[middle]! : (finite[middle - 1]! + finite[middle]!) / 2;
}
