import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { openModels, type Models, type ModelsOptions } from './open-models.ts';

const MOODY = new URL('../../../tests/robustness/fixtures/moody-model-child.ts', import.meta.url);

interface Bench {
  readonly dir: string;
  readonly project: Project;
  readonly models: Models;
  /** Writes a file to import and returns its path. */
  readonly file: (name: string, bytes: Uint8Array | string) => string;
  /** Files in the project's folder of models. */
  readonly stored: () => string[];
  readonly changes: () => number;
}

/** A project with its models; a model with the seed 1 comes with the program. */
async function bench(options: Partial<ModelsOptions> = {}, dir = tempDir()): Promise<Bench> {
  const file = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(dir, name), bytes);
    return join(dir, name);
  };
  file('own.onnx', smallModel(1));
  file('own.json', card('own.onnx', smallModel(1)));
  const project = openProject(join(dir, 'project'));
  let changes = 0;
  const onChange = (): void => void changes++;
  const models = await openModels(project, { bundledFolder: dir, isUsing: () => false, onChange, ...options });
  onTestFinished(async () => {
    await models.close();
    project.close();
  });
  const stored = (): string[] => {
    try {
      return readdirSync(join(dir, 'project/models'));
    } catch {
      return [];
    }
  };
  return { dir, project, models, file, stored, changes: () => changes };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function card(file: string, bytes: Uint8Array): string {
  return JSON.stringify({
    name: 'own',
    file,
    sha256: digest(bytes),
    bytes: bytes.length,
    contract: 'tracewright-segmentation-1',
    opset: 17,
    precision: 'float32',
    revision: null,
    step: 3,
    seconds: 1,
    data: { trained: 2, heldOut: ['a'], excluded: [] },
    metrics: { step: 3, classes: { trace: { dice: 0.5 } } },
    settings: {},
  });
}

test('a new project uses the model that comes with the program, on the processor', async () => {
  const { models, dir } = await bench();
  expect(models.pageModel()).toEqual({
    path: join(dir, 'own.onnx'),
    version: `own.onnx ${digest(smallModel(1)).slice(0, 12)}`,
    sha256: digest(smallModel(1)),
    mirror: false,
    provider: 'cpu',
  });
  const state = await models.state();
  expect(state).toMatchObject({ choice: 'bundled', mirror: false, running: 'cpu', checking: false, providers: [] });
  expect(state.models).toMatchObject([
    { key: 'bundled', name: 'own.onnx', problem: null, facts: { step: 3, trainedRecords: 2, dice: { trace: 0.5 } } },
  ]);
});

test('an imported model is copied with its card, chosen, and removed', async () => {
  const { models, file, stored, dir } = await bench();
  const bytes = smallModel(2);
  const path = file('Stützlinie 2.onnx', bytes);
  file('Stützlinie 2.json', card('Stützlinie 2.onnx', bytes));
  const { key, known } = await models.import(path);
  expect(known).toBe(false);
  expect(stored()).toEqual([`Stützlinie-2-${digest(bytes).slice(0, 16)}.onnx`]);
  expect(readFileSync(join(dir, 'project/models', stored()[0]!))).toEqual(Buffer.from(bytes));
  models.choose({ model: key, mirror: true });
  expect(models.pageModel()).toMatchObject({ version: expect.stringMatching(/^Stützlinie 2\.onnx /), mirror: true });
  const state = await models.state();
  expect(state.models[1]).toMatchObject({ key, source: path, problem: null, facts: { step: 3 } });
  expect(await models.import(file('again.onnx', bytes))).toEqual({ key, known: true });
  expect(await models.import(file('mine.onnx', smallModel(1)))).toEqual({ key: 'bundled', known: true });

  await models.remove(key as number);
  expect(stored()).toEqual([]);
  expect(await models.state()).toMatchObject({ choice: 'bundled', mirror: true, models: [{ key: 'bundled' }] });
  await expect(models.remove(key as number)).rejects.toMatchObject({ code: 'not-found' });
  expect(() => models.choose({ model: key })).toThrow(expect.objectContaining({ code: 'not-found' }));
  models.choose({ model: 'none' });
  expect(models.pageModel()).toBeNull();
  expect(await models.state()).toMatchObject({ choice: 'none', running: null });
});

test('a choice that cannot be read, or of a model that is not there, is that of a new project', async () => {
  const { models, project } = await bench();
  for (const damaged of [{ model: 99 }, { model: '../x', mirror: 'yes', provider: 3 }, 'bundled', null]) {
    project.settings.set('model', damaged);
    expect(models.pageModel()).toMatchObject({ path: expect.stringMatching(/own\.onnx$/) as string, mirror: false });
    expect((await models.state()).choice).toBe('bundled');
  }
});

test('a card that belongs to another file does not come along', async () => {
  const { models, file } = await bench();
  file('b.json', card('b.onnx', smallModel(3)));
  const { key } = await models.import(file('b.onnx', smallModel(2)));
  expect((await models.state()).models.find((model) => model.key === key)).toMatchObject({ facts: null });
});

test('what is no model is refused with its name, the reason and the contract, and leaves nothing', async () => {
  const { models, file, stored, dir } = await bench();
  const refusals: [string, string, RegExp][] = [
    [file('text.onnx', 'This is no model.'), 'corrupt', /"text\.onnx" cannot be used\. .*no ONNX model/],
    [file('empty.onnx', ''), 'corrupt', /"empty\.onnx"/],
    [file('half.onnx', smallModel(2).subarray(0, 700)), 'corrupt', /"half\.onnx"/],
    [file('large.onnx', new Uint8Array(26 << 20)), 'too-large', /"large\.onnx" has 26\.0 MB/],
    [file('model.bin', smallModel(2)), 'unsupported', /does not end in \.onnx/],
  ];
  for (const [path, code, words] of refusals) {
    const refusal = await models.import(path).catch((thrown: unknown) => thrown as Error);
    expect(refusal, path).toMatchObject({ code });
    expect((refusal as Error).message).toMatch(words);
    expect((refusal as Error).message).toContain('"probabilities" float32 [N, 4, H, W]');
  }
  await expect(models.import(join(dir, 'none.onnx'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(models.import('own.onnx')).rejects.toMatchObject({ code: 'usage' });
  mkdirSync(join(dir, 'folder.onnx'));
  await expect(models.import(join(dir, 'folder.onnx'))).rejects.toMatchObject({ code: 'unreadable' });
  expect(stored()).toEqual([]);
});

test('a model that crashes or hangs ONNX Runtime is refused, and the next one is taken', async () => {
  const { models, file, stored } = await bench({ entry: MOODY, limitMs: 4000 });
  await expect(models.import(file('dies.onnx', smallModel(2)))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringMatching(/"dies\.onnx" cannot be used\. .*crashed.*SIGSEGV/) as string,
  });
  await expect(models.import(file('hangs.onnx', smallModel(3)))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringMatching(/"hangs\.onnx" cannot be used\. .*hung.*longer than 4 s/) as string,
  });
  expect(stored()).toEqual([]);
  expect(await models.import(file('good.onnx', smallModel(4)))).toMatchObject({ known: false });
});

test('a model file that was changed or lost is told, and importing it again brings it back', async () => {
  const { models, file, stored, dir } = await bench();
  const path = file('b.onnx', smallModel(2));
  const { key } = await models.import(path);
  const place = join(dir, 'project/models', stored()[0]!);
  const problem = async () => (await models.state()).models.find((model) => model.key === key)!.problem;
  writeFileSync(place, readFileSync(place).fill(1, 200, 201));
  expect(await problem()).toMatch(/was changed/);
  rmSync(place);
  expect(await problem()).toMatch(/is gone/);
  expect(await models.import(path)).toEqual({ key, known: true });
  expect(await problem()).toBeNull();
});

test('a model that pages are being digitized with is not removed', async () => {
  const inUse = new Set<string>();
  const { models, file, stored, dir } = await bench({ isUsing: (path) => inUse.has(path) });
  const { key } = await models.import(file('b.onnx', smallModel(2)));
  inUse.add(join(dir, 'project/models', stored()[0]!));
  await expect(models.remove(key as number)).rejects.toMatchObject({ code: 'locked' });
  expect(stored()).toHaveLength(1);
});

test('providers are tried once, each alone; the quickest that is right runs, or the one that was chosen', async () => {
  const { models, changes } = await bench({ entry: MOODY, limitMs: 4000 });
  expect(() => models.choose({ provider: 'quick' })).toThrow(/not tried yet/);
  await models.checkProviders();
  const state = await models.state();
  const reasons = Object.fromEntries(state.providers.map(({ name, reason }) => [name, reason]));
  expect(reasons).toEqual({
    cpu: null,
    quick: null,
    wrong: 'It computes something else (off by 0.03).',
    crashing: expect.stringMatching(/crashed.*SIGSEGV/) as string,
    hanging: expect.stringMatching(/hung/) as string,
    elsewhere: 'Not part of the program.',
  });
  expect(state).toMatchObject({ running: 'quick', provider: 'auto', checking: false });
  expect(state.why).toMatch(/times as quick/);
  expect(models.pageModel()).toMatchObject({ provider: 'quick' });
  expect(() => models.choose({ provider: 'wrong' })).toThrow(/computes something else/);
  models.choose({ provider: 'cpu' });
  expect(await models.state()).toMatchObject({ running: 'cpu', why: 'You chose it.' });
  const before = changes();
  await models.checkProviders();
  expect(changes()).toBe(before);
});
