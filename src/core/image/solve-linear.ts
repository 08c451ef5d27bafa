/**
 * Solves the dense square system `matrix * x = right` by elimination with partial pivoting; `matrix` is row-major and
 * both arguments are overwritten. `null` when it is singular. For small systems (cost n^3 / 3).
 *
 * @example
 * solveLinear(Float64Array.of(2, 0, 0, 4), Float64Array.of(2, 2)); // [1, 0.5]
 */
export function solveLinear(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(matrix[row * n + column] as number) > Math.abs(matrix[pivot * n + column] as number))
        pivot = row;
    }
    const head = matrix[pivot * n + column] as number;
    if (!(Math.abs(head) > 1e-14)) return null;
    if (pivot !== column) {
      for (let k = column; k < n; k++) {
        const keep = matrix[column * n + k] as number;
        matrix[column * n + k] = matrix[pivot * n + k] as number;
        matrix[pivot * n + k] = keep;
      }
      const keep = right[column] as number;
      right[column] = right[pivot] as number;
      right[pivot] = keep;
    }
    for (let row = column + 1; row < n; row++) {
      const factor = (matrix[row * n + column] as number) / head;
      if (factor === 0) continue;
      for (let k = column; k < n; k++) {
        matrix[row * n + k] = (matrix[row * n + k] as number) - factor * (matrix[column * n + k] as number);
      }
      right[row] = (right[row] as number) - factor * (right[column] as number);
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = right[row] as number;
    for (let k = row + 1; k < n; k++) sum -= (matrix[row * n + k] as number) * (right[k] as number);
    right[row] = sum / (matrix[row * n + row] as number);
  }
  return right;
}
