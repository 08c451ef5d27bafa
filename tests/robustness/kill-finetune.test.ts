import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import type { ModelCard } from '../../src/main/inference/model-card.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { runCommand, type CommandResult } from '../cli/run-command.ts';
import { tempDir } from '../fixtures/temp-dir.ts';
import { checkedCandidates, TINY_LEARNING, tinyLearner } from './fixtures/tiny-learner.ts';

const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 3);
test(
  `a fine-tuning that is killed ${KILLS} times comes to the same model, and nothing half-written is registered`,
  { timeout: 120_000 + KILLS * 20_000 },
  async () => {
    const dir = tempDir();
    const { folder, parent } = await tinyLearner(dir);
    const config = join(dir, 'config.json');
    writeFileSync(config, JSON.stringify(TINY_LEARNING));
    const args = ['finetune', '--project', folder, '--config', config, '--model', parent.slice(0, 10)];

    const random = createRandom(Number(process.env['TRACEWRIGHT_SEED'] ?? 11));
    let result: CommandResult | null = null;
    for (let k = 0; k < KILLS; k++) {
      // At a step of its own each time, early and late; what is killed may be a step, a check, a checkpoint or the end.
      const step = random.integer(1, TINY_LEARNING.steps);
      const delayMs = random.integer(0, 60);
      let aimed = false;
      result = await runCommand(args, (out, kill) => {
        if (aimed || !new RegExp(`"step":${step},`).test(out)) return;
        aimed = true;
        setTimeout(() => kill('SIGKILL'), delayMs);
      });
      checkedCandidates(folder);
    }
    result = await runCommand(args);
    expect(result.err).toMatch(/Ended: steps/);
    const again = await runCommand([...args, '--anew']);
    expect(again.err).toMatch(/Beginning fine-tuning/);
    const candidates = checkedCandidates(folder);
    expect(candidates.length).toBeGreaterThanOrEqual(2);
    expect(new Set(candidates).size).toBe(1);
    const card = openProject(folder);
    expect(card.models.find(candidates[0]!)!.card as ModelCard).toMatchObject({
      finetuned: { parent: parent },
    });
    card.close();
    expect(existsSync(join(folder, 'models', 'parent.onnx'))).toBe(true);
  },
);

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
