/**
 * Solves `A x = b` for a symmetric positive definite 3x3 matrix given by its upper triangle (Cramer's rule).
 *
 * @example solveSymmetric3(2, 0, 0, 4, 0, 8, [2, 4, 8]) // [1, 1, 1]
 */
export function solveSymmetric3(
  a00: number,
  a01: number,
  a02: number,
  a11: number,
  a12: number,
  a22: number,
  b: readonly [number, number, number],
): [number, number, number] {
  const c00 = a11 * a22 - a12 * a12;
  const c01 = a02 * a12 - a01 * a22;
  const c02 = a01 * a12 - a02 * a11;
  const det = a00 * c00 + a01 * c01 + a02 * c02;
  const c11 = a00 * a22 - a02 * a02;
  const c12 = a01 * a02 - a00 * a12;
  const c22 = a00 * a11 - a01 * a01;
  return [
    (c00 * b[0] + c01 * b[1] + c02 * b[2]) / det,
    (c01 * b[0] + c11 * b[1] + c12 * b[2]) / det,
    (c02 * b[0] + c12 * b[1] + c22 * b[2]) / det,
  ];
}
