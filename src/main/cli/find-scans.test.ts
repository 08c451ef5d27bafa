import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findScans, truthWords } from './find-scans.ts';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tracewright-find-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(...paths: string[]) {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
}

async function find(inputs: string[], out = 'out') {
  const { scans, unreadable } = await findScans(
    inputs.map((input) => join(root, input)),
    join(root, out),
  );
  return { scans: scans.map(({ folder, fileName }) => join(folder, fileName)), unreadable };
}

describe('findScans', () => {
  it('mirrors one folder, leaving out hidden, foreign, overlay and output files', async () => {
    plant('in/b.PNG', 'in/a/x.jpg', 'in/.hidden/y.png', 'in/._z.png', 'in/notes.txt', 'in/b.overlay.png');
    plant('in/out/old.png');
    expect((await find(['in'], 'in/out')).scans).toEqual(['a/x.jpg', 'b.PNG']);
  });

  it('leaves masks out that lie beside their page, and counts them', async () => {
    plant('in/a.png', 'in/a.mask.png', 'in/b.jpg', 'in/b.mask.png', 'in/alone.mask.png');
    const { scans, truths } = await findScans(
      [join(root, 'in'), join(root, 'in/b.mask.png')],
      join(root, 'out'),
    );
    expect(scans.map(({ fileName }) => fileName)).toEqual(['a.png', 'alone.mask.png', 'b.jpg', 'b.mask.png']);
    expect(truths).toBe(2);
    expect(truthWords(2)).toMatch(/^2 masks .*mask\.png/);
    expect(truthWords(0)).toBe('');
  });

  it('keeps the names of several folders', async () => {
    plant('in/pink/a.png', 'in/clean/a.png', 'in/clean/deep/b.png');
    expect((await find(['in/pink', 'in/clean'])).scans).toEqual([
      'pink/a.png',
      'clean/a.png',
      'clean/deep/b.png',
    ]);
  });

  it('takes files flat whatever their extension, but not two of one name', async () => {
    plant('p/a.png', 'q/b.xyz', 'q/a.png');
    expect((await find(['p/a.png', 'q/b.xyz'])).scans).toEqual(['a.png', 'b.xyz']);
    expect((await find(['p/a.png', 'q/a.png'])).scans).toEqual(['p/a.png', 'q/a.png']);
  });

  it('counts a file met twice once, and survives links in circles', async () => {
    plant('in/a.png', 'in/sub/b.png');
    symlinkSync(join(root, 'in'), join(root, 'in/sub/loop'));
    expect((await find(['in', 'in/a.png'])).scans).toEqual(['a.png', 'sub/b.png']);
  });

  it('names what cannot be read and goes on', async () => {
    plant('in/a.png');
    const { scans, unreadable } = await find(['missing.png', 'in']);
    expect(scans).toEqual(['a.png']);
    expect(unreadable).toEqual([
      { path: join(root, 'missing.png'), message: 'There is no such file or folder.' },
    ]);
  });
});
