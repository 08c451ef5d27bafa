import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { runCli } from '../../src/main/cli/run-cli.ts';
import { encodeModel } from '../../src/main/training/export/export-model.ts';
import { initParameters } from '../../src/main/training/net/init-parameters.ts';
import { layOutParameters } from '../../src/main/training/net/parameter-layout.ts';
import { openStepSession } from '../../src/main/training/step-session.ts';

// The trainer for PyTorch computes the same as the one of the program. Needs a Python with torch; skipped without.
const tools = resolve(import.meta.dirname, '../../tools/pytorch');
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import torch, numpy'], { timeout: 60_000 }).status === 0,
);
const shape = { widths: [6, 8, 10], classes: 4 };
const side = 32;

/** Reads parameters, image, target and weight from files, and writes probabilities, loss and gradient. */
const COMPARE = `
import sys
import numpy as np, torch
sys.path.insert(0, sys.argv[1])
from segmentation_net import lay_out, logits_of, segmentation_loss
at = lambda name, kind: torch.from_numpy(np.fromfile(f'{sys.argv[2]}/{name}', kind))
widths, side = [6, 8, 10], ${side}
flat = at('parameters', np.float32).requires_grad_()
assert lay_out(widths, 4)[1] == len(flat), 'another number of parameters'
image, target, weight = (at(name, np.uint8).view(2, -1, side, side).float() / 255 for name in ('image', 'target', 'weight'))
logits = logits_of(flat, image, widths, 4)
loss, overlap, squares = segmentation_loss(logits, target, weight, torch.tensor([2.0, 1, 1, 1]), 0.5)
loss.backward()
torch.sigmoid(logits).detach().numpy().tofile(f'{sys.argv[2]}/probabilities')
flat.grad.numpy().tofile(f'{sys.argv[2]}/gradient')
np.array([loss.item(), *overlap.tolist(), *squares.tolist()], np.float32).tofile(f'{sys.argv[2]}/sums')
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-pytorch-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const floats = (name: string) => new Float32Array(Uint8Array.from(readFileSync(join(root, name))).buffer);
const furthest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0);

async function run(...args: string[]): Promise<string> {
  let text = '';
  const out = (more: string) => void (text += more);
  const code = await runCli(args, { out, err: out, columns: () => null });
  expect(text + code).toBe(`${text}0`);
  return text;
}

describe.skipIf(!python)('training in PyTorch', () => {
  it('has the same output, loss and gradient', async () => {
    const random = createRandom(3);
    const parameters = initParameters(layOutParameters(shape), random);
    for (let k = 0; k < parameters.length; k++) parameters[k]! += random.normal(0, 0.05);
    const bytes = (planes: number) =>
      Uint8Array.from({ length: 2 * planes * side * side }, () => random.integer(0, 255));
    const batch = { image: bytes(3), target: bytes(4), weight: bytes(1) };
    for (const [name, data] of Object.entries({ ...batch, parameters }))
      writeFileSync(join(root, name), data);
    execFileSync(python!, ['-c', COMPARE, tools, root]);

    const options = { batch: 2, patchPx: side, classWeights: [2, 1, 1, 1], crossEntropyWeight: 0.5 };
    const session = await openStepSession(shape, options);
    const step = await session.run(batch, parameters);
    await session.close();
    const scale = step.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(furthest(floats('gradient'), step.gradient) / scale).toBeLessThan(1e-4);
    const [loss, ...sums] = floats('sums');
    expect(loss).toBeCloseTo(step.loss, 4);
    [...step.overlap, ...step.squares].forEach((value, k) => expect(sums[k]! / value).toBeCloseTo(1, 4));

    const model = await ort.InferenceSession.create(encodeModel(shape, parameters));
    const image = new ort.Tensor(
      'float32',
      Float32Array.from(batch.image, (value) => value / 255),
      [2, 3, side, side],
    );
    const { probabilities } = await model.run({ image });
    expect(furthest(floats('probabilities'), probabilities!.data as Float32Array)).toBeLessThan(1e-5);
    await model.release();
  }, 60_000);

  it('goes from patches to a model that is ready for use', async () => {
    const settings = JSON.parse(readFileSync(join(tools, 'segmentation.config.json'), 'utf8'));
    const tiny = {
      ...settings,
      net: { widths: [4, 6] },
      steps: 4,
      batch: 2,
      patchPx: 64,
      data: { ...settings.data, records: [], holdOut: 0, simulatedShare: 1, cropPx: 64 },
      validation: { ...settings.validation, pages: 1, cropPx: 64 },
    };
    const config = join(root, 'tiny.config.json');
    writeFileSync(config, JSON.stringify(tiny));
    const data = join(root, 'patches');
    expect(await run('patches', '--config', config, '--out', data, '--pages', '3')).toMatch(/^3 pages drawn/);
    const into = join(root, 'runs');
    const said = execFileSync(
      python!,
      [
        join(tools, 'train.py'),
        '--data',
        data,
        '--out',
        into,
        '--start',
        '3',
        '--pool',
        '3',
        '--cut',
        '32',
      ].concat(['--take', '--device', 'cpu']),
      { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
    );
    expect(said).toMatch(/step 4 4,6 held out: loss \d/);
    expect(existsSync(join(data, 'train/0000000.bin'))).toBe(false);
    const flags = ['--run', join(into, '4-6'), '--out', join(root, 'models'), '--kinds', '0', '--int8'];
    expect(await run('export-model', ...flags)).toMatch(/segmentation\.onnx, \d+ kB, step \d/);
    const card = JSON.parse(readFileSync(join(root, 'models/segmentation.json'), 'utf8'));
    expect(card).toMatchObject({ precision: 'int8', elsewhere: { batch: 2, cutPx: 32, device: 'cpu' } });
  }, 60_000);
});
