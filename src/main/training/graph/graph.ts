import type {
  OnnxAttribute,
  OnnxDataType,
  OnnxDim,
  OnnxGraph,
  OnnxNode,
  OnnxTensor,
  OnnxValueInfo,
} from '../../../formats/onnx/onnx-model.ts';
import { floatTensor, int64Tensor } from '../../../formats/onnx/onnx-tensors.ts';

/** A tensor of the graph under construction. A length given by name is known only at run time. */
export interface Value {
  readonly name: string;
  readonly shape: readonly OnnxDim[];
}

/** Emits what turns the derivative of the loss by an output into those by the inputs; null for none. */
export type Pullback = (outputGradient: Value) => readonly (Value | null)[];

/** One differentiable step as it was made: what came out, of what, and how derivatives go back. */
export interface TapeStep {
  readonly output: Value;
  readonly inputs: readonly Value[];
  readonly pullback: Pullback;
}

/**
 * An ONNX graph under construction. `emit` adds a bare operator; the differentiable operators in this folder also
 * `record` their derivative, which `gradients` later walks backwards.
 */
export interface Graph {
  readonly tape: readonly TapeStep[];
  input(name: string, dataType: OnnxDataType, shape: readonly OnnxDim[]): Value;
  /** A float32 constant stored in the file. */
  constant(shape: readonly number[], values: Float32Array | readonly number[], name?: string): Value;
  /** One float32 number, stored once however often it is asked for. */
  scalar(value: number): Value;
  /** A list of int64 numbers (axes, starts, shapes), stored once however often it is asked for. */
  integers(values: readonly number[]): Value;
  /** Any other constant. */
  store(tensor: OnnxTensor): Value;
  /** Adds a node with one output. */
  emit(
    op: string,
    inputs: readonly Value[],
    shape: readonly OnnxDim[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): Value;
  record(output: Value, inputs: readonly Value[], pullback: Pullback): Value;
  /** The graph so far, with these values as outputs under these names. */
  build(name: string, outputs: Readonly<Record<string, Value>>): OnnxGraph;
}

/** An empty graph. */
export function createGraph(): Graph {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const tape: TapeStep[] = [];
  const shared = new Map<string, Value>();
  let count = 0;

  const once = (key: string, make: () => Value): Value => {
    const known = shared.get(key);
    if (known) return known;
    const made = make();
    shared.set(key, made);
    return made;
  };
  const store = (tensor: OnnxTensor): Value => {
    initializers.push(tensor);
    return { name: tensor.name, shape: tensor.dims };
  };

  return {
    tape,
    input(name, dataType, shape) {
      inputs.push({ name, dataType, dims: shape });
      return { name, shape };
    },
    constant: (shape, values, name = `constant_${count++}`) => store(floatTensor(name, shape, values)),
    scalar: (value) => once(`scalar ${value}`, () => store(floatTensor(`scalar_${count++}`, [], [value]))),
    integers: (values) =>
      once(`integers ${values.join()}`, () =>
        store(int64Tensor(`integers_${count++}`, [values.length], values)),
      ),
    store,
    emit(op, operands, shape, attributes = {}) {
      const name = `${op.toLowerCase()}_${count++}`;
      nodes.push({
        name,
        op,
        domain: '',
        inputs: operands.map((operand) => operand.name),
        outputs: [name],
        attributes,
      });
      return { name, shape };
    },
    record(output, operands, pullback) {
      tape.push({ output, inputs: operands, pullback });
      return output;
    },
    build(name, outputs) {
      const named = Object.entries(outputs).map(([output, value]): [OnnxNode, OnnxValueInfo] => [
        {
          name: `output_${output}`,
          op: 'Identity',
          domain: '',
          inputs: [value.name],
          outputs: [output],
          attributes: {},
        },
        { name: output, dataType: 'float32', dims: value.shape },
      ]);
      return {
        name,
        nodes: [...nodes, ...named.map(([node]) => node)],
        initializers,
        inputs,
        outputs: named.map(([, info]) => info),
      };
    },
  };
}

/** The shape as numbers. @throws Error for a length known only at run time: derivatives need them all */
export function fixedShape(value: Value): number[] {
  return value.shape.map((dim) => {
    if (typeof dim !== 'number') throw new Error(`${value.name} has the free length "${dim}"`);
    return dim;
  });
}
