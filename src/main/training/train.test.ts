import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { SYNTH_PRESETS } from '../../core/synthesis/random-page/synth-preset.ts';
import { checkModel } from '../inference/check-model.ts';
import { findBundledModel } from '../inference/find-bundled-model.ts';
import type { ModelCard } from '../inference/model-card.ts';
import { readCheckpoint } from './checkpoint.ts';
import { publishModel } from './export/publish-model.ts';
import { train } from './train.ts';
import { parseTrainingConfig } from './training-config.ts';

const CONFIG = parseTrainingConfig({
  name: 'tiny',
  seed: 3,
  net: { widths: [4, 6] },
  steps: 8,
  batch: 2,
  patchPx: 32,
  rate: { peak: 0.02, warmupSteps: 2 },
  data: {
    simulatedShare: 1,
    cropPx: 96,
    patchesPerPage: 3,
    pagesPerBlock: 2,
    uses: 1,
  },
  validation: { pages: 1, cropPx: 64, everySteps: 4 },
  logEverySteps: 3,
  checkpointSeconds: 1000,
});

let folder: string;
const lines: string[] = [];
const run = (name: string, options: { stopAfter?: number; resume?: boolean; workers?: number } = {}) =>
  train({
    config: { ...CONFIG, workers: options.workers ?? 1 },
    out: join(folder, name),
    bases: [],
    revision: 'r1',
    onLine: (line) => lines.push(line),
    ...options,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-train-'));
});

describe('training', () => {
  test('stopped and resumed gives the same bits as in one go, whatever the number of threads', async () => {
    const straight = await run('straight');
    expect((await run('halved', { stopAfter: 3, workers: 2 })).ended).toBe('stopped');
    const resumed = await run('halved', { resume: true });
    expect(resumed.ended).toBe('steps');
    expect(resumed.state).toEqual(straight.state);
    expect(resumed.state.step).toBe(8);

    const curves = async (name: string) => {
      const text = await readFile(join(folder, name, 'curves.jsonl'), 'utf8');
      const points = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      return points.filter(({ kind }) => kind === 'validation').map(({ seconds: _, ...rest }) => rest);
    };
    expect(await curves('halved')).toEqual(await curves('straight'));
    expect(await curves('straight')).toHaveLength(2);
  });

  test('leaves a model that can be used, with its card', async () => {
    const bytes = await readFile(join(folder, 'straight', 'best.onnx'));
    checkModel(bytes);
    const card = JSON.parse(await readFile(join(folder, 'straight', 'best.json'), 'utf8')) as ModelCard;
    expect(card).toMatchObject({
      name: 'tiny',
      file: 'best.onnx',
      bytes: bytes.length,
      revision: 'r1',
      opset: 17,
    });
    expect(card.metrics).toMatchObject({ step: expect.any(Number), loss: expect.any(Number) });
    expect(lines.some((line) => /^step 8 held out: loss/.test(line))).toBe(true);
  });

  test('refuses to overwrite a run, and to go on with other settings', async () => {
    await expect(run('straight')).rejects.toThrow(/--resume goes on/);
    const other = { ...CONFIG, seed: 4 };
    const out = join(folder, 'straight');
    await expect(train({ config: other, out, bases: [], resume: true })).rejects.toThrow(/other settings/);
  });

  test('notices a damaged checkpoint', async () => {
    const path = join(folder, 'straight', 'checkpoint.bin');
    const bytes = await readFile(path);
    expect((await readCheckpoint(path))!.state.step).toBe(8);
    bytes[bytes.length - 5]! ^= 1;
    const damaged = join(folder, 'damaged.bin');
    await writeFile(damaged, bytes);
    await expect(readCheckpoint(damaged)).rejects.toThrow(/no whole checkpoint/);
    await writeFile(damaged, bytes.subarray(0, 7));
    await expect(readCheckpoint(damaged)).rejects.toThrow(/no whole checkpoint/);
    expect(await readCheckpoint(join(folder, 'none.bin'))).toBeNull();
  });
});

test.each([
  [{ patchPx: 30 }, /patchPx is 30, not a multiple of 4/],
  [{ steps: 0 }, /steps/],
  [{ nonsense: 1 }, /nonsense/],
  [{ data: { ...CONFIG.data, simulatedShare: 0.5 } }, /Without data.records/],
  [{ data: { ...CONFIG.data, cropPx: 16 } }, /do not fit/],
])('settings %o are refused', (change, message) => {
  expect(() => parseTrainingConfig({ ...CONFIG, ...change })).toThrow(message);
});

test.each([false, true])('a run becomes a bundled model (int8: %s)', async (int8) => {
  const out = join(folder, `models-${int8}`);
  const runFolder = join(folder, 'straight');
  const { card, kinds, before } = await publishModel({
    run: runFolder,
    which: 'latest',
    out,
    name: 'x',
    int8,
    pagesPerKind: int8 ? 1 : 0,
    bases: [],
  });
  expect(before === null).toBe(!int8);
  // Each kind of page by itself, all but 'mixed'.
  expect(Object.keys(kinds)).toHaveLength(int8 ? SYNTH_PRESETS.length - 1 : 0);
  const bundled = await findBundledModel(out);
  expect(bundled).toEqual({ path: join(out, 'x.onnx'), card });
  const bytes = await readFile(bundled!.path);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.sha256);
  expect(card).toMatchObject({ precision: int8 ? 'int8' : 'float32', step: 8, metrics: { step: 8 } });
  checkModel(bytes);
  const nowhere = {
    run: out,
    which: 'best',
    out,
    name: 'x',
    int8,
    pagesPerKind: int8 ? 1 : 0,
    bases: [],
  } as const;
  await expect(publishModel(nowhere)).rejects.toThrow(/holds no best.onnx/);
});

test('a folder without models has none bundled', async () => {
  expect(await findBundledModel(join(folder, 'straight'))).toMatchObject({ card: { file: 'latest.onnx' } });
  await writeFile(join(folder, 'x.json'), '{"contract": "another"}');
  expect(await findBundledModel(folder)).toBeNull();
  expect(await findBundledModel(join(folder, 'nowhere'))).toBeNull();
});
