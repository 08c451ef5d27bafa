import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browseFolder } from './browse-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-browse-'));
  for (const name of ['b10', 'b9', '.hidden']) mkdirSync(join(folder, name));
  for (const name of ['a.png', 'b.PDF', 'notes.txt', 'net10.onnx', 'net9.ONNX', '.net.onnx'])
    writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'b9/folder.onnx'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('lists visible folders in natural order and counts the scans', async () => {
  const listing = await browseFolder(folder);
  expect(listing.folders).toEqual([
    { name: 'b9', path: join(folder, 'b9') },
    { name: 'b10', path: join(folder, 'b10') },
  ]);
  expect(listing).toMatchObject({ path: folder, parent: tmpdir(), scans: 2 });
  expect(listing.models).toEqual([
    { name: 'net9.ONNX', path: join(folder, 'net9.ONNX'), bytes: 0 },
    { name: 'net10.onnx', path: join(folder, 'net10.onnx'), bytes: 0 },
  ]);
  expect((await browseFolder(join(folder, 'b9'))).models).toEqual([]);
});

test('the root has no parent', async () => {
  expect((await browseFolder('/')).parent).toBeNull();
});

test.each([
  ['scans', 'usage'],
  ['/tmp/../etc', 'usage'],
  ['/no/such/folder', 'not-found'],
])('%s is refused as %s', async (path, code) => {
  await expect(browseFolder(path)).rejects.toMatchObject({ code });
});
