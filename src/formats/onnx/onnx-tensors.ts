import type { OnnxDataType, OnnxTensor } from './onnx-model.ts';

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<OnnxDataType, number>> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  int32: 4,
  int64: 8,
  bool: 1,
};

const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();

/** A float32 constant. */
export function floatTensor(
  name: string,
  dims: readonly number[],
  values: Float32Array | readonly number[],
): OnnxTensor {
  return { name, dims, dataType: 'float32', bytes: bytesOf(Float32Array.from(values)) };
}

/** An int64 constant of whole numbers within +-2^53. */
export function int64Tensor(name: string, dims: readonly number[], values: readonly number[]): OnnxTensor {
  return { name, dims, dataType: 'int64', bytes: bytesOf(BigInt64Array.from(values, BigInt)) };
}

/** An int8 constant. */
export function int8Tensor(name: string, dims: readonly number[], values: Int8Array): OnnxTensor {
  return { name, dims, dataType: 'int8', bytes: bytesOf(values) };
}

/** An int32 constant. */
export function int32Tensor(name: string, dims: readonly number[], values: Int32Array): OnnxTensor {
  return { name, dims, dataType: 'int32', bytes: bytesOf(values) };
}

/** A uint8 constant. */
export function uint8Tensor(name: string, dims: readonly number[], values: Uint8Array): OnnxTensor {
  return { name, dims, dataType: 'uint8', bytes: bytesOf(values) };
}

/** The elements of a float32 tensor. */
export function floatsOf(tensor: OnnxTensor): Float32Array {
  // A copy: views need an aligned start, and the bytes of a file may be a Buffer, whose slice is a view.
  return new Float32Array(Uint8Array.from(tensor.bytes).buffer);
}
