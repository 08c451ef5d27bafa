import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnScan } from '../../../tests/fixtures/accepted-project.ts';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { reshapeLine } from '../../core/trace/line-response.ts';
import type { TracePath } from '../../core/trace/trace-path.ts';
import { learnLines } from './learn-lines.ts';
import { makeTrainingPage } from './make-training-page.ts';
import { writeSet } from './set-files.ts';
import type { SetPage } from './training-manifest.ts';

const KNOWN = { weights: [-0.05, -0.04, 0, -0.02, 0, 0, 0, 0] };

let dir: string;
let model: string;
let folder: string;
const pages: SetPage[] = [];
const paths: TracePath[] = [];
let pxPerMm = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tracewright-lines-'));
  model = join(dir, 'small.onnx');
  await writeFile(model, smallModel(3));
  const writer = await writeSet(dir);
  for (const seed of [1, 2, 3]) {
    const { png, reading } = await drawnScan(seed);
    const path = join(dir, `${seed}.png`);
    await writeFile(path, png);
    pxPerMm = reading.rectification!.canonicalPxPerMm;
    paths.push(...reading.paths);
    const drawn = reading.paths.map((one) => ({
      ...reshapeLine(one, KNOWN, pxPerMm),
      human: new Uint8Array(one.y.length).fill(1),
    }));
    const packed = packDigitization({ ...reading, paths: drawn });
    const task = { path, pageIndex: 0, overrides: {}, packed, masks: [], unverified: [] };
    const { files, ...facts } = await makeTrainingPage(task);
    const name = `p${seed}`;
    pages.push({
      ...facts,
      pageId: seed,
      folder: name,
      name: path,
      pageIndex: 0,
      content: path,
      group: path,
      part: 'train',
      overrides: {},
      model: 'none',
      effort: 1,
      edits: seed,
      seconds: 1,
      journalEntry: null,
      unverified: [],
      files: await writer.page(name, files),
    });
  }
  const { hash } = await writer.finish({
    format: 'tracewright-training-set-1',
    seed: 1,
    splitBy: 'patient',
    shares: { validation: 0, locked: 0 },
    pages,
  });
  folder = join(dir, hash);
}, 120_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

const rms = (one: Float32Array, other: Float32Array): number =>
  Math.sqrt(one.reduce((sum, row, k) => sum + (row === row ? (row - other[k]!) ** 2 : 0), 0) / one.length);

test('what people drew differently where lines bend is learnt from pages of a set', async () => {
  const learnt = (await learnLines(model, folder, pages, 1))!;
  for (const path of paths) {
    const drawn = reshapeLine(path, KNOWN, pxPerMm).fineY;
    expect(rms(reshapeLine(path, learnt, pxPerMm).fineY, drawn)).toBeLessThan(0.3 * rms(path.fineY, drawn));
  }
}, 120_000);

test('pages on which nobody drew teach nothing', async () => {
  const untouched = pages.map((page) => ({ ...page, columns: { ...page.columns, human: 0 } }));
  expect(await learnLines(model, folder, untouched, 1)).toBeNull();
});
