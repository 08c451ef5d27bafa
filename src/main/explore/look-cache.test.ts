import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { openLookCache, type LookEntry } from './look-cache.ts';
import { lookAtScan } from './look-at-scan.ts';

const SAMPLE = new URL('../../../resources/samples/08-rhythm-strip.png', import.meta.url).pathname;

test('what was seen of a scan is kept, forgotten with its page, and begun anew from a damaged file', async () => {
  const path = join(tempDir(), 'cache', 'looks.json');
  const look = await lookAtScan({ path: SAMPLE, pageIndex: 0 });
  expect(look).toMatchObject({ format: 'png', colour: 'colour' });
  expect(look.hash).toMatch(/^[0-9a-f]{256}$/);
  const entry: LookEntry = { scanKey: 'a.0', look, readingKey: null, reading: null };
  const first = await openLookCache(path);
  await first.save();
  expect(existsSync(path)).toBe(false);
  first.set(3, entry);
  first.set(4, entry);
  first.keep(new Set([3]));
  await first.save();
  const second = await openLookCache(path);
  expect(second.get(3)).toEqual(entry);
  expect(second.get(4)).toBeNull();
  writeFileSync(path, '{"format":1,"pages":{"3":{}}}');
  expect((await openLookCache(path)).get(3)).toBeNull();
});
