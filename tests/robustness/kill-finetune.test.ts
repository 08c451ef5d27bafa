import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import type { ModelCard } from '../../src/main/inference/model-card.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { runCommand, type CommandResult } from '../cli/run-command.ts';
import { acceptedProject, drawnScan } from '../fixtures/accepted-project.ts';
import { smallModel } from '../fixtures/small-model.ts';
import { tempDir } from '../fixtures/temp-dir.ts';

const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 3);
const CONFIG = {
  name: 'tiny',
  steps: 40,
  batch: 4,
  patchPx: 32,
  patchesPerPage: 4,
  pagesPerBlock: 2,
  replayPages: { presets: ['plain'], records: [], cropPx: 96 },
  validation: { everySteps: 10, patience: 9, cropPx: 64, cropsPerPage: 2, crops: 4, replay: 1, snrPages: 0 },
  checkpointSeconds: 0,
  logEverySteps: 1,
  threads: 1,
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Everything that the rows of the project point to, whole and in place. */
function candidatesOf(dir: string): string[] {
  const project = openProject(dir);
  try {
    for (const { file, sha256: digest } of project.models.list()) {
      expect(sha256(readFileSync(join(dir, 'models', file)))).toBe(digest);
    }
    for (const { hash } of project.trainingSets.list()) {
      expect(sha256(readFileSync(join(dir, 'training', hash, 'manifest.json')))).toBe(hash);
    }
    return project.trainingRuns.list().flatMap(({ candidate, state }) => {
      expect(['paused', 'done']).toContain(state);
      if (candidate === null) return [];
      expect(project.models.find(candidate)?.card).toMatchObject({
        sha256: candidate,
        name: expect.any(String),
      });
      return [candidate];
    });
  } finally {
    project.close();
  }
}

test(`a fine-tuning that is killed ${KILLS} times comes to the same model, and nothing half-written is registered`, async () => {
  const dir = tempDir();
  const scans = { 'a.png': await drawnScan(1), 'b.png': await drawnScan(2), 'c.png': await drawnScan(3) };
  const parent = smallModel(3);
  acceptedProject(dir, scans).close();
  const folder = join(dir, 'project');
  const project = openProject(folder);
  mkdirSync(join(folder, 'models'), { recursive: true });
  writeFileSync(join(folder, 'models', 'parent.onnx'), parent);
  project.models.add({
    name: 'parent.onnx',
    file: 'parent.onnx',
    sha256: sha256(parent),
    bytes: parent.length,
    card: null,
    source: '/models/parent.onnx',
  });
  project.close();
  const config = join(dir, 'config.json');
  writeFileSync(config, JSON.stringify(CONFIG));
  const args = ['finetune', '--project', folder, '--config', config, '--model', sha256(parent).slice(0, 10)];

  const random = createRandom(Number(process.env['TRACEWRIGHT_SEED'] ?? 11));
  let result: CommandResult | null = null;
  for (let k = 0; k < KILLS; k++) {
    // At a step of its own each time, early and late; what is killed may be a step, a check, a checkpoint or the end.
    const step = random.integer(1, CONFIG.steps);
    const delayMs = random.integer(0, 60);
    let aimed = false;
    result = await runCommand(args, (out, kill) => {
      if (aimed || !new RegExp(`"step":${step},`).test(out)) return;
      aimed = true;
      setTimeout(() => kill('SIGKILL'), delayMs);
    });
    candidatesOf(folder);
  }
  result = await runCommand(args);
  expect(result.err).toMatch(/Ended: steps/);
  const again = await runCommand([...args, '--anew']);
  expect(again.err).toMatch(/Beginning fine-tuning/);
  const candidates = candidatesOf(folder);
  expect(candidates.length).toBeGreaterThanOrEqual(2);
  expect(new Set(candidates).size).toBe(1);
  const card = openProject(folder);
  expect(card.models.find(candidates[0]!)!.card as ModelCard).toMatchObject({
    finetuned: { parent: sha256(parent) },
  });
  card.close();
  expect(existsSync(join(folder, 'models', 'parent.onnx'))).toBe(true);
});

test('fine-tuning says what is missing', async () => {
  const dir = tempDir();
  expect(await runCommand(['finetune'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/takes --project/) as string,
  });
  const nowhere = await runCommand(['finetune', '--project', dir]);
  expect(nowhere).toMatchObject({
    code: 2,
    err: expect.stringMatching(/holds no project\.sqlite/) as string,
  });
  openProject(join(dir, 'empty')).close();
  const empty = await runCommand(['finetune', '--project', join(dir, 'empty')]);
  expect(empty).toMatchObject({
    code: 2,
    err: expect.stringMatching(/No page of this project was accepted/) as string,
  });
  expect((await runCommand(['finetune', '--help'])).out).toMatch(/--minutes/);
});
