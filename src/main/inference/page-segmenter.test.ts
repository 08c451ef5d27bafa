import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { trialTile } from '../models/trial-tile.ts';
import { modelFileOf } from './model-file.ts';
import type { PageModel } from './page-model.ts';
import { pageSegmenter } from './page-segmenter.ts';

const page = trialTile(64);
const look = (model: PageModel) => pageSegmenter(model)!(page);

function stored(seed: number): { model: PageModel; write: (seed: number) => void } {
  const path = join(tempDir(), 'a.onnx');
  const write = (other: number): void => writeFileSync(path, smallModel(other));
  write(seed);
  const sha256 = createHash('sha256').update(smallModel(seed)).digest('hex');
  return { model: modelFileOf(path, 'a.onnx', sha256), write };
}

test('no model does not look', () => {
  expect(pageSegmenter(null)).toBeNull();
});

test('looks once, or in the mirror too', async () => {
  const { model } = stored(1);
  const plain = await look(model);
  expect(await look({ ...model, mirror: false, provider: 'cpu' })).toEqual(plain);
  expect(await look({ ...model, mirror: true })).not.toEqual(plain);
});

test('a file that is gone or is another one is told, and looked at again once it is back', async () => {
  const { model, write } = stored(2);
  rmSync(model.path);
  await expect(look(model)).rejects.toMatchObject({ code: 'not-found' });
  write(3);
  await expect(look(model)).rejects.toMatchObject({ code: 'corrupt' });
  write(2);
  expect(await look(model)).toMatchObject({ width: 64, height: 64 });
});

test('two models stay open, a third one takes the place of the one before', async () => {
  const [a, b, c] = [stored(6), stored(7), stored(8)];
  const first = await look(a.model);
  await look(b.model);
  rmSync(a.model.path);
  expect(await look(a.model)).toEqual(first);
  await look(b.model);
  await look(c.model);
  await expect(look(a.model)).rejects.toMatchObject({ code: 'not-found' });
});

test('another model, and another way to run it, look in their own way', async () => {
  const [a, b] = [stored(4), stored(5)];
  const first = await look(a.model);
  expect(await look(b.model)).not.toEqual(first);
  await expect(look({ ...a.model, provider: 'no-such' })).rejects.toThrow(
    /cannot run the model on no-such: \w+/,
  );
  expect(await look(a.model)).toEqual(first);
});
