import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import type { OnnxModel } from './onnx-model.ts';
import { floatTensor, floatsOf, int64Tensor, int8Tensor } from './onnx-tensors.ts';
import { readOnnx } from './read-onnx.ts';
import { writeOnnx } from './write-onnx.ts';

const MODEL: OnnxModel = {
  irVersion: 8,
  producer: 'tracewright',
  opsets: { '': 17 },
  metadata: { contract: 'x' },
  graph: {
    name: 'g',
    nodes: [
      {
        name: 'n0',
        op: 'Conv',
        domain: '',
        inputs: ['x', 'w', ''],
        outputs: ['y'],
        attributes: {
          pads: { kind: 'ints', value: [1, 1, 1, 1] },
          group: { kind: 'int', value: -1 },
          alpha: { kind: 'float', value: 0.5 },
          scales: { kind: 'floats', value: [1, 2.5] },
          mode: { kind: 'string', value: 'DCR' },
          value: { kind: 'tensor', value: int64Tensor('t', [2], [-3, 7]) },
        },
      },
    ],
    initializers: [
      floatTensor('w', [1, 2, 1, 1], [0.25, -4]),
      int8Tensor('q', [3], Int8Array.of(-128, 0, 127)),
    ],
    inputs: [{ name: 'x', dataType: 'float32', dims: ['N', 2, 'H', 'W'] }],
    outputs: [{ name: 'y', dataType: 'float32', dims: null }],
  },
};

describe('ONNX files', () => {
  test('come back as they were written', () => {
    expect(readOnnx(writeOnnx(MODEL))).toEqual(MODEL);
    expect([...floatsOf(readOnnx(writeOnnx(MODEL)).graph.initializers[0]!)]).toEqual([0.25, -4]);
  });

  test('keep any tensor', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { maxLength: 40 }), fc.string(), (values, name) => {
        const graph = { ...MODEL.graph, initializers: [floatTensor(name, [values.length], values)] };
        const [back] = readOnnx(writeOnnx({ ...MODEL, graph })).graph.initializers;
        expect(back!.name).toBe(name);
        expect(floatsOf(back!)).toEqual(Float32Array.from(values));
      }),
    );
  });

  test('damaged anywhere are read or refused, never anything else', () => {
    const bytes = writeOnnx(MODEL);
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(bytes.length),
        (at, value, length) => {
          const damaged = bytes.slice(0, Math.max(length, 1));
          damaged[at % damaged.length] = value;
          try {
            readOnnx(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });

  test('that promise more elements than they hold are corrupt', () => {
    const graph = {
      ...MODEL.graph,
      initializers: [{ ...floatTensor('w', [1], [1]), dims: [2 ** 40, 2 ** 40] }],
    };
    expect(() => readOnnx(writeOnnx({ ...MODEL, graph }))).toThrow(/"w" of shape/);
  });

  test('with data in other files are refused', () => {
    // TensorProto { data_type: 1, name: "e", data_location: EXTERNAL } as the only initializer of the graph.
    const tensor = [0x10, 1, 0x42, 1, 0x65, 0x70, 1];
    const graph = [0x2a, tensor.length, ...tensor];
    expect(() => readOnnx(Uint8Array.of(0x3a, graph.length, ...graph))).toThrow(/outside the file/);
  });

  test('that are none are corrupt', () => {
    expect(() => readOnnx(new Uint8Array(0))).toThrow(/no graph/);
    expect(() => readOnnx(new TextEncoder().encode('version https://git-lfs'))).toThrow(/no ONNX model/);
  });
});
