import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  CandidateModel,
  LearningState,
  TrainingRunRecord,
} from '../../../../shared/api/learning-record.ts';
import { layLineage } from './lay-lineage.ts';
import { kinOf, lineageOf } from './lineage.ts';

const model = (sha256: string, origin: CandidateModel['origin'] = null, addedAt = 1): CandidateModel => ({
  sha256,
  name: `${sha256}.onnx`,
  addedAt,
  origin,
  inUse: false,
  proof: null,
  comparisons: [],
});
const run = (id: number, parent: string, set: string, candidate: string | null): TrainingRunRecord => ({
  id,
  set,
  parent,
  parentName: `${parent}.onnx`,
  state: candidate === null ? 'paused' : 'done',
  candidate,
  message: null,
  createdAt: 10 * id,
  steps: 300,
  minutes: 15,
  settings: {},
  progress: null,
});
const sets = (...hashes: string[]): LearningState['sets'] =>
  hashes.map((hash, i) => ({ hash, createdAt: i, figures: {} as never }));

describe('lineage', () => {
  test('a model comes of a fine-tuning, that of a model and a set', () => {
    const origin = { set: 's1', parent: 'a', parentName: 'a.onnx', share: 0.5 };
    const found = lineageOf({
      models: [model('a'), model('b', origin)],
      runs: [run(1, 'a', 's1', 'b')],
      sets: sets('s1'),
    });
    expect(found.edges).toEqual([
      { from: 'model a', to: 'run 1' },
      { from: 'set s1', to: 'run 1' },
      { from: 'run 1', to: 'model b' },
    ]);
    const laid = layLineage(found);
    expect(laid.nodes.map(({ key, column }) => [key, column]).sort()).toEqual([
      ['model a', 0],
      ['model b', 2],
      ['run 1', 1],
      ['set s1', 0],
    ]);
  });

  test('what is gone stands where others tell of it; an unknown fine-tuning is left out', () => {
    const found = lineageOf({
      models: [model('c', { set: 'lost', parent: 'elsewhere', parentName: '', share: null })],
      runs: [run(2, 'old', 's9', 'removed')],
      sets: [],
    });
    expect(
      found.nodes
        .filter(({ gone }) => gone)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['model elsewhere', 'model old', 'model removed', 'set lost', 'set s9']);
    expect(found.edges).toContainEqual({ from: 'model elsewhere', to: 'model c' });
    expect(layLineage(found).nodes.find(({ key }) => key === 'model c')!.column).toBe(2);
  });

  test('kin are all that a node came of and all that came of it, not what these came of', () => {
    const found = lineageOf({
      models: [model('a'), model('b'), model('c')],
      runs: [run(1, 'a', 's1', 'b'), run(2, 'b', 's2', 'c'), run(3, 'a', 's2', null)],
      sets: sets('s1', 's2'),
    });
    expect([...kinOf(found, 'model b')].sort()).toEqual([
      'model a',
      'model b',
      'model c',
      'run 1',
      'run 2',
      'set s1',
    ]);
  });

  test('boxes never lie over each other, and stand right of what they came of', () => {
    const digest = fc.integer({ min: 0, max: 6 }).map((n) => `m${n}`);
    const state = fc.record({
      models: fc.uniqueArray(digest, { maxLength: 7 }).map((names) => names.map((name) => model(name))),
      runs: fc
        .array(fc.record({ parent: digest, set: fc.constantFrom('s0', 's1', 's2'), made: fc.boolean() }), {
          maxLength: 8,
        })
        .map((list) => list.map(({ parent, set, made }, i) => run(i, parent, set, made ? `n${i}` : null))),
      sets: fc.constant(sets('s0', 's1')),
    });
    fc.assert(
      fc.property(state, (some) => {
        const { nodes, edges, width, height } = layLineage(lineageOf(some));
        const at = new Map(nodes.map((node) => [node.key, node]));
        for (const a of nodes) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
          for (const b of nodes) {
            if (a === b || a.column !== b.column) continue;
            expect(a.y + a.height <= b.y + 1e-6 || b.y + b.height <= a.y + 1e-6).toBe(true);
          }
        }
        for (const { from, to } of edges) expect(at.get(from)!.x).toBeLessThan(at.get(to)!.x);
      }),
    );
  });

  test('models that name each other as parents are laid out all the same', () => {
    const of = (parent: string) => ({ set: 's', parent, parentName: '', share: null });
    const found = lineageOf({ models: [model('a', of('b')), model('b', of('a'))], runs: [], sets: [] });
    expect(layLineage(found).nodes).toHaveLength(3);
  });
});
