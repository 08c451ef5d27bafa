import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { readOnnx } from '../../../formats/onnx/read-onnx.ts';
import { createRandom } from '../../../core/synthesis/random.ts';
import { initParameters } from '../net/init-parameters.ts';
import { layOutParameters } from '../net/parameter-layout.ts';
import { parametersFromModel } from '../net/parameters-from-model.ts';
import { encodeModel } from './export-model.ts';
import { readRun } from './read-run.ts';

const shape = { widths: [4, 6], classes: 4 };
const parameters = initParameters(layOutParameters(shape), createRandom(4));
const facts = {
  settings: {
    name: 'tiny',
    seed: 1,
    net: { widths: shape.widths },
    steps: 1,
    batch: 1,
    patchPx: 32,
    rate: { peak: 0.01, warmupSteps: 1 },
    data: { simulatedShare: 1, cropPx: 64, patchesPerPage: 1, pagesPerBlock: 1 },
    validation: { pages: 1, cropPx: 64, everySteps: 1 },
  },
  step: 7,
  seconds: 9,
  records: { trained: 3, heldOut: ['a'] },
  revision: 'r2',
  elsewhere: { trainer: 'somebody', batch: 4 },
};

const made: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-elsewhere-'));
  made.push(folder);
  await writeFile(join(folder, 'best.f32'), parameters);
  await writeFile(join(folder, 'best.run.json'), JSON.stringify(facts));
});
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true, force: true }))));

it('makes the model of the parameters, and its card', async () => {
  const { bytes, card, config } = await readRun(folder, 'best');
  expect(Buffer.from(bytes).equals(encodeModel(shape, parameters))).toBe(true);
  expect(parametersFromModel(readOnnx(bytes)).shape).toEqual(shape);
  expect(config.net.widths).toEqual(shape.widths);
  expect(card).toMatchObject({
    name: 'tiny',
    step: 7,
    seconds: 9,
    revision: 'r2',
    precision: 'float32',
    data: { trained: 3, heldOut: ['a'], excluded: [] },
    elsewhere: facts.elsewhere,
  });
});

it('refuses what does not fit together', async () => {
  await expect(readRun(folder, 'latest')).rejects.toMatchObject({ code: 'not-found' });
  await writeFile(join(folder, 'best.f32'), parameters.subarray(1));
  await expect(readRun(folder, 'best')).rejects.toThrow(/has \d+ bytes; a network of 4-6 has/);
  await writeFile(
    join(folder, 'best.f32'),
    parameters.map((value, k) => (k === 5 ? NaN : value)),
  );
  await expect(readRun(folder, 'best')).rejects.toThrow(/not finite/);
  await writeFile(join(folder, 'best.run.json'), '{}');
  await expect(readRun(folder, 'best')).rejects.toMatchObject({ code: 'corrupt' });
  await rm(join(folder, 'best.run.json'));
  await expect(readRun(folder, 'best')).rejects.toMatchObject({ code: 'not-found' });
});
