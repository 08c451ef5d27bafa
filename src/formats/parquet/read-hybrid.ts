import { AppError } from '../../shared/app-error.ts';

/**
 * Reads `count` numbers of Parquet's hybrid of runs and packed bits, without the length before it
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/).
 *
 * @param width bits of a number, 0 to 32
 * @throws AppError `corrupt` when the bytes end early
 */
export function readHybrid(bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > 32)
    throw new AppError('corrupt', `A Parquet page packs numbers of ${width} bits: at most 32 exist.`);
  const out = new Uint32Array(count);
  const runBytes = Math.ceil(width / 8);
  let at = 0;
  const next = (): number => {
    if (at >= bytes.length) throw new AppError('corrupt', 'A page of the Parquet file ends early.');
    return bytes[at++]!;
  };
  for (let filled = 0; filled < count;) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = next();
      header += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80 || shift > 28) break;
    }
    if (header % 2 === 0) {
      let value = 0;
      for (let i = 0; i < runBytes; i++) value += next() * 2 ** (8 * i);
      const end = Math.min(count, filled + Math.floor(header / 2));
      if (end === filled) throw new AppError('corrupt', 'A page of the Parquet file has an empty run.');
      out.fill(value, filled, end);
      filled = end;
      continue;
    }
    // Bits low first, in groups of eight numbers; the last group may hold more than are wanted.
    const packed = Math.min(count - filled, 8 * Math.floor(header / 2));
    if (packed === 0) throw new AppError('corrupt', 'A page of the Parquet file has an empty run.');
    const end = at + width * Math.floor(header / 2);
    let held = 0;
    let bits = 0;
    for (let i = 0; i < packed; i++) {
      while (bits < width) {
        held += next() * 2 ** bits;
        bits += 8;
      }
      out[filled++] = held % 2 ** width;
      held = Math.floor(held / 2 ** width);
      bits -= width;
    }
    at = end;
  }
  return out;
}
