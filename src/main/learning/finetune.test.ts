import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedProject, drawnScan } from '../../../tests/fixtures/accepted-project.ts';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { checkModel } from '../inference/check-model.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import { layOutParameters } from '../training/net/parameter-layout.ts';
import { parametersFromModel } from '../training/net/parameters-from-model.ts';
import { finetune, type FinetuneOptions, type FinetunePoint } from './finetune.ts';
import { parseFinetuneConfig } from './finetune-config.ts';
import { makeTrainingSet, setsFolder } from './make-training-set.ts';
import { readManifest } from './set-files.ts';

const CONFIG = parseFinetuneConfig({
  name: 'tiny',
  steps: 8,
  batch: 4,
  patchPx: 32,
  rate: { peak: 0.01, warmupSteps: 2 },
  patchesPerPage: 4,
  pagesPerBlock: 2,
  replayPages: { presets: ['plain'], records: [], cropPx: 96 },
  validation: { everySteps: 4, patience: 5, cropPx: 64, cropsPerPage: 3, crops: 6, replay: 1, snrPages: 1 },
  checkpointSeconds: 0,
  logEverySteps: 2,
  threads: 1,
});

let dir: string;
let set: FinetuneOptions['set'];
let parent: FinetuneOptions['parent'];
const run = (name: string, options: Partial<FinetuneOptions> = {}) =>
  finetune({ config: CONFIG, set, parent, out: join(dir, name), ...options });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tracewright-tune-'));
  const scans = { 'a.png': await drawnScan(1), 'b.png': await drawnScan(2), 'c.png': await drawnScan(3) };
  const project = acceptedProject(dir, scans);
  const processes = openPageProcesses({ size: 1 });
  const { hash } = await makeTrainingSet(project, createCorrectedPages(project), processes);
  const folder = join(setsFolder(project), hash);
  set = { folder, hash, pages: (await readManifest(folder, hash)).pages };
  await processes.close();
  project.close();
  const path = join(dir, 'parent.onnx');
  const bytes = smallModel(3);
  await writeFile(path, bytes);
  parent = { path, name: 'parent.onnx', sha256: createHash('sha256').update(bytes).digest('hex') };
});

afterAll(() => rm(dir, { recursive: true, force: true }));

describe('fine-tuning', () => {
  test('stopped and resumed gives the same bits as in one go', async () => {
    const points: FinetunePoint[] = [];
    const straight = await run('straight', { onPoint: (point) => points.push(point) });
    expect(straight.ended).toBe('steps');
    expect((await run('halved', { stopAfter: 3 })).candidate).toBeNull();
    expect((await run('halved', { stopAfter: 5 })).ended).toBe('stopped');
    const resumed = await run('halved');
    expect(resumed.state).toEqual(straight.state);
    expect(resumed.candidate).toMatchObject({
      sha256: straight.candidate!.sha256,
      step: straight.candidate!.step,
    });

    expect(points.map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      'validation 0',
      'step 2',
      'step 4',
      'validation 4',
      'step 6',
      'step 8',
      'validation 8',
      // The candidate itself is measured, too, but it is no point of the curve.
    ]);
    const lines = (name: string) => readFile(join(dir, name, 'curves.jsonl'), 'utf8');
    const metrics = async (name: string) =>
      (await lines(name))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as FinetunePoint)
        .flatMap((point) => (point.kind === 'validation' ? [{ ...point, seconds: 0 }] : []));
    expect(await metrics('halved')).toEqual(await metrics('straight'));
  });

  test('learns from the pages of the set, and leaves a candidate that can be used, with its origin', async () => {
    const bytes = await readFile(join(dir, 'straight', 'tiny-straight.onnx'));
    checkModel(bytes);
    const card = JSON.parse(await readFile(join(dir, 'straight', 'tiny-straight.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(card).toMatchObject({
      name: 'tiny-straight',
      precision: 'int8',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      finetuned: {
        set: set.hash,
        parent: parent.sha256,
        parentName: 'parent.onnx',
        trained: 1,
        replayShare: 0.5,
        // One page to stop by is too few to choose by their SNR.
        mix: { by: 'default', pages: 0, share: 0.25 },
      },
    });
    const { metrics } = card as { metrics: { float: { loss: number }; baseline: { loss: number } } };
    expect(metrics.float.loss).toBeLessThan(metrics.baseline.loss);
  });

  test('chooses how far to go by pages read whole when there are enough', async () => {
    const mix = { ...CONFIG.mix, shares: [0.5, 1], pages: 3, leastPages: 1 };
    const { candidate } = await run('by-snr', { config: { ...CONFIG, mix } });
    const { by, pages, share, tried } = candidate!.finetuned!.mix;
    expect([by, pages, tried.length]).toEqual(['snr', 1, 2]);
    expect(tried.find((one) => one.share === share)!.snrDb).toBe(
      Math.max(...tried.map(({ snrDb }) => snrDb!)),
    );
  });

  test('leaves kernels alone when only scales are to learn', async () => {
    const { state } = await run('scales', { config: { ...CONFIG, learn: 'scales' } });
    const { shape, parameters } = parametersFromModel(checkModel(await readFile(parent.path)));
    const { places } = layOutParameters(shape);
    for (const { layer, kernelAt, gainAt, end } of places) {
      const isSame = (from: number, to: number) =>
        state.parameters.subarray(from, to).every((value, k) => value === parameters[from + k]);
      if (gainAt !== null) expect(isSame(kernelAt, gainAt), layer.name).toBe(true);
      expect(isSame(gainAt ?? kernelAt, end), layer.name).toBe(false);
    }
  });

  test('refuses other settings in the same folder, sets without pages to stop by, and too little memory', async () => {
    await expect(run('straight', { config: { ...CONFIG, seed: 9 } })).rejects.toThrow(
      /other settings, another set/,
    );
    const alone = { ...set, pages: set.pages.filter(({ part }) => part !== 'validation') };
    await expect(run('alone', { set: alone })).rejects.toThrow(/at least three patients/);
    await expect(run('narrow', { config: { ...CONFIG, memoryMb: 10 } })).rejects.toThrow(/may hold 10/);
  });

  test('ends when its time is over, with what it has', async () => {
    const { ended, state, candidate } = await run('short', { config: { ...CONFIG, minutes: 1e-9 } }).catch(
      (thrown: unknown) => ({ ended: String(thrown), state: null, candidate: null }),
    );
    expect(ended).toMatch(/too short for a single step/);
    expect([state, candidate]).toEqual([null, null]);
  });
});

test.each([
  [{ steps: 0 }, /steps/],
  [{ nonsense: 1 }, /nonsense/],
  [{ replay: 1 }, /nothing would be left/],
])('settings %o are refused', (settings, message) => {
  expect(() => parseFinetuneConfig(settings)).toThrow(message);
});
