import type { OnnxAttribute, OnnxGraph, OnnxNode } from '../../formats/onnx/onnx-model.ts';
import { AppError } from '../../shared/app-error.ts';
import { CONTRACT } from './model-contract.ts';

/** What is known of a value: its channels, and its resolution as a share of the picture's; null for constants. */
interface Plane {
  readonly channels: number;
  readonly scale: number | null;
  readonly dims: readonly number[] | null;
}

const MAX_NODES = 2000;
const MAX_CHANNELS = 1024;
const MAX_BLOCK = 4;
const MAX_KERNEL = 7;

/**
 * Follows channels and resolution through a network, so that a file can neither ask for more memory than an honest one
 * nor break off half-way: known operators with plain attributes, at most `MAX_CHANNELS` channels, never finer than the
 * picture.
 *
 * @returns channels of the output, which is as fine as the picture
 * @throws AppError `unsupported` naming the node
 */
export function checkPlanes(graph: OnnxGraph): number {
  if (graph.nodes.length > MAX_NODES) {
    throw new AppError('unsupported', `The model has ${graph.nodes.length} nodes, more than ${MAX_NODES}.`);
  }
  const known = new Map<string, Plane>();
  for (const { name, dims } of graph.initializers) {
    known.set(name, { channels: dims[1] ?? dims[0] ?? 1, scale: null, dims });
  }
  known.set(graph.inputs[0]!.name, { channels: 3, scale: 1, dims: null });
  for (const node of graph.nodes) {
    const rule = Object.hasOwn(RULES, node.op) ? RULES[node.op] : undefined;
    if (node.domain !== '' || !rule) {
      throw new AppError(
        'unsupported',
        `The model uses the operator ${node.op}, which is not among those allowed.`,
      );
    }
    const refuse = (what: string): never => {
      throw new AppError('unsupported', `The model's node "${node.name}" (${node.op}) ${what}.`);
    };
    const inputs = node.inputs.map(
      (name) => known.get(name) ?? refuse(`reads "${name}", which nothing makes`),
    );
    const [output] = node.outputs;
    if (node.outputs.length !== 1 || output === undefined) refuse('has not one output');
    if (known.has(output!)) refuse(`makes "${output}" again`);
    if (inputs.length === 0) refuse('reads nothing');
    const made = rule(node, inputs, refuse);
    if (!(made.channels >= 1 && made.channels <= MAX_CHANNELS)) refuse(`makes ${made.channels} channels`);
    if (made.scale !== null && made.scale > 1) refuse('is finer than the picture');
    if (made.scale !== null && made.scale < 1 / CONTRACT.stridePx) {
      refuse(`needs pictures in multiples of more than ${CONTRACT.stridePx} pixels`);
    }
    known.set(output!, made);
  }
  const result = known.get(graph.outputs[0]!.name);
  if (!result || result.scale !== 1) {
    throw new AppError('unsupported', 'The output of the model is not as fine as the picture.');
  }
  return result.channels;
}

type Refuse = (what: string) => never;
type Rule = (node: OnnxNode, inputs: readonly Plane[], refuse: Refuse) => Plane;

const RULES: Readonly<Record<string, Rule>> = {
  Conv: checkConvolution,
  Relu: unchanged,
  Sigmoid: unchanged,
  Identity: unchanged,
  Add: joined,
  Sub: joined,
  Mul: joined,
  SpaceToDepth: (node, inputs, refuse) => {
    const block = blockOf(node, refuse);
    const { channels, scale } = pictureOf(inputs, refuse);
    return { channels: channels * block * block, scale: scale / block, dims: null };
  },
  DepthToSpace: (node, inputs, refuse) => {
    const block = blockOf(node, refuse);
    const { channels, scale } = pictureOf(inputs, refuse);
    if (channels % (block * block) !== 0) refuse(`splits ${channels} channels into blocks of ${block}`);
    return { channels: channels / (block * block), scale: scale * block, dims: null };
  },
  QuantizeLinear: (_node, inputs) => inputs[0]!,
  DequantizeLinear: (_node, inputs) => inputs[0]!,
};

function unchanged(_node: OnnxNode, inputs: readonly Plane[], refuse: Refuse): Plane {
  return { ...pictureOf(inputs, refuse), dims: null };
}

/** A picture with another of its size, or with one number. */
function joined(_node: OnnxNode, inputs: readonly Plane[], refuse: Refuse): Plane {
  const pictures = inputs.filter((input) => input.scale !== null);
  const constants = inputs.filter((input) => input.scale === null);
  const [first, second] = pictures;
  if (inputs.length !== 2 || !first) return refuse('does not join two values');
  if (second && (second.channels !== first.channels || second.scale !== first.scale)) {
    refuse('joins pictures of different sizes');
  }
  if (constants.some((constant) => (constant.dims ?? []).some((dim) => dim !== 1))) {
    refuse('joins a picture with more than one number');
  }
  return { ...first, dims: null };
}

function checkConvolution(node: OnnxNode, inputs: readonly Plane[], refuse: Refuse): Plane {
  const { channels, scale } = pictureOf(inputs, refuse);
  const [, kernel, bias] = inputs;
  const [outputs = 0, wanted, height = 0, width = 0] = kernel?.dims ?? [];
  if (kernel?.dims?.length !== 4 || wanted !== channels) refuse(`has no kernel for ${channels} channels`);
  if (height > MAX_KERNEL || width > MAX_KERNEL) refuse(`has a kernel of ${height} x ${width}`);
  if (bias && (bias.dims?.length !== 1 || bias.dims[0] !== outputs)) refuse('has a bias of another size');
  const pads = [(height - 1) / 2, (width - 1) / 2];
  const expected: Record<string, readonly number[]> = {
    kernel_shape: [height, width],
    pads: [...pads, ...pads],
    strides: [1, 1],
    dilations: [1, 1],
  };
  for (const [name, attribute] of Object.entries(node.attributes)) {
    const plain =
      name === 'group'
        ? isInt(attribute, 1)
        : attribute.kind === 'ints' && same(attribute.value, expected[name]);
    if (!plain) refuse(`has the attribute "${name}", which is not allowed or not plain`);
  }
  if (height > 1 && !node.attributes['pads']) refuse('does not keep the size of the picture');
  return { channels: outputs, scale, dims: null };
}

function pictureOf(inputs: readonly Plane[], refuse: Refuse): { channels: number; scale: number } {
  const { channels, scale } = inputs[0]!;
  return scale === null ? refuse('reads no picture') : { channels, scale };
}

function blockOf(node: OnnxNode, refuse: Refuse): number {
  const block = node.attributes['blocksize'];
  const valid = block?.kind === 'int' && block.value >= 1 && block.value <= MAX_BLOCK;
  return valid ? block.value : refuse('has no plain block size');
}

const isInt = (attribute: OnnxAttribute, value: number): boolean =>
  attribute.kind === 'int' && attribute.value === value;

const same = (a: readonly number[], b: readonly number[] | undefined): boolean =>
  b !== undefined && a.length === b.length && a.every((value, k) => value === b[k]);
