import { describe, expect, it } from 'vitest';
import { drainQueue } from './page-queue.ts';

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('drainQueue', () => {
  it('works in order, at most so many at a time, later pages before later files', async () => {
    const begun: string[] = [];
    let running = 0;
    let most = 0;
    await drainQueue(['a', 'b', 'c'], 2, new AbortController().signal, async (item, addNext) => {
      begun.push(item);
      most = Math.max(most, ++running);
      await tick();
      if (item === 'a') addNext(['a.p2', 'a.p3']);
      running--;
    });
    expect(begun).toEqual(['a', 'b', 'a.p2', 'a.p3', 'c']);
    expect(most).toBe(2);
  });

  it('begins nothing new once stopped, and waits for what runs', async () => {
    const controller = new AbortController();
    const ended: number[] = [];
    await drainQueue([1, 2, 3, 4], 2, controller.signal, async (item) => {
      if (item === 2) controller.abort();
      await tick();
      ended.push(item);
    });
    expect(ended).toEqual([1, 2]);
  });

  it('ends at once without items', async () => {
    await expect(
      drainQueue([], 3, new AbortController().signal, () => Promise.reject(new Error('no'))),
    ).resolves.toBeUndefined();
  });
});
