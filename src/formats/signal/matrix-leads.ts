import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { AppError } from '../../shared/app-error.ts';
import { checkSize, type EcgLead } from './ecg-signal.ts';
import { leadLabel } from './lead-label.ts';

/** Numbers in two dimensions: element (r, c) is `data[r * rowStride + c * columnStride]`. */
export interface Matrix {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * Takes a matrix for leads: as many as `names` where those fit one side, else twelve, else as many as the shorter side;
 * the other one is time. Twelve leads without names are those of the standard order, others are numbered.
 *
 * @throws AppError `corrupt` for an empty matrix, `too-large` beyond the limits of a recording
 */
export function matrixLeads(
  matrix: Matrix,
  millivoltsPerUnit: number,
  names: readonly string[] = [],
): EcgLead[] {
  const { data, rows, columns } = matrix;
  if (rows * columns === 0) throw new AppError('corrupt', 'The matrix of samples is empty.');
  const across = standsAcross(rows, columns, names.length);
  const count = across ? rows : columns;
  const samples = across ? columns : rows;
  checkSize(count, samples);
  const leadStride = across ? matrix.rowStride : matrix.columnStride;
  const sampleStride = across ? matrix.columnStride : matrix.rowStride;
  return Array.from({ length: count }, (_, l) => {
    const millivolts = new Float32Array(samples);
    for (let i = 0; i < samples; i++)
      millivolts[i] = data[l * leadStride + i * sampleStride]! * millivoltsPerUnit;
    return { name: nameOf(l, count, names), millivolts };
  });
}

/** Whether rows are leads. */
function standsAcross(rows: number, columns: number, names: number): boolean {
  for (const count of [names, LEAD_NAMES.length]) {
    if (rows === count) return true;
    if (columns === count) return false;
  }
  return rows <= columns;
}

function nameOf(l: number, count: number, names: readonly string[]): string {
  if (names.length === count) return leadLabel(names[l]!);
  return count === LEAD_NAMES.length ? LEAD_NAMES[l]! : `lead ${l + 1}`;
}
