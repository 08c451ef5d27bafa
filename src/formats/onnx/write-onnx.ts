import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  ONNX_DATA_TYPES,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-model.ts';

/** `AttributeProto.AttributeType` and the field that holds the value. */
const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

/**
 * Writes a model as an ONNX file (field numbers of onnx.proto, IR version 3 and later). Tensors are stored inside the
 * file as raw data.
 */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  whole(writer, 1, model.irVersion);
  text(writer, 2, model.producer);
  message(writer, 7, () => writeGraph(writer, model.graph));
  for (const [domain, version] of Object.entries(model.opsets)) {
    message(writer, 8, () => {
      text(writer, 1, domain);
      whole(writer, 2, version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, graph.name);
  for (const tensor of graph.initializers) message(writer, 5, () => writeTensor(writer, tensor));
  for (const value of graph.inputs) message(writer, 11, () => writeValueInfo(writer, value));
  for (const value of graph.outputs) message(writer, 12, () => writeValueInfo(writer, value));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const name of node.inputs) text(writer, 1, name);
  for (const name of node.outputs) text(writer, 2, name);
  text(writer, 3, node.name);
  text(writer, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, () => writeAttribute(writer, name, attribute));
  }
  if (node.domain !== '') text(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: OnnxAttribute): void {
  text(writer, 1, name);
  if (attribute.kind === 'float') writer.tag(2, WireType.Bit32).float(attribute.value);
  if (attribute.kind === 'int') whole(writer, 3, attribute.value);
  if (attribute.kind === 'string') text(writer, 4, attribute.value);
  if (attribute.kind === 'tensor') message(writer, 5, () => writeTensor(writer, attribute.value));
  if (attribute.kind === 'floats') {
    for (const value of attribute.value) writer.tag(7, WireType.Bit32).float(value);
  }
  if (attribute.kind === 'ints') for (const value of attribute.value) whole(writer, 8, value);
  whole(writer, 20, ATTRIBUTE_TYPES[attribute.kind]);
}

function writeTensor(writer: BinaryWriter, tensor: OnnxTensor): void {
  for (const dim of tensor.dims) whole(writer, 1, dim);
  whole(writer, 2, ONNX_DATA_TYPES[tensor.dataType]);
  text(writer, 8, tensor.name);
  writer.tag(9, WireType.LengthDelimited).bytes(tensor.bytes);
}

function writeValueInfo(writer: BinaryWriter, value: OnnxValueInfo): void {
  text(writer, 1, value.name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      whole(writer, 1, ONNX_DATA_TYPES[value.dataType]);
      const { dims } = value;
      if (dims === null) return;
      message(writer, 2, () => {
        for (const dim of dims) {
          message(writer, 1, () => {
            if (typeof dim === 'number') whole(writer, 1, dim);
            else text(writer, 2, dim);
          });
        }
      });
    }),
  );
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function whole(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
