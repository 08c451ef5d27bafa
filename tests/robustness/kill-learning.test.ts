import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import type { LearningState } from '../../src/shared/api/learning-record.ts';
import type { ModelsState } from '../../src/shared/api/model-record.ts';
import { runCommand } from '../cli/run-command.ts';
import { tempDir } from '../fixtures/temp-dir.ts';
import { enterHost, type Ask } from './fixtures/enter-host.ts';
import { checkedCandidates, TINY_LEARNING, tinyLearner } from './fixtures/tiny-learner.ts';

/** Kills in all; a few by default, and 20 in earnest: `TRACEWRIGHT_KILLS=20`. */
const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 3);
const KINDS = ['app', 'trainer', 'both'] as const;
const CHILD = fileURLToPath(new URL('./fixtures/serve-child.ts', import.meta.url));
const STEPS_EACH = 12;
const SETTINGS = {
  ...TINY_LEARNING,
  // Room for every kill, and no early stop before the last.
  steps: STEPS_EACH * (KILLS + 2),
  validation: { ...TINY_LEARNING.validation, patience: 1000 },
};

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

interface Host {
  readonly process: ChildProcess;
  readonly ask: Ask;
}

async function serve(folder: string): Promise<Host> {
  const process_ = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [entryUrl] = (await once(createInterface(process_.stdout), 'line')) as [string];
  return { process: process_, ask: await enterHost(entryUrl) };
}

const learningOf = ({ ask }: Host): Promise<LearningState> =>
  ask('GET', '/api/learning') as Promise<LearningState>;

/** Step that the newest run has come to, by its curve. */
async function stepOf(host: Host, id: number): Promise<number> {
  const points = (await host.ask('GET', `/api/learning/runs/${id}/curve`)) as { step: number }[];
  return Math.max(0, ...points.map(({ step }) => step));
}

/** Sees to it that the run goes on: it is paused where the app was killed, and failed where its process was killed too often. */
async function goOn(host: Host, id: number): Promise<void> {
  const { runs } = await learningOf(host);
  const { state } = runs.find((run) => run.id === id)!;
  if (state === 'paused' || state === 'failed') await host.ask('POST', `/api/learning/runs/${id}/resume`, {});
}

// Linux tells whose child a process is.
test.skipIf(process.platform !== 'linux')(
  `after ${KILLS} kills of the app, the trainer or both, fine-tuning in the app comes to the model of an undisturbed one`,
  { timeout: 120_000 + KILLS * 20_000 },
  async () => {
    const dir = tempDir();
    const { folder, parent } = await tinyLearner(dir);
    const random = createRandom(Number(process.env['TRACEWRIGHT_SEED'] ?? 5));
    let host = await serve(folder);
    const { models } = (await host.ask('GET', '/api/models')) as ModelsState;
    const model = models.find(({ sha256 }) => sha256 === parent)!.key;
    await host.ask('PATCH', '/api/models/choice', { model });
    await host.ask('POST', '/api/learning/sets', { splitBy: 'patient' });
    await expect.poll(async () => (await learningOf(host)).sets.length).toBe(1);
    await expect.poll(async () => (await learningOf(host)).activity).toBeNull();
    const set = (await learningOf(host)).sets[0]!.hash;
    await host.ask('POST', '/api/learning/runs', { set, settings: SETTINGS });
    const { id } = (await learningOf(host)).runs[0]!;
    let reached = 0;
    for (let k = 0; k < KILLS; k++) {
      const kind = KINDS[k < KINDS.length ? k : random.integer(0, KINDS.length - 1)]!;
      const wanted = reached + random.integer(1, STEPS_EACH);
      const isThere = async (): Promise<boolean> => {
        await goOn(host, id);
        return (await stepOf(host, id)) >= wanted;
      };
      await expect.poll(isThere, { timeout: 60_000, interval: 20 }).toBe(true);
      await new Promise((later) => setTimeout(later, random.uniform(0, 60)));
      const children = childrenOf(host.process.pid!);
      expect(children.length).toBeGreaterThan(0);
      if (kind !== 'app') for (const pid of children) process.kill(pid, 'SIGKILL');
      if (kind !== 'trainer') {
        const ended = once(host.process, 'close');
        host.process.kill('SIGKILL');
        await ended;
        // No trainer goes on without its app: two would write one checkpoint.
        await expect.poll(() => children.some(isAlive)).toBe(false);
        expect(checkedCandidates(folder)).toEqual([]);
        host = await serve(folder);
      }
      const now = await stepOf(host, id);
      expect(now, `${kind}: step ${now} of ${wanted}`).toBeGreaterThanOrEqual(wanted - 1);
      reached = now;
    }
    const isDone = async (): Promise<string> => {
      await goOn(host, id);
      return (await learningOf(host)).runs.find((run) => run.id === id)!.state;
    };
    await expect.poll(isDone, { timeout: 90_000, interval: 200 }).toBe('done');
    const ended = once(host.process, 'close');
    host.process.kill('SIGKILL');
    await ended;
    const config = join(dir, 'config.json');
    writeFileSync(config, JSON.stringify(SETTINGS));
    const args = [
      'finetune',
      '--project',
      folder,
      '--config',
      config,
      '--model',
      parent.slice(0, 10),
      '--anew',
    ];
    expect((await runCommand(args)).err).toMatch(/Beginning fine-tuning/);
    const candidates = checkedCandidates(folder);
    expect(candidates).toHaveLength(2);
    expect(new Set(candidates).size).toBe(1);
  },
);
