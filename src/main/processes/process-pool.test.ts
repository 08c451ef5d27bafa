import { expect, onTestFinished, test } from 'vitest';
import type { TrialServices } from '../../../tests/fixtures/trial-child.ts';
import { nodeChildLauncher } from './node-child-launcher.ts';
import { createProcessPool, type ProcessPool, type ProcessPoolOptions } from './process-pool.ts';

const TRIAL = new URL('../../../tests/fixtures/trial-child.ts', import.meta.url);

function trialPool(options: Partial<ProcessPoolOptions> = {}): ProcessPool<TrialServices> {
  const pool = createProcessPool<TrialServices>({
    entry: TRIAL,
    launch: nodeChildLauncher({ maxHeapMb: 48 }),
    size: 1,
    ...options,
  });
  onTestFinished(() => pool.close());
  return pool;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
/** Resolves once the process is gone. */
const gone = (pid: number) => expect.poll(() => isAlive(pid)).toBe(false);

test('plain data crosses unharmed: typed arrays with their kind and offset, NaN, text, null', async () => {
  const pool = trialPool();
  const value = {
    line: Float32Array.of(1.5, NaN, -0),
    part: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
    text: 'µV',
    none: null,
    nested: [{ pixels: new Uint8Array(3 << 20).fill(7) }],
  };
  expect(await pool.run('echo', value)).toEqual(value);
});

test('a process does one task at a time, tells news in order, and serves on', async () => {
  const pool = trialPool();
  const heard: number[] = [];
  const [first, , second] = await Promise.all([
    pool.run('pid', null),
    pool.run('count', 3, { onNews: (number) => heard.push(number) }),
    pool.run('pid', null),
  ]);
  expect(second).toBe(first);
  expect(heard).toEqual([1, 2, 3]);
});

test('as many processes as there are tasks, but no more than the size, work side by side', async () => {
  const pool = trialPool({ size: 2 });
  const stop = new AbortController();
  const spinning = [0, 1].map(() => pool.run('spin', null, { signal: stop.signal }).catch(() => 'stopped'));
  const waiting = pool.run('echo', 'later');
  const early = await Promise.race([waiting, new Promise((later) => setTimeout(later, 1500, 'none yet'))]);
  expect(early).toBe('none yet');
  stop.abort();
  expect(await Promise.all(spinning)).toEqual(['stopped', 'stopped']);
  expect(await waiting).toBe('later');
});

test.each([
  ['exit', 7, 'died', 'its process ended with exit code 7'],
  ['signal', 'SIGKILL', 'died', 'its process ended by SIGKILL'],
  ['fail', 'of ours', 'threw', 'of ours'],
  ['swell', null, 'died', /heap out of memory/],
] as const)(
  'a task that ends badly (%s) is told why, and the next one is served',
  async (how, task, reason, words) => {
    const pool = trialPool();
    const ended = pool.run(how, task as never);
    await expect(ended).rejects.toMatchObject({
      name: 'AppError',
      code: 'internal',
      reason,
      message: words instanceof RegExp ? (expect.stringMatching(words) as string) : words,
    });
    expect(await pool.run('echo', 'next')).toBe('next');
  },
);

test('a task beyond its time is ended with its process; starting one does not count', async () => {
  const pool = trialPool();
  await expect(pool.run('spin', null, { limitMs: 200 })).rejects.toMatchObject({
    reason: 'timeout',
    message: 'It took longer than 0 s.',
  });
  expect(await pool.run('echo', 'next', { limitMs: 20_000 })).toBe('next');
});

test('a stopped task is never begun, or ended at once', async () => {
  const pool = trialPool();
  await expect(pool.run('pid', null, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    reason: 'stopped',
    code: 'cancelled',
  });
  const first = await pool.run('pid', null);
  const stop = new AbortController();
  const running = pool.run('spin', null, { signal: stop.signal });
  const waiting = pool.run('pid', null, { signal: stop.signal });
  stop.abort();
  await expect(running).rejects.toMatchObject({ reason: 'stopped' });
  await expect(waiting).rejects.toMatchObject({ reason: 'stopped' });
  expect(await pool.run('pid', null)).not.toBe(first);
});

test('where no process can start, what waits is told why', async () => {
  const pool = trialPool({ entry: new URL('file:///no/such/child.ts'), size: 2 });
  const both = await Promise.allSettled([pool.run('pid', null), pool.run('pid', null)]);
  for (const one of both) {
    expect(one).toMatchObject({
      reason: { reason: 'not-started', message: expect.stringContaining('/no/such/child.ts') as string },
    });
  }
});

test.each([
  [2, 'fulfilled'],
  [3, 'rejected'],
] as const)(
  '%i processes in a row that are killed before they are ready: the task is %s',
  async (kills, outcome) => {
    const real = nodeChildLauncher({ maxHeapMb: 48 });
    let left: number = kills;
    const pool = trialPool({
      launch(entry) {
        const link = real(entry);
        if (left-- > 0) link.kill();
        return link;
      },
    });
    const [first] = await Promise.allSettled([pool.run('pid', null)]);
    expect(first).toMatchObject({ status: outcome });
    // Whatever became of the task, the pool serves on.
    expect(await pool.run('pid', null)).toBeGreaterThan(0);
  },
);

test('a process that holds too much memory, or has been idle for long, is replaced', async () => {
  const thrifty = trialPool({ maxResidentBytes: 250 << 20 });
  const first = await thrifty.run('pid', null);
  expect(await thrifty.run('pid', null)).toBe(first);
  await thrifty.run('hold', 260);
  expect(await thrifty.run('pid', null)).not.toBe(first);

  const impatient = trialPool({ idleMs: 50 });
  const pid = await impatient.run('pid', null);
  await gone(pid);
  expect(await impatient.run('pid', null)).not.toBe(pid);
});

test('closing ends all processes, also those that compute, and stops what waits', async () => {
  const pool = trialPool({ size: 2 });
  pool.warm();
  const pid = await pool.run('pid', null);
  const running = pool.run('spin', null);
  const waiting = pool.run('pid', null, {});
  const both = Promise.allSettled([running, waiting]);
  await pool.close();
  expect(isAlive(pid)).toBe(false);
  expect(await both).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  await expect(pool.run('pid', null)).rejects.toMatchObject({ reason: 'stopped' });
});
