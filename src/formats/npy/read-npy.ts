import { AppError } from '../../shared/app-error.ts';
import { ByteReader, latin1 } from '../signal/byte-reader.ts';
import { checkSize } from '../signal/ecg-signal.ts';
import { decodeNumbers, isNumberType } from '../signal/decode-numbers.ts';
import type { NpyArray } from './npy-array.ts';

/** Names and comments, not samples. */
const MAX_TEXTS = 100_000;

/** Whether bytes begin like a NPY file. */
export function isNpy(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 6)) === '\x93NUMPY';
}

/**
 * Reads one array of NumPy's NPY format, versions 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html):
 * integers, floats, halves and texts of either byte order.
 *
 * @throws AppError `corrupt` for what is damaged, `unsupported` for other types (objects are never unpickled),
 *   `too-large` beyond the limits of a recording
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  if (!isNpy(bytes)) throw new AppError('corrupt', 'This is no NPY file: it does not begin with \\x93NUMPY.');
  const from = new ByteReader(bytes, 'The NPY file');
  from.seek(6);
  const version = from.u8();
  from.u8();
  if (version < 1 || version > 3)
    throw new AppError('unsupported', `NPY files of version ${version} are not read.`);
  const header = from.latin1(version === 1 ? from.u16() : from.u32());
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const dimensions = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (fortran === undefined || dimensions === undefined) {
    throw new AppError('corrupt', 'The header of the NPY file lacks its order or shape.');
  }
  const shape = (dimensions.match(/\d+/g) ?? []).map(Number);
  const count = shape.reduce((product, n) => product * n, 1);
  checkSize(1, count);
  const type = /^([<>|=])([fiubUS])(\d{1,3})$/.exec(descr ?? '');
  if (!type) throw new AppError('unsupported', `NPY arrays of type ${descr ?? 'struct'} are not read.`);
  const bytesEach = Number(type[3]) * (type[2] === 'U' ? 4 : 1);
  if (count * bytesEach > from.left) {
    throw new AppError('corrupt', `The NPY file holds fewer than the ${count} values its header promises.`);
  }
  const body = from.take(count * bytesEach);
  const little = type[1] !== '>';
  const isText = type[2] === 'U' || type[2] === 'S';
  const kind = type[2] === 'b' ? 'u1' : type[2]! + type[3]!;
  if (!isText && !isNumberType(kind)) {
    throw new AppError('unsupported', `NPY arrays of type ${descr} are not read.`);
  }
  if (isText && count > MAX_TEXTS)
    throw new AppError('too-large', `A NPY array of ${count} texts is not read.`);
  const data = isNumberType(kind)
    ? decodeNumbers(body, count, kind, little)
    : texts(body, count, Number(type[3]), type[2] === 'S' ? 1 : 4, little);
  return { shape, fortran: fortran === 'True', data };
}

/** Texts of a fixed length, four bytes a character or one. */
function texts(body: Uint8Array, count: number, length: number, bytesEach: 1 | 4, little: boolean): string[] {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let c = i * length; c < (i + 1) * length; c++) {
      const code = bytesEach === 1 ? view.getUint8(c) : view.getUint32(4 * c, little);
      if (code > 0x10ffff) {
        throw new AppError('corrupt', 'A text of the NPY file holds what is no character.');
      }
      text += String.fromCodePoint(code);
    }
    return text.replace(/\0+$/, '');
  });
}
