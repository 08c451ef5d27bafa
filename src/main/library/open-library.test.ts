import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { jpegPdf } from '../../../tests/fixtures/tiny-pdf.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { openProject } from '../store/open-project.ts';
import type { Project } from '../store/open-project.ts';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';

interface Bench {
  readonly project: Project;
  readonly library: Library;
  readonly scans: string;
  readonly write: (name: string, content?: string | Uint8Array) => string;
  readonly names: () => string[];
}

async function bench(): Promise<Bench> {
  const root = tempDir();
  const scans = join(root, 'scans');
  mkdirSync(scans);
  const project = openProject(join(root, 'project'));
  const library = openLibrary(project);
  onTestFinished(async () => {
    await library.close();
    project.close();
  });
  const write = (name: string, content: string | Uint8Array = name): string => {
    const path = join(scans, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    // Old enough to count as written.
    utimesSync(path, 1e9, 1e9);
    return path;
  };
  const names = (): string[] =>
    project.pages.summaries(project.pages.ids()).map(({ relativePath }) => relativePath);
  return { project, library, scans, write, names };
}

test('a folder is read whole, in the order people count, without what is not a scan', async () => {
  const { library, scans, write, names, project } = await bench();
  for (const name of ['ECG10.png', 'ecg2.jpg', 'sub/a.pdf', 'a.overlay.png', '.hidden.png', 'notes.txt'])
    write(name);
  symlinkSync('/etc/hostname', join(scans, 'outside.png'));
  const folder = await library.addFolder(scans);
  expect(folder).toMatchObject({ path: scans, watching: true, scanning: true });
  await library.settled();
  expect(names()).toEqual(['ecg2.jpg', 'ECG10.png', 'sub/a.pdf']);
  expect(library.folders()).toMatchObject([{ pages: 3, scanning: false, problem: null }]);
  expect(project.pages.countByStatus()).toMatchObject({ queued: 3 });
});

test('pages of a multi-page file appear once it was looked at', async () => {
  const { library, scans, write, project } = await bench();
  const page = { box: [72, 72], content: '' } as const;
  write('three.pdf', jpegPdf({ bytes: new Uint8Array(0), width: 1, height: 1 }, [page, page, page]));
  await library.addFolder(scans);
  await library.settled();
  expect(project.pages.summaries(project.pages.ids()).map(({ name }) => name)).toEqual([
    'three.pdf',
    'three.pdf · p2',
    'three.pdf · p3',
  ]);
});

test('moved and renamed files keep their pages; copies get their own', async () => {
  const { library, scans, write, names, project } = await bench();
  const old = write('old.png', 'the same bytes');
  const { id: folder } = await library.addFolder(scans, { watch: false });
  await library.settled();
  const [page] = project.pages.ids();
  project.pages.setOverrides(page!, { layout: '6x2' });
  mkdirSync(join(scans, 'ward'));
  renameSync(old, join(scans, 'ward', 'new.png'));
  await library.rescan(folder);
  await library.settled();
  expect(names()).toEqual(['ward/new.png']);
  expect(project.pages.ids()).toEqual([page]);
  expect(project.pages.overrides(page!)).toEqual({ layout: '6x2' });
  write('copy.png', 'the same bytes');
  await library.rescan(folder);
  await library.settled();
  expect(names()).toEqual(['copy.png', 'ward/new.png']);
});

test('a touched file stays as it is, a changed one starts anew, a vanished one is kept and marked', async () => {
  const { library, scans, write, project } = await bench();
  write('touched.png', 'A');
  write('changed.png', 'B');
  write('vanished.png', 'C');
  const { id: folder } = await library.addFolder(scans, { watch: false });
  await library.settled();
  const [changed, touched, vanished] = project.pages.ids() as [number, number, number];
  for (const id of [changed, touched, vanished]) project.pages.setOverrides(id, { gainMmPerMillivolt: 5 });
  utimesSync(join(scans, 'touched.png'), 1.1e9, 1.1e9);
  writeFileSync(join(scans, 'changed.png'), 'other');
  unlinkSync(join(scans, 'vanished.png'));
  await library.rescan(folder);
  expect(project.pages.overrides(touched)).toEqual({ gainMmPerMillivolt: 5 });
  expect(project.pages.overrides(changed)).toEqual({});
  expect(project.pages.overrides(vanished)).toEqual({ gainMmPerMillivolt: 5 });
  expect(project.pages.summary(vanished).message).toContain('no longer in its folder');
  expect(() => project.pages.scanPath(vanished)).toThrow(expect.objectContaining({ code: 'not-found' }));
  write('vanished.png', 'C');
  await library.rescan(folder);
  expect(project.pages.summary(vanished)).toMatchObject({ message: null, status: 'queued' });
});

test('new scans in a watched folder appear by themselves', async () => {
  const { library, scans, write, names } = await bench();
  await library.addFolder(scans);
  await library.settled();
  await expect
    .poll(
      () => {
        if (names().length === 0) write('fresh.png');
        return names();
      },
      { interval: 200 },
    )
    .toEqual(['fresh.png']);
});

test('folders that cannot be are refused in words', async () => {
  const { library, scans, write, project } = await bench();
  const path = write('deep/er/a.png');
  await library.addFolder(scans, { watch: false });
  await library.settled();
  await expect(library.addFolder(join(scans, 'gone'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.addFolder(path)).rejects.toMatchObject({ code: 'usage' });
  await expect(library.addFolder(join(scans, 'deep'))).rejects.toMatchObject({ code: 'usage' });
  await expect(library.addFolder(project.dir)).rejects.toMatchObject({ code: 'usage' });
});

test('a folder that vanishes says so and keeps its pages', async () => {
  const { library, scans, write, project } = await bench();
  write('a.png');
  const { id } = await library.addFolder(scans, { watch: false });
  await library.settled();
  rmSync(scans, { recursive: true });
  await library.rescan(id);
  expect(library.folders()[0]!.problem).toContain('does not exist any more');
  expect(project.pages.count()).toBe(1);
  await library.removeFolder(id);
  expect(project.pages.count()).toBe(0);
});
