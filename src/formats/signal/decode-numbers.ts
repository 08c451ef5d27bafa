/** How a number is stored: integer, unsigned, float and its bytes. */
export type NumberType = 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f2' | 'f4' | 'f8';

/** Decoded numbers, in the smallest of these that holds them; 64-bit integers beyond 2^53 lose their last digits. */
export type Numbers = Float32Array | Float64Array | Int16Array | Int32Array;

/** Bytes of one number of a type. */
export function bytesOf(type: NumberType): number {
  return Number(type[1]);
}

/** Whether `type` is one of `NumberType`. */
export function isNumberType(type: string): type is NumberType {
  return /^(?:[iu][1248]|f[248])$/.test(type);
}

/** Decodes numbers laid one behind the other. @throws RangeError when `bytes` are too few */
export function decodeNumbers(
  bytes: Uint8Array,
  count: number,
  type: NumberType,
  littleEndian: boolean,
): Numbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = bytesOf(type);
  const fill = <T extends Numbers>(into: T, get: (at: number) => number): T => {
    for (let i = 0; i < count; i++) into[i] = get(i * step);
    return into;
  };
  switch (type) {
    case 'f2':
      return fill(new Float32Array(count), (at) => halfToNumber(view.getUint16(at, littleEndian)));
    case 'f4':
      return fill(new Float32Array(count), (at) => view.getFloat32(at, littleEndian));
    case 'f8':
      return fill(new Float64Array(count), (at) => view.getFloat64(at, littleEndian));
    case 'i1':
      return fill(new Int16Array(count), (at) => view.getInt8(at));
    case 'u1':
      return fill(new Int16Array(count), (at) => view.getUint8(at));
    case 'i2':
      return fill(new Int16Array(count), (at) => view.getInt16(at, littleEndian));
    case 'u2':
      return fill(new Int32Array(count), (at) => view.getUint16(at, littleEndian));
    case 'i4':
      return fill(new Int32Array(count), (at) => view.getInt32(at, littleEndian));
    case 'u4':
      return fill(new Float64Array(count), (at) => view.getUint32(at, littleEndian));
    case 'i8':
      return fill(new Float64Array(count), (at) => Number(view.getBigInt64(at, littleEndian)));
    case 'u8':
      return fill(new Float64Array(count), (at) => Number(view.getBigUint64(at, littleEndian)));
  }
}

/** Bytes of numbers, little-endian, as their kind of array stores them. */
export function encodeNumbers(data: Numbers): Uint8Array<ArrayBuffer> {
  const step = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(step * data.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++) {
    if (data instanceof Float32Array) view.setFloat32(step * i, data[i]!, true);
    else if (data instanceof Float64Array) view.setFloat64(step * i, data[i]!, true);
    else if (data instanceof Int16Array) view.setInt16(step * i, data[i]!, true);
    else view.setInt32(step * i, data[i]!, true);
  }
  return bytes;
}

/** IEEE 754 binary16. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
