import { expect, test } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import { TaskStopped, type StopReason } from '../processes/task-stopped.ts';
import { runPage } from './run-page.ts';

const failing = (reason: StopReason, message: string) =>
  runPage(() => Promise.reject(new TaskStopped(reason, message)), { name: 'a.png', limitMs: 5000 });

test.each([
  ['timeout', 'It took longer than 5 s.', /^"a\.png" was given up: a page may take 5 s.* fewer pixels/],
  [
    'died',
    'its process ended by SIGABRT: FATAL ERROR: JavaScript heap out of memory',
    /"a\.png".*more memory.*fewer pixels/,
  ],
  ['died', 'its process ended by SIGKILL', /"a\.png".*SIGKILL.*fewer pages at a time/],
  [
    'threw',
    'a fault of ours.',
    /^"a\.png" failed 2 times inside the program: a fault of ours\. The other.*as PNG/,
  ],
] as const)('a page that ends by %s (%s) is named with what can be done', async (reason, message, words) => {
  await expect(failing(reason, message)).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(words) as string,
  });
});

test('a page is tried twice; a mistake in the file is told at once', async () => {
  const attempts: number[] = [];
  const value = await runPage(
    (_, attempt) => {
      attempts.push(attempt);
      return attempt === 1 ? Promise.reject(new TaskStopped('died', 'gone')) : Promise.resolve('read');
    },
    { name: 'a.png' },
  );
  expect([value, attempts]).toEqual(['read', [1, 2]]);
  const damaged = new AppError('corrupt', '"a.png" is damaged.');
  await expect(runPage(() => Promise.reject(damaged), { name: 'a.png' })).rejects.toBe(damaged);
});
