import type { Numbers } from '../signal/decode-numbers.ts';

/** An array of numbers or texts as NumPy stores it. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Whether the first index runs fastest. */
  readonly fortran: boolean;
  /** In the array's memory order. */
  readonly data: Numbers | readonly string[];
}
