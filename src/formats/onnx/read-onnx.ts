import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { AppError } from '../../shared/app-error.ts';
import {
  ONNX_DATA_TYPES,
  type OnnxAttribute,
  type OnnxDataType,
  type OnnxDim,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-model.ts';
import { ELEMENT_BYTES } from './onnx-tensors.ts';

const DATA_TYPE_NAMES = new Map<number, OnnxDataType>(
  Object.entries(ONNX_DATA_TYPES).map(([name, value]) => [value, name as OnnxDataType]),
);

/**
 * Reads an ONNX file without running or trusting it: what it cannot represent it refuses, and nothing is allocated that
 * the file itself does not hold.
 *
 * @throws AppError `corrupt` for bytes that are no ONNX model, `unsupported` for data outside the file, graphs within
 *   graphs, functions, sparse tensors and element types that Tracewright does not use
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  try {
    return readModel(bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('corrupt', `This is no ONNX model: ${message}.`, { cause });
  }
}

type FieldReader = (reader: BinaryReader, wire: WireType) => void;

/** Walks the fields of one message; fields without a reader are skipped. */
function readFields(bytes: Uint8Array, fields: Readonly<Record<number, FieldReader>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const read = fields[field];
    if (read) read(reader, wire);
    else reader.skip(wire, field);
  }
}

function readModel(bytes: Uint8Array): OnnxModel {
  let irVersion = 0;
  let producer = '';
  let graph: OnnxGraph | null = null;
  const opsets: Record<string, number> = {};
  const metadata: Record<string, string> = {};
  readFields(bytes, {
    1: (r, wire) => (irVersion = whole(r, wire)),
    2: (r, wire) => (producer = text(r, wire)),
    7: (r, wire) => (graph = readGraph(inner(r, wire))),
    8: (r, wire) => {
      let domain = '';
      let version = 0;
      readFields(inner(r, wire), {
        1: (q, w) => (domain = text(q, w)),
        2: (q, w) => (version = whole(q, w)),
      });
      opsets[domain === 'ai.onnx' ? '' : domain] = version;
    },
    14: (r, wire) => {
      let key = '';
      let value = '';
      readFields(inner(r, wire), { 1: (q, w) => (key = text(q, w)), 2: (q, w) => (value = text(q, w)) });
      metadata[key] = value;
    },
    20: refuse('training information'),
    25: refuse('functions'),
  });
  if (graph === null) throw new AppError('corrupt', 'This is no ONNX model: it holds no graph.');
  return { irVersion, producer, opsets, metadata, graph };
}

function readGraph(bytes: Uint8Array): OnnxGraph {
  let name = '';
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  readFields(bytes, {
    1: (r, wire) => nodes.push(readNode(inner(r, wire))),
    2: (r, wire) => (name = text(r, wire)),
    5: (r, wire) => initializers.push(readTensor(inner(r, wire))),
    11: (r, wire) => inputs.push(readValueInfo(inner(r, wire))),
    12: (r, wire) => outputs.push(readValueInfo(inner(r, wire))),
    15: refuse('sparse tensors'),
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(bytes: Uint8Array): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, OnnxAttribute> = {};
  let name = '';
  let op = '';
  let domain = '';
  readFields(bytes, {
    1: (r, wire) => inputs.push(text(r, wire)),
    2: (r, wire) => outputs.push(text(r, wire)),
    3: (r, wire) => (name = text(r, wire)),
    4: (r, wire) => (op = text(r, wire)),
    5: (r, wire) => {
      const [key, value] = readAttribute(inner(r, wire));
      attributes[key] = value;
    },
    7: (r, wire) => (domain = text(r, wire)),
  });
  return { name, op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): [string, OnnxAttribute] {
  let name = '';
  let type = 0;
  let float = 0;
  let int = 0;
  let string = '';
  let tensor: OnnxTensor | null = null;
  const floats: number[] = [];
  const ints: number[] = [];
  readFields(bytes, {
    1: (r, wire) => (name = text(r, wire)),
    2: (r, wire) => (float = single(r, wire)),
    3: (r, wire) => (int = whole(r, wire)),
    4: (r, wire) => (string = text(r, wire)),
    5: (r, wire) => (tensor = readTensor(inner(r, wire))),
    6: refuse('graphs within graphs'),
    7: (r, wire) => repeated(r, wire, WireType.Bit32, single, floats),
    8: (r, wire) => repeated(r, wire, WireType.Varint, whole, ints),
    20: (r, wire) => (type = whole(r, wire)),
    11: refuse('graphs within graphs'),
    21: refuse('attributes by reference'),
    22: refuse('sparse tensors'),
  });
  if (type === 1) return [name, { kind: 'float', value: float }];
  if (type === 2) return [name, { kind: 'int', value: int }];
  if (type === 3) return [name, { kind: 'string', value: string }];
  if (type === 4 && tensor) return [name, { kind: 'tensor', value: tensor }];
  if (type === 6) return [name, { kind: 'floats', value: floats }];
  if (type === 7) return [name, { kind: 'ints', value: ints }];
  throw new AppError('unsupported', `The model's attribute "${name}" is of type ${type}, which is not read.`);
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const dims: number[] = [];
  let type = 0;
  let name = '';
  let raw: Uint8Array | null = null;
  const floats: number[] = [];
  const int32s: number[] = [];
  const int64s: number[] = [];
  readFields(bytes, {
    1: (r, wire) => repeated(r, wire, WireType.Varint, whole, dims),
    2: (r, wire) => (type = whole(r, wire)),
    4: (r, wire) => repeated(r, wire, WireType.Bit32, single, floats),
    5: (r, wire) => repeated(r, wire, WireType.Varint, whole, int32s),
    7: (r, wire) => repeated(r, wire, WireType.Varint, whole, int64s),
    8: (r, wire) => (name = text(r, wire)),
    9: (r, wire) => (raw = inner(r, wire)),
    13: refuse('data outside the file'),
    14: (r, wire) => {
      if (whole(r, wire) !== 0) refuse('data outside the file')();
    },
  });
  const dataType = DATA_TYPE_NAMES.get(type);
  if (!dataType) throw new AppError('unsupported', `The tensor "${name}" has element type ${type}.`);
  const content = raw ?? packElements(dataType, floats, int32s, int64s);
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (dims.some((dim) => dim < 0) || content.byteLength !== count * ELEMENT_BYTES[dataType]) {
    throw new AppError(
      'corrupt',
      `The tensor "${name}" of shape ${dims.join('x') || 'scalar'} holds ${content.byteLength} bytes.`,
    );
  }
  return { name, dataType, dims, bytes: content };
}

/** Elements that a file stores in the typed fields instead of as raw data. */
function packElements(type: OnnxDataType, floats: number[], int32s: number[], int64s: number[]): Uint8Array {
  if (type === 'float32') return new Uint8Array(Float32Array.from(floats).buffer);
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(int64s, BigInt).buffer);
  if (type === 'int32') return new Uint8Array(Int32Array.from(int32s).buffer);
  return Uint8Array.from(int32s);
}

function readValueInfo(bytes: Uint8Array): OnnxValueInfo {
  let name = '';
  let type = 0;
  let dims: OnnxDim[] | null = null;
  const readDim = (content: Uint8Array): OnnxDim => {
    let dim: OnnxDim = '?';
    readFields(content, { 1: (r, w) => (dim = whole(r, w)), 2: (r, w) => (dim = text(r, w)) });
    return dim;
  };
  const readShape = (content: Uint8Array): OnnxDim[] => {
    const found: OnnxDim[] = [];
    readFields(content, { 1: (r, w) => found.push(readDim(inner(r, w))) });
    return found;
  };
  const readTensorType: FieldReader = (reader, wire) =>
    readFields(inner(reader, wire), {
      1: (r, w) => (type = whole(r, w)),
      2: (r, w) => (dims = readShape(inner(r, w))),
    });
  readFields(bytes, {
    1: (r, wire) => (name = text(r, wire)),
    2: (r, wire) => readFields(inner(r, wire), { 1: readTensorType }),
  });
  const dataType = DATA_TYPE_NAMES.get(type);
  if (!dataType) throw new AppError('unsupported', `"${name}" of the model has element type ${type}.`);
  return { name, dataType, dims };
}

function refuse(what: string): () => never {
  return () => {
    throw new AppError('unsupported', `The model uses ${what}, which Tracewright does not run.`);
  };
}

function expectWire(found: WireType, wanted: WireType): void {
  if (found !== wanted) throw new Error('a field has the wrong wire type');
}

function inner(reader: BinaryReader, wire: WireType): Uint8Array {
  expectWire(wire, WireType.LengthDelimited);
  return reader.bytes();
}

function text(reader: BinaryReader, wire: WireType): string {
  expectWire(wire, WireType.LengthDelimited);
  return reader.string();
}

function single(reader: BinaryReader, wire: WireType): number {
  expectWire(wire, WireType.Bit32);
  return reader.float();
}

function whole(reader: BinaryReader, wire: WireType): number {
  expectWire(wire, WireType.Varint);
  const value = Number(reader.int64());
  if (!Number.isSafeInteger(value)) throw new Error('a number is beyond 2^53');
  return value;
}

/** A repeated number, packed or not. */
function repeated(
  reader: BinaryReader,
  wire: WireType,
  single: WireType,
  read: (reader: BinaryReader, wire: WireType) => number,
  into: number[],
): void {
  if (wire !== WireType.LengthDelimited) {
    into.push(read(reader, wire));
    return;
  }
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) into.push(read(packed, single));
}
