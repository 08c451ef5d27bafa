import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toCocoPage, writeCoco } from '../../formats/coco/write-coco.ts';
import { writeLabelStudioTask } from '../../formats/label-studio/label-studio-tasks.ts';
import { writeNnunetDataset } from '../../formats/nnunet/nnunet-dataset.ts';
import { writeGrayLabelPng, writeMaskPng } from '../../formats/png-mask/write-mask-png.ts';
import type { MaskWindow } from '../../core/mask/mask-window.ts';
import type { PageMasks } from '../../core/mask/page-masks.ts';
import { planImport } from './plan-import.ts';
import { scanFolders } from './scan-folders.ts';

let root = '';
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-plan-')))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, bytes: string | Uint8Array = ''): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

const MASK: MaskWindow = { x0: 1, y0: 0, width: 1, height: 1, data: Uint8Array.of(1) };
const SIZE = { width: 3, height: 2 };
const PAGE: PageMasks = {
  ...SIZE,
  leads: [{ cellId: 'r0c0', lead: 'aVF', role: 'lead', startSeconds: 0, endSeconds: 1, mask: MASK }],
  outlines: [],
};

test('masks of every format find their scan, and are read when they are needed', async () => {
  put('images/a.png');
  put('images/b.png');
  put('masks/a/r0c0-aVF.png', writeMaskPng(MASK, SIZE));
  put('masks/b_V1.png', writeMaskPng(MASK, SIZE));
  put('label-maps/a.png', writeGrayLabelPng(Uint8Array.of(0, 6, 0, 0, 0, 13), SIZE));
  put('coco/train.json', writeCoco([toCocoPage(PAGE, 1, 'images/a.png')], ''));
  put('ls.json', `[${writeLabelStudioTask(PAGE, 1, '/data/upload/1/0a1b2c3d-b.png')}]`);
  put('nn/Dataset001_x/dataset.json', writeNnunetDataset(1, '', ''));
  put('nn/Dataset001_x/labelsTr/b.png', writeGrayLabelPng(Uint8Array.of(0, 6, 0, 0, 0, 0), SIZE));
  put('masks/lost.png', writeMaskPng(MASK, SIZE));
  const { masks, mismatches, scans } = await planImport(root);
  expect(scans).toEqual(['images/a.png', 'images/b.png']);
  const read = async (scan: string) => {
    const found = await Promise.all(
      masks.get(scan)!.map(async ({ from, load }) => [from, await load()] as const),
    );
    return found.map(
      ([from, { masks: list }]) => `${from}: ${list.map(({ lead, role }) => `${lead} ${role}`).join(', ')}`,
    );
  };
  expect((await read('images/a.png')).sort()).toEqual([
    'coco/train.json: aVF lead',
    'label-maps/a.png: aVF lead, null rhythm',
    'masks/a/r0c0-aVF.png: aVF lead',
  ]);
  expect((await read('images/b.png')).sort()).toEqual([
    'ls.json: aVF lead',
    'masks/b_V1.png: V1 lead',
    'nn/Dataset001_x/labelsTr/b.png: aVF lead',
  ]);
  for (const loader of [...masks.values()].flat()) {
    const { width, height, masks: list } = await loader.load();
    expect([width, height]).toEqual([3, 2]);
    for (const { role, mask } of list) if (role === 'lead') expect(mask).toEqual(MASK);
  }
  expect(mismatches.map(({ path }) => path)).toEqual(['masks/lost.png']);
});

test("names inside of files lead nowhere but to the folder's scans", async () => {
  put('in/a.png');
  put('b.png');
  put('in/coco.json', writeCoco([toCocoPage(PAGE, 1, '../b.png'), toCocoPage(PAGE, 2, '/etc/a.png')], ''));
  put(
    'in/paper.json',
    JSON.stringify({
      schema: { name: 'paper-ecg-user-annotation', version: 0 },
      image: { name: '../b.png' },
      rotation: 0,
      timeScale: 25,
      voltageScale: 10,
      leads: {},
    }),
  );
  const { masks, annotations, mismatches } = await planImport(join(root, 'in'));
  expect([...masks.keys()]).toEqual(['a.png']);
  expect(annotations.size).toBe(0);
  expect(mismatches.map(({ path }) => path).sort()).toEqual(['../b.png of coco.json', 'paper.json']);
});

test("Kaggle's folder is known by its lists; damaged files are mismatches, not ends", async () => {
  put('train.csv', 'id,fs,sig_len\n12,512,5120\n');
  put('test.csv', 'id,lead,fs,number_of_rows\n77,II,250,x\n');
  put('train/12/12.csv', 'I,II\n1,2\n');
  put('train/12/12-0005.png');
  put('train/12/12-0011.png');
  put('coco.json', '{"images":[],"annotations":[],"categories":3}');
  const plan = await planImport(root);
  expect(plan.kind).toBe('kaggle');
  expect(plan.rates.get('12')).toBe(512);
  expect(plan.pairs.map(({ scan, rule }) => `${scan} ${rule}`)).toEqual([
    'train/12/12-0005.png record folder',
    'train/12/12-0011.png record folder',
  ]);
  expect([...plan.tags.values()]).toEqual(['photo of a print', 'mould, colour scan']);
  expect(plan.mismatches.map(({ path }) => path).sort()).toEqual(['coco.json', 'test.csv']);
  await expect(planImport(join(root, 'train/12/12.csv'))).rejects.toMatchObject({ name: 'AppError' });
  mkdirSync(join(root, 'empty'));
  await expect(planImport(join(root, 'empty'))).rejects.toThrow(/No scan lies in/);
});

test('ECG-Image-Kit says beside its pictures what is printed', async () => {
  put('00001_hr.hea', '00001_hr 1 500 1\n00001_hr.dat 16 200 16 0 0 0 0 I\n');
  put('00001_hr-0.png');
  put('00001_hr-1.png');
  const lead = { lead_name: 'I', start_sample: 5000, end_sample: 6250 };
  put('00001_hr-1.json', JSON.stringify({ sampling_frequency: 500, leads: [lead] }));
  put('00001_hr-0.json', '{"sampling_frequency": "fast", "leads": []}');
  const { pairs, imageKits, mismatches } = await planImport(root, { kind: 'ecg-image-kit' });
  expect(pairs.map(({ rule, part }) => [rule, part])).toEqual([
    ['numbered page', 0],
    ['numbered page', 1],
  ]);
  expect(imageKits.get('00001_hr-1.png')!.spans).toEqual([{ lead: 'I', first: 5000, end: 6250 }]);
  expect(mismatches.map(({ path }) => path)).toEqual(['00001_hr-0.json']);
});

test('the project gets the folders of scans, not those of masks', () => {
  expect(scanFolders(['a.png', 'b/c.png'], [])).toEqual(['']);
  expect(scanFolders(['images/train/a.png', 'images/val/b.png'], ['masks/a.png'])).toEqual(['images']);
  expect(scanFolders(['x/a.png', 'y/b.png', 'y/z/c.png'], ['y/masks/b.png'])).toEqual(['x', 'y']);
  expect(scanFolders(['ab/a.png'], ['a/b.png'])).toEqual(['ab']);
});
