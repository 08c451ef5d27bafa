import type { utilityProcess } from 'electron';
import { expect, onTestFinished, test } from 'vitest';
import { utilityChildLauncher } from '../../src/main/electron/utility-child-launcher.ts';
import { createProcessPool } from '../../src/main/processes/process-pool.ts';
import type { TrialServices } from '../fixtures/trial-child.ts';
import { utilityProcessDouble } from './utility-process-double.ts';

test('utility processes serve the pool: results, news, faults, ends, limits', async () => {
  const pool = createProcessPool<TrialServices>({
    entry: new URL('../fixtures/trial-child.ts', import.meta.url),
    launch: utilityChildLauncher(utilityProcessDouble as unknown as typeof utilityProcess),
    size: 1,
  });
  onTestFinished(() => pool.close());
  expect(await pool.run('echo', Float32Array.of(1, NaN))).toEqual(Float32Array.of(1, NaN));
  const heard: number[] = [];
  await pool.run('count', 2, { onNews: (number) => heard.push(number) });
  expect(heard).toEqual([1, 2]);
  await expect(pool.run('fail', 'of ours')).rejects.toMatchObject({ reason: 'threw', message: 'of ours' });
  await expect(pool.run('exit', 7)).rejects.toMatchObject({
    reason: 'died',
    message: 'its process ended with exit code 7',
  });
  await expect(pool.run('spin', null, { limitMs: 200 })).rejects.toMatchObject({ reason: 'timeout' });
  expect(await pool.run('echo', 'next')).toBe('next');
});

test('where a utility process cannot start, the reason is told', async () => {
  const pool = createProcessPool<TrialServices>({
    entry: new URL('file:///no/such/child.ts'),
    launch: utilityChildLauncher(utilityProcessDouble as unknown as typeof utilityProcess),
    size: 1,
  });
  await expect(pool.run('pid', null)).rejects.toMatchObject({
    reason: 'not-started',
    message: expect.stringContaining('/no/such/child.ts') as string,
  });
  await pool.close();
});
