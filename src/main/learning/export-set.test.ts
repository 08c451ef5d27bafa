import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedProject, drawnScan } from '../../../tests/fixtures/accepted-project.ts';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { readCoco } from '../../formats/coco/read-coco.ts';
import { readNnunetDataset } from '../../formats/nnunet/nnunet-dataset.ts';
import { openPageProcesses, type PageProcesses } from '../jobs/page-processes.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import { exportSet } from './export-set.ts';
import { makeTrainingSet, setsFolder } from './make-training-set.ts';
import { openSetPage, type OpenSetPage } from './open-set-page.ts';
import { readManifest } from './set-files.ts';
import type { SetPage } from './training-manifest.ts';

let dir: string;
let project: Project;
let processes: PageProcesses;
let folder: string;
let pages: readonly SetPage[];
const planes = new Map<string, OpenSetPage>();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tracewright-export-set-'));
  project = acceptedProject(dir, {
    'a/1.png': await drawnScan(1),
    'b/2.png': await drawnScan(2),
    'c/3.png': await drawnScan(3),
  });
  processes = openPageProcesses({ size: 1 });
  const { hash } = await makeTrainingSet(project, createCorrectedPages(project), processes);
  folder = join(setsFolder(project), hash);
  ({ pages } = await readManifest(folder, hash));
  for (const page of pages) planes.set(page.folder, await openSetPage(folder, page));
});

afterAll(async () => {
  await processes.close();
  project.close();
  await rm(dir, { recursive: true, force: true });
});

const gray = async (path: string): Promise<Uint8Array> => sharp(path).toColourspace('b-w').raw().toBuffer();
const trace = (page: SetPage) => {
  const { targets, weights } = planes.get(page.folder)!;
  const at = SEGMENT_CLASSES.indexOf('trace');
  return { target: targets[at]!, known: weights[at]! };
};

test('nnU-Net: a dataset per plane, unknown pixels ignored, the parts of the set kept', async () => {
  const out = join(dir, 'nnunet');
  await exportSet(folder, pages, { to: 'nnunet', out, firstId: 41 });
  expect(readdirSync(out).sort()).toEqual([
    'Dataset041_TracewrightTrace',
    'Dataset042_TracewrightMark',
    'Dataset043_TracewrightText',
  ]);
  const root = join(out, 'Dataset041_TracewrightTrace');
  const { names } = readNnunetDataset(readFileSync(join(root, 'dataset.json'), 'utf8'));
  expect([...names]).toEqual([
    [1, 'trace'],
    [2, 'ignore'],
  ]);
  for (const page of pages) {
    const part = page.part === 'locked' ? 'Ts' : 'Tr';
    const { target, known } = trace(page);
    const labels = await gray(join(root, `labels${part}`, `${page.folder}.png`));
    expect(labels.every((label, k) => label === (known[k] === 0 ? 2 : target[k]! >= 128 ? 1 : 0))).toBe(true);
    expect(existsSync(join(root, `images${part}`, `${page.folder}_0000.png`))).toBe(true);
  }
  const [{ train, val }] = JSON.parse(readFileSync(join(root, 'splits_final.json'), 'utf8')) as [
    { train: string[]; val: string[] },
  ];
  const locked = pages.filter(({ part }) => part === 'locked').map((page) => page.folder);
  expect([...train, ...val, ...locked].sort()).toEqual(pages.map((page) => page.folder).sort());
});

test('COCO: run lengths and polygons both give the plane again', async () => {
  const out = join(dir, 'coco');
  await exportSet(folder, pages, { to: 'coco', out });
  for (const name of ['annotations-rle.json', 'annotations-polygons.json']) {
    const text = readFileSync(join(out, name), 'utf8');
    const file = JSON.parse(text) as {
      annotations: { image_id: number; category_id: number; area: number }[];
    };
    for (const [index, page] of pages.entries()) {
      const area = trace(page).target.reduce((sum, share) => sum + (share >= 128 ? 1 : 0), 0);
      const one = file.annotations.find((a) => a.image_id === index + 1 && a.category_id === 1)!;
      expect(one.area).toBe(area);
    }
    expect(readCoco(text).length).toBe(pages.length);
  }
});

test('PNG: the planes of the set to the pixel', async () => {
  const out = join(dir, 'png');
  await exportSet(folder, pages, { to: 'png', out });
  for (const page of pages) {
    const { target, known } = trace(page);
    expect(Buffer.compare(await gray(join(out, page.folder, 'trace.png')), target)).toBe(0);
    expect(Buffer.compare(await gray(join(out, page.folder, 'trace-known.png')), known)).toBe(0);
  }
});

test('a folder with something in it is left alone, and nothing is left behind', async () => {
  const out = join(dir, 'there');
  mkdirSync(join(out, 'something'), { recursive: true });
  await expect(exportSet(folder, pages, { to: 'png', out })).rejects.toMatchObject({ code: 'usage' });
  expect(readdirSync(out)).toEqual(['something']);
  expect(existsSync(`${out}.part`)).toBe(false);
});
