import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKnownSignal } from './read-known-signal.ts';
import { sortFiles } from './sort-files.ts';
import { readListed, walkFolder } from './walk-folder.ts';

let root = '';
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-walk-')))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text = ''): void {
  mkdirSync(join(root, 'in', path, '..'), { recursive: true });
  writeFileSync(join(root, 'in', path), text);
}

test('links are named and not followed, whatever they lead to', async () => {
  put('a/x.png');
  put('.hidden/y.png');
  writeFileSync(join(root, 'secret.csv'), 'time_s,I\n0,1\n');
  symlinkSync(join(root, 'secret.csv'), join(root, 'in/a/x.csv'));
  symlinkSync(root, join(root, 'in/out'));
  const walked = await walkFolder(join(root, 'in'));
  expect(walked.files).toEqual(['a/x.png']);
  expect(walked.refused.map(({ path }) => path)).toEqual(['a/x.csv', 'out']);
  for (const path of ['a/x.csv', '../secret.csv', 'out/secret.csv']) {
    await expect(readListed(walked.root, path, { most: 100 })).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(walkFolder(join(root, 'none'))).rejects.toMatchObject({ code: 'not-found' });
});

test('a WFDB header cannot name files elsewhere', async () => {
  writeFileSync(join(root, 'secret.dat'), 'xx');
  for (const name of ['../secret.dat', '/etc/passwd', '.secret.dat', 'a/b.dat']) {
    put('r.hea', `r 1 500 1\n${name} 16 200 16 0 0 0 0 I\n`);
    const reading = readKnownSignal(join(root, 'in'), 'r.hea', { seconds: 10 });
    await expect(reading, name).rejects.toThrow(/no file beside it/);
  }
});

test('a WFDB header cannot reach through a link beside it', async () => {
  writeFileSync(join(root, 'secret.dat'), 'xx');
  put('r.hea', 'r 1 500 1\nr.dat 16 200 16 0 0 0 0 I\n');
  symlinkSync(join(root, 'secret.dat'), join(root, 'in/r.dat'));
  const reading = readKnownSignal(join(root, 'in'), 'r.hea', { seconds: 10 });
  await expect(reading).rejects.toMatchObject({ code: 'forbidden' });
});

test('files are told apart by how they begin', async () => {
  put('train.csv', 'id,fs,sig_len\n1,500,5000\n');
  put('1/1.csv', 'I,II\n1,2\n');
  put('1/1-0001.png');
  put('b/t.csv', 'time_s,I\n0,1\n');
  put('b/list.csv', 'name,age\n');
  put('b/r.hea', '');
  put('b/page.json', '{"format":1,"leads":[]}');
  put('coco/train.json', '{"info":{},"licenses":[],"categories":[{"id":1}]');
  put('ls.json', '[{"id":1,"data":{"image":"a"},"annotations":[]}]');
  put('paper.json', '{"schema": {"name": "paper-ecg-user-annotation", "version": 0}}');
  put('masks/m.png');
  put('b/t.mask.png');
  put('nn/Dataset700_x/dataset.json', '{"labels":{}}');
  put('nn/Dataset700_x/labelsTr/c.png');
  put('nn/Dataset700_x/imagesTr/c_0000.png');
  const sorted = await sortFiles(await walkFolder(join(root, 'in')));
  expect(sorted.scans).toEqual(['1/1-0001.png']);
  expect(sorted.signals).toEqual([
    { path: '1/1.csv', kind: 'bare' },
    { path: 'b/r.hea', kind: 'wfdb' },
    { path: 'b/t.csv', kind: 'table' },
  ]);
  expect(sorted.annotations).toEqual(['paper.json']);
  expect(sorted.masks.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
    'coco coco/train.json',
    'label-studio ls.json',
    'nnunet nn/Dataset700_x',
    'png b/t.mask.png',
    'png masks/m.png',
  ]);
  expect([sorted.train, sorted.test]).toEqual(['train.csv', null]);
});
