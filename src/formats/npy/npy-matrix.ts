import { AppError } from '../../shared/app-error.ts';
import type { Matrix } from '../signal/matrix-leads.ts';
import type { NpyArray } from './npy-array.ts';

/**
 * A numeric array as a matrix; sides of length 1 beyond the second are passed over, one dimension is one lead.
 *
 * @throws AppError `unsupported` for texts and for more dimensions
 */
export function npyMatrix({ shape, fortran, data }: NpyArray): Matrix {
  if (!isNumeric(data)) throw new AppError('unsupported', 'The NPY array holds texts, not samples.');
  const sides = shape.length > 2 ? shape.filter((n) => n !== 1) : shape;
  if (sides.length > 2 || shape.length === 0) {
    throw new AppError(
      'unsupported',
      `An NPY array of shape (${shape.join(', ')}) is no recording: leads x samples is.`,
    );
  }
  const [rows, columns] = sides.length === 2 ? (sides as [number, number]) : ([1, sides[0] ?? 1] as const);
  return {
    data,
    rows,
    columns,
    rowStride: fortran ? 1 : columns,
    columnStride: fortran ? rows : 1,
  };
}

/** Whether an array holds numbers. */
export function isNumeric(data: NpyArray['data']): data is Exclude<NpyArray['data'], readonly string[]> {
  return !Array.isArray(data);
}
