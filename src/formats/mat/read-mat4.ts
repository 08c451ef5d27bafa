import { AppError } from '../../shared/app-error.ts';
import { ByteReader } from '../signal/byte-reader.ts';
import { bytesOf, decodeNumbers, type NumberType } from '../signal/decode-numbers.ts';
import { checkSize } from '../signal/ecg-signal.ts';
import type { MatValue } from './mat-value.ts';

const TYPES: readonly NumberType[] = ['f8', 'f4', 'i4', 'i2', 'u2', 'u1'];

/**
 * Whether bytes begin like a MAT file of version 4: five plausible numbers and a name that ends in a zero. Big-endian
 * files of old machines are not known here.
 */
export function isMat4(bytes: Uint8Array): boolean {
  if (bytes.length < 22) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [mopt, , , imaginary, nameLength] = [0, 4, 8, 12, 16].map((at) =>
    view.getUint32(at, true),
  ) as number[];
  if (mopt! >= 60 || mopt! % 10 !== 0 || imaginary! > 1 || nameLength! < 2 || nameLength! > 64) return false;
  const name = bytes.subarray(20, 20 + nameLength!);
  return (
    name.length === nameLength &&
    name[name.length - 1] === 0 &&
    name
      .subarray(0, -1)
      .every((c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || c === 95 || (c >= 97 && c <= 122))
  );
}

/** Reads the numeric matrices of a MAT file of version 4. @throws AppError `corrupt`, `unsupported`, `too-large` */
export function readMat4(bytes: Uint8Array): Map<string, MatValue> {
  const from = new ByteReader(bytes, 'The MAT file');
  const variables = new Map<string, MatValue>();
  while (from.left >= 20) {
    const mopt = from.u32();
    const [rows, columns, imaginary, nameLength] = [from.u32(), from.u32(), from.u32(), from.u32()];
    const type = TYPES[Math.floor((mopt % 100) / 10)];
    if (!type || mopt >= 60)
      throw new AppError('unsupported', 'Only little-endian matrices of MAT version 4 are read.');
    checkSize(1, rows * columns);
    const name = from.latin1(nameLength).replace(/\0.*$/s, '');
    const count = rows * columns;
    const data = decodeNumbers(from.take(count * bytesOf(type)), count, type, true);
    if (imaginary) from.take(count * bytesOf(type));
    const integer = type !== 'f8' && type !== 'f4';
    variables.set(
      name,
      imaginary ? { kind: 'other' } : { kind: 'numbers', shape: [rows, columns], data, integer },
    );
  }
  return variables;
}
