import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEGMENT_CLASSES } from '../../../core/mask/segment-classes.ts';
import { layOutParameters } from '../net/parameter-layout.ts';
import { parseTrainingConfig } from '../training-config.ts';
import { openPageSource } from './page-source.ts';
import { writePatchFolder, type PatchFolderOptions } from './patch-folder.ts';

const config = parseTrainingConfig({
  name: 'tiny',
  seed: 11,
  net: { widths: [4, 6] },
  steps: 1,
  batch: 1,
  patchPx: 32,
  rate: { peak: 0.01, warmupSteps: 1 },
  data: { simulatedShare: 1, cropPx: 64, patchesPerPage: 3, pagesPerBlock: 1 },
  validation: { pages: 2, cropPx: 64, everySteps: 1 },
});

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tracewright-patches-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const write = (name: string, options: Partial<PatchFolderOptions> = {}) =>
  writePatchFolder({
    config,
    out: join(root, name),
    pages: 4,
    part: { index: 1, of: 1 },
    ahead: Infinity,
    revision: 'r1',
    bases: [],
    ...options,
  });

describe('a folder of patches', () => {
  it('holds the planes of the pages, and says what they are', async () => {
    await write('whole');
    const facts = JSON.parse(await readFile(join(root, 'whole/patches.json'), 'utf8'));
    const { length } = layOutParameters({ widths: [4, 6], classes: SEGMENT_CLASSES.length });
    expect(facts).toMatchObject({
      format: 'tracewright-patches-1',
      patchPx: 32,
      patchesPerPage: 3,
      planes: ['red', 'green', 'blue', 'trace', 'mark', 'text', 'grid', 'weight'],
      heldOut: { pages: 2, sidePx: 64 },
      network: { widths: [4, 6], classes: 4, parameters: length },
      revision: 'r1',
      settings: config,
    });
    const names = await readdir(join(root, 'whole/train'));
    expect(names.sort()).toEqual(['0000000.bin', '0000001.bin', '0000002.bin', '0000003.bin']);
    expect((await readFile(join(root, 'whole/train/0000000.bin'))).length).toBe(3 * 8 * 32 * 32);

    const page = (await openPageSource(config, [])).validationPage(1);
    const held = await readFile(join(root, 'whole/held-out/0000001.bin'));
    expect(held.length).toBe(8 * 64 * 64);
    const green = Uint8Array.from({ length: 64 * 64 }, (_, k) => page.raster.data[3 * k + 1]!);
    expect(held.subarray(64 * 64, 2 * 64 * 64).equals(green)).toBe(true);
    expect(held.subarray(3 * 64 * 64, 4 * 64 * 64).equals(page.targets[0]!)).toBe(true);
    expect(held.subarray(7 * 64 * 64).equals(page.weight)).toBe(true);
  });

  it('is the same whether it was drawn in one go or in parts, or went on', async () => {
    await write('parts', { part: { index: 2, of: 2 } });
    expect(await readdir(join(root, 'parts'))).toEqual(['train']);
    await write('parts', { pages: 2 });
    await write('parts', { part: { index: 1, of: 2 } });
    for (const name of await readdir(join(root, 'whole/train'))) {
      const [a, b] = await Promise.all(
        ['whole', 'parts'].map((folder) => readFile(join(root, folder, 'train', name))),
      );
      expect(a!.equals(b!)).toBe(true);
    }
  });

  it('waits for the trainer to take files away, and stops when asked to', async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const written = write('ahead', {
      ahead: 2,
      signal: controller.signal,
      onPage: (count) => {
        told.push(count);
        if (count === 2) setTimeout(() => controller.abort(), 120);
      },
    });
    await expect(written).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toEqual([1, 2]);
    await expect(write('none', { part: { index: 3, of: 2 } })).rejects.toMatchObject({ code: 'usage' });
  });
});
