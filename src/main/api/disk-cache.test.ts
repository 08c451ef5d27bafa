import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDiskCache } from './disk-cache.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tracewright-cache-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('bytes are made once, also for calls at the same time and after reopening', async () => {
  let made = 0;
  const make = async () => {
    made++;
    await sleep(5);
    return new Uint8Array([1, 2, 3]);
  };
  const cache = openDiskCache(folder, { maxBytes: 1000 });
  expect(await Promise.all([cache.get('a', make), cache.get('a', make)])).toEqual([
    new Uint8Array([1, 2, 3]),
    new Uint8Array([1, 2, 3]),
  ]);
  await openDiskCache(folder, { maxBytes: 1000 }).get('a', make);
  expect(made).toBe(1);
});

test('the folder stays within its bound and keeps what was used last', async () => {
  const cache = openDiskCache(folder, { maxBytes: 1000 });
  const put = (key: string) => cache.get(key, async () => new Uint8Array(300));
  for (const key of ['a', 'b', 'c', 'a', 'd']) {
    await put(key);
    await sleep(10);
  }
  expect(readdirSync(folder).sort()).toEqual(['a', 'd']);
});

test('a folder that cannot be written costs nothing but speed', async () => {
  writeFileSync(join(folder, 'file'), '');
  const cache = openDiskCache(join(folder, 'file'), { maxBytes: 1000 });
  expect(await cache.get('a', async () => new Uint8Array([7]))).toEqual(new Uint8Array([7]));
});

test('a failed making is told and not kept', async () => {
  const cache = openDiskCache(folder, { maxBytes: 1000 });
  await expect(cache.get('a', () => Promise.reject(new Error('truncated')))).rejects.toThrow('truncated');
  expect(await cache.get('a', async () => new Uint8Array([7]))).toEqual(new Uint8Array([7]));
});
