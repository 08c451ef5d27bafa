import fc from 'fast-check';
import { expect, it } from 'vitest';
import { solveSymmetric3 } from './solve-symmetric3.ts';

it('solves a diagonal system', () => {
  expect(solveSymmetric3(2, 0, 0, 4, 0, 8, [2, 4, 8])).toEqual([1, 1, 1]);
});

it('undoes the product for any positive definite matrix', () => {
  const entry = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(entry, entry, entry, entry, entry, entry, (a, b, c, x, y, z) => {
      // A = 4 I + symmetric part, diagonally dominant.
      const solved = solveSymmetric3(4, a, b, 4, c, 4, [
        4 * x + a * y + b * z,
        a * x + 4 * y + c * z,
        b * x + c * y + 4 * z,
      ]);
      expect(solved[0]).toBeCloseTo(x, 9);
      expect(solved[1]).toBeCloseTo(y, 9);
      expect(solved[2]).toBeCloseTo(z, 9);
    }),
  );
});
