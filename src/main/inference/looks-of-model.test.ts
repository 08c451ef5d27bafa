import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { trialTile } from '../models/trial-tile.ts';
import { generalOf, looksOfModel } from './looks-of-model.ts';
import { modelFileOf } from './model-file.ts';

const stored = (seed: number) => {
  const path = join(tempDir(), `${seed}.onnx`);
  const bytes = smallModel(seed);
  writeFileSync(path, bytes);
  return modelFileOf(path, `${seed}.onnx`, createHash('sha256').update(bytes).digest('hex'));
};

test('a model that came of another one brings its look, too, in the mirror if it looks so', async () => {
  const page = trialTile(64);
  const [own, base] = [stored(1), stored(2)];
  const { segment, general } = looksOfModel({ ...own, general: base, mirror: true });
  expect(await segment!(page)).toEqual(await looksOfModel({ ...own, mirror: true }).segment!(page));
  expect(await general!(page)).toEqual(await looksOfModel({ ...base, mirror: true }).segment!(page));
  expect(generalOf({ ...own, general: base, mirror: true })).toEqual({ ...base, mirror: true });
});

test('other models bring none', () => {
  expect(looksOfModel(stored(3)).general).toBeNull();
  expect(looksOfModel(null)).toEqual({ segment: null, general: null });
});
