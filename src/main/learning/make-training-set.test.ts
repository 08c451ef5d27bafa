import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedProject, drawnScan, type DrawnScan } from '../../../tests/fixtures/accepted-project.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import { rectifyPage } from '../../core/page/rectify-page.ts';
import { openPageProcesses, type PageProcesses } from '../jobs/page-processes.ts';
import { decodePage } from '../library/decode-page.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import { makeTrainingSet, setsFolder } from './make-training-set.ts';
import { readManifest, readSetFile } from './set-files.ts';

let dir: string;
let project: Project;
let processes: PageProcesses;
let scan: DrawnScan;
const make = (options = {}) =>
  makeTrainingSet(project, createCorrectedPages(project), processes, options);
const folder = (hash: string) => join(setsFolder(project), hash);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tracewright-set-'));
  scan = await drawnScan(1);
  const other = await drawnScan(2);
  project = acceptedProject(dir, {
    'a/1.png': scan,
    'a/2.png': other,
    'b/copy.png': scan,
    'c/3.png': await drawnScan(3),
  });
  processes = openPageProcesses({ size: 1 });
});

afterAll(async () => {
  await processes.close();
  project.close();
  await rm(dir, { recursive: true, force: true });
});

describe('a training set', () => {
  test('holds the accepted pages as a model sees them, each file by its digest', async () => {
    const ids = project.pages.ids();
    project.reviews.change(ids[3]!, { leads: { [scan.reading.layout!.cells[1]!.id]: 'second-look' } }, 'Ada');
    const { hash, figures, skipped } = await make();
    expect(skipped).toEqual([]);
    expect(figures).toMatchObject({ groups: 4, splitBy: 'patient', changedPages: 0, layouts: { '3x1': 4 } });
    // A copy of a scan is never elsewhere than the scan.
    expect(figures.pages.train + figures.pages.validation + figures.pages.locked).toBe(4);
    expect(readdirSync(setsFolder(project))).toEqual([hash]);
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder(hash), 'manifest.json')))
        .digest('hex'),
    ).toBe(hash);

    const { pages } = await readManifest(folder(hash), hash);
    expect(pages.map(({ name, effort, model }) => [name, effort, model])).toEqual(
      ['a/1.png', 'a/2.png', 'b/copy.png', 'c/3.png'].map((name) => [name, 1, 'none']),
    );
    const [first, , copy] = pages;
    expect(copy!.part).toBe(first!.part);
    expect(pages[3]!.unverified).toEqual([scan.reading.layout!.cells[1]!.id]);
    expect(pages[3]!.known.trace).toBeLessThan(first!.known.trace - 0.1);
    expect(first!.ink.trace).toBeGreaterThan(0.002);
    const { data, info } = await sharp(await readSetFile(folder(hash), first!, 'picture.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const seen = rectifyPage(await decodePage(project.pages.scanPath(first!.pageId), 0)).value.raster;
    expect([info.width, info.height]).toEqual([seen.width, seen.height]);
    expect(Buffer.compare(data, seen.data)).toBe(0);
    const kept = unpackDigitization(await readSetFile(folder(hash), first!, 'page.bin'));
    expect(kept.signals).toEqual(scan.reading.signals);
  });

  test('is the same as long as nothing was learnt, and another when a decision changes', async () => {
    const [before] = project.trainingSets.list();
    expect((await make()).hash).toBe(before!.hash);
    expect(project.trainingSets.list()).toHaveLength(1);
    project.reviews.change(project.pages.ids()[1]!, { state: 'rejected' }, 'Ada');
    const { hash, figures } = await make();
    expect(hash).not.toBe(before!.hash);
    expect(Object.values(figures.pages).reduce((sum, n) => sum + n)).toBe(3);
    expect(project.trainingSets.list().map((set) => set.hash)).toEqual([hash, before!.hash]);
    project.reviews.change(project.pages.ids()[1]!, { state: 'accepted' }, 'Ada');
  });

  test('keeps every page in the part it had, whatever the seed', async () => {
    const [latest] = project.trainingSets.list();
    const before = await readManifest(folder(latest!.hash), latest!.hash);
    const { hash } = await make({ seed: 99 });
    const after = await readManifest(folder(hash), hash);
    for (const page of before.pages) {
      expect(after.pages.find(({ pageId }) => pageId === page.pageId)!.part).toBe(page.part);
    }
  });

  test('notices files that were changed or are gone, and leaves out pages whose scan is gone', async () => {
    const [latest] = project.trainingSets.list();
    const { pages } = await readManifest(folder(latest!.hash), latest!.hash);
    writeFileSync(join(folder(latest!.hash), pages[0]!.folder, 'trace.png'), 'no picture');
    await expect(readSetFile(folder(latest!.hash), pages[0]!, 'trace.png')).rejects.toThrow(
      /was changed after/,
    );
    rmSync(project.pages.scanPath(pages[3]!.pageId));
    const { figures, skipped } = await make();
    expect(skipped).toEqual([{ page: 'c/3.png', why: expect.stringMatching(/no longer in/) as string }]);
    expect(Object.values(figures.pages).reduce((sum, n) => sum + n)).toBe(3);
    for (const id of project.pages.ids()) project.reviews.change(id, { state: 'open' }, 'Ada');
    await expect(make()).rejects.toThrow(/No page of this project was accepted yet/);
    expect(readdirSync(setsFolder(project)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
