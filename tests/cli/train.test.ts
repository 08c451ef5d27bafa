import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/main/cli/run-cli.ts';

const SETTINGS = {
  name: 'tiny',
  seed: 1,
  net: { widths: [4, 6] },
  steps: 3,
  batch: 2,
  patchPx: 32,
  rate: { peak: 0.01, warmupSteps: 1 },
  data: { simulatedShare: 1, cropPx: 64, patchesPerPage: 2, pagesPerBlock: 2 },
  validation: { pages: 1, cropPx: 64, everySteps: 3 },
  logEverySteps: 1,
};

/** The command in this process: ONNX Runtime takes a second to load. */
async function run(...args: string[]) {
  const result = { code: 0, out: '', err: '' };
  const terminal = {
    out: (text: string) => void (result.out += text),
    err: (text: string) => void (result.err += text),
    columns: () => null,
  };
  result.code = await runCli(args, terminal);
  return result;
}

let root = '';
let config = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-train-cli-'));
  config = join(root, 'tiny.config.json');
  writeFileSync(config, JSON.stringify(SETTINGS));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('train and export-model', () => {
  it('train stops, goes on, and leaves a model that export-model makes ready', async () => {
    const out = join(root, 'run');
    const first = await run('train', '--config', config, '--out', out, '--stop-after', '1');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^step 1 loss .*\n1 steps\. Models:/s);
    const second = await run('train', '--config', config, '--out', out, '--resume');
    expect(second.out).toMatch(/step 3 held out: loss .*\n3 steps, best on held-out pages at step 3/s);

    const models = join(root, 'models');
    const flags = ['--run', out, '--out', models, '--name', 'first', '--kinds', '0', '--int8'];
    const exported = await run('export-model', ...flags);
    expect(exported.out).toMatch(/^held-out pages .*\nfloat32 .*\nint8 .*\nfirst\.onnx, \d+ kB, step 3/s);
    expect(readdirSync(models).sort()).toEqual(['first.json', 'first.onnx']);
  });

  it.each([
    [['train'], 2, /train takes --config/],
    [['train', '--config', 'none.json', '--out', 'x'], 1, /none\.json cannot be read/],
    [
      ['train', '--config', 'c', '--out', 'x', '--stop-after', 'soon'],
      2,
      /--stop-after takes a whole number/,
    ],
    [['export-model', '--run', 'x'], 2, /export-model takes --run/],
    [['export-model', '--run', '/nowhere', '--out', 'x'], 1, /holds no best\.onnx yet/],
  ])('%j ends with %i', async (args, code, message) => {
    const result = await run(...args);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
  });

  it('both say what they take', async () => {
    expect((await run('train', '--help')).out).toMatch(/--resume/);
    expect((await run('export-model', '--help')).out).toMatch(/--int8/);
  });
});
