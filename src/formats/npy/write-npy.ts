import { encodeNumbers } from '../signal/decode-numbers.ts';
import type { NpyArray } from './npy-array.ts';
import { isNumeric } from './npy-matrix.ts';
import { largestOf } from '../signal/extremes.ts';

/**
 * Writes an array as NPY, version 1.0, little-endian: floats, 16- and 32-bit integers as they are, texts as `<U`.
 *
 * @example
 * writeNpy({ shape: [2, 3], fortran: false, data: new Float32Array(6) });
 */
export function writeNpy({ shape, fortran, data }: NpyArray): Uint8Array<ArrayBuffer> {
  const { descr, body } = encode(data);
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${dimensions}), }`;
  // NumPy aligns the data to 64 bytes.
  const length = 64 * Math.ceil((10 + dictionary.length + 1) / 64) - 10;
  const bytes = new Uint8Array(10 + length + body.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8]);
  bytes.set(new TextEncoder().encode(dictionary.padEnd(length - 1, ' ') + '\n'), 10);
  bytes.set(body, 10 + length);
  return bytes;
}

function encode(data: NpyArray['data']): { descr: string; body: Uint8Array } {
  if (isNumeric(data)) {
    const kind = data instanceof Float32Array || data instanceof Float64Array ? 'f' : 'i';
    return { descr: `<${kind}${data.BYTES_PER_ELEMENT}`, body: encodeNumbers(data) };
  }
  const characters = data.map((text) => [...text]);
  const length = largestOf(
    1,
    characters.map((text) => text.length),
  );
  const body = new Uint8Array(4 * length * data.length);
  const view = new DataView(body.buffer);
  characters.forEach((text, i) => {
    text.forEach((character, c) => view.setUint32(4 * (i * length + c), character.codePointAt(0)!, true));
  });
  return { descr: `<U${length}`, body };
}
