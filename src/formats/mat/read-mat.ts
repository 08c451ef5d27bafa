import { AppError } from '../../shared/app-error.ts';
import { ByteReader, latin1 } from '../signal/byte-reader.ts';
import { MAX_SAMPLES } from '../signal/ecg-signal.ts';
import { inflateBounded } from '../signal/inflate-bounded.ts';
import type { MatValue } from './mat-value.ts';
import { readMatArray } from './read-mat-array.ts';
import { isMat4, readMat4 } from './read-mat4.ts';

const MI_MATRIX = 14;
const MI_COMPRESSED = 15;
/** Unpacked bytes of one variable: a recording of doubles, and some. */
const LIMIT_BYTES = 8 * MAX_SAMPLES;

/** Whether bytes begin like a MAT file of version 5 (or of version 4, which WFDB tools write). */
export function isMat(bytes: Uint8Array): boolean {
  return isMat5(bytes) || isMat4(bytes);
}

function isMat5(bytes: Uint8Array): boolean {
  const mark = latin1(bytes.subarray(124, 128));
  return mark === '\x00\x01IM' || mark === '\x01\x00MI';
}

/**
 * Reads the variables of a MAT file: version 5 ("MAT-File Format", MathWorks; versions 6 and 7 are the same, the
 * latter with zlib) and version 4. Numeric arrays, texts, cells and structs; of an array of structs the first.
 *
 * @throws AppError `corrupt`, `unsupported` (version 7.3 is HDF5), `too-large` when it unpacks to more than a recording
 */
export function readMat(bytes: Uint8Array): Map<string, MatValue> {
  if (isMat4(bytes)) return readMat4(bytes);
  if (latin1(bytes.subarray(0, 19)) === 'MATLAB 7.3 MAT-file') {
    throw new AppError('unsupported', 'MAT files of version 7.3 are not read: save with -v7 or -v6.');
  }
  if (!isMat5(bytes)) throw new AppError('corrupt', 'This is no MAT file of version 4 or 5.');
  const littleEndian = bytes[126] === 0x49;
  const from = new ByteReader(bytes, 'The MAT file', { littleEndian });
  from.seek(128);
  const variables = new Map<string, MatValue>();
  let budget = LIMIT_BYTES;
  while (from.left >= 8) {
    const type = from.u32();
    const body = from.take(from.u32());
    let array = type === MI_MATRIX ? body : null;
    if (type === MI_COMPRESSED) {
      const unpacked = inflateBounded(body, budget, 'zlib');
      budget -= unpacked.length;
      const inner = new ByteReader(unpacked, 'A variable of the MAT file', { littleEndian });
      if (inner.u32() === MI_MATRIX) array = inner.take(inner.u32());
    }
    if (array) {
      const { name, value } = readMatArray(array, littleEndian);
      if (name !== '' && !name.startsWith('__')) variables.set(name, value);
    }
    // Elements begin at multiples of 8 bytes, compressed ones where the last ended.
    if (type !== MI_COMPRESSED) from.seek(Math.min(bytes.length, 8 * Math.ceil(from.at / 8)));
  }
  return variables;
}
