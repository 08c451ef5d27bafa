import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { createContext } from './create-context.ts';
import { createEditTable } from './edit-table.ts';
import { createReadingTable } from './reading-table.ts';
import { createFileTable } from './file-table.ts';
import { createFolderTable } from './folder-table.ts';
import { openDatabase } from './open-database.ts';
import { openProject } from './open-project.ts';
import type { Project } from './open-project.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import type { PageResult } from './result-table.ts';
import type { ProjectEvent } from './store-context.ts';
import { summarizeDigitization } from './summarize-digitization.ts';
import { failedPage } from '../export/failed-page.ts';
import { AppError } from '../../shared/app-error.ts';

function project(dir = tempDir()): Project {
  const opened = openProject(dir);
  onTestFinished(() => opened.close());
  return opened;
}

/** A project with `count` pages of one page each, and their ids by name. */
function filled(count: number, dir = tempDir()): { opened: Project; folder: number; ids: number[] } {
  const opened = project(join(dir, 'project'));
  mkdirSync(join(dir, 'scans'), { recursive: true });
  const folder = opened.folders.add(join(dir, 'scans'), { watch: true });
  const files = Array.from({ length: count }, (_, i) => ({
    relativePath: `Ward ${i % 7}/ECG${i}.png`,
    size: 1000 + i,
    mtimeMs: i,
  }));
  opened.files.add(folder, files, { queue: true });
  return { opened, folder, ids: opened.pages.ids() };
}

function result(status: 'ok' | 'failed'): PageResult {
  const failed = failedPage(new AppError('no-ecg', 'Nothing that looks like an ECG.'), null);
  const page = status === 'ok' ? { ...failed, status, confidence: 0.8, reasons: [] } : failed;
  return {
    attention: { score: 0, words: '' },
    summary: summarizeDigitization(page),
    packed: packDigitization(page),
    versions: { tracewright: '1' },
    milliseconds: { decode: 3 },
    thumbnail: { contentType: 'image/webp', bytes: Uint8Array.of(1, 2) },
  };
}

test('a project is opened by one program at a time; a dead program does not count', () => {
  const dir = tempDir();
  const first = project(dir);
  expect(() => openProject(dir)).toThrow(expect.objectContaining({ code: 'locked' }));
  first.close();
  first.close();
  const lock = join(dir, 'project.lock');
  expect(existsSync(lock)).toBe(false);
  const holder = { host: hostname(), born: null };
  writeFileSync(lock, JSON.stringify({ ...holder, pid: process.ppid }));
  expect(() => openProject(dir)).toThrow(expect.objectContaining({ code: 'locked' }));
  writeFileSync(lock, JSON.stringify({ ...holder, pid: 2 ** 30 }));
  project(dir).close();
  writeFileSync(lock, JSON.stringify({ ...holder, pid: process.ppid, born: 'long ago' }));
  project(dir).close();
  writeFileSync(lock, '{"pid":');
  project(dir);
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a newer project, a foreign database and a broken file are refused and left alone', () => {
  const newer = tempDir();
  project(newer).close();
  const db = new Database(join(newer, 'project.sqlite'));
  db.pragma('user_version = 99');
  db.close();
  expect(() => openProject(newer)).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: expect.stringContaining('newer Tracewright') as string,
    }),
  );
  const foreign = tempDir();
  const other = new Database(join(foreign, 'project.sqlite'));
  other.exec('CREATE TABLE theirs (a)');
  other.close();
  expect(() => openProject(foreign)).toThrow(expect.objectContaining({ code: 'usage' }));
  const broken = tempDir();
  writeFileSync(
    join(broken, 'project.sqlite'),
    'this is no database, and long enough to be sure of it '.repeat(20),
  );
  expect(() => openProject(broken)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  expect(existsSync(join(broken, 'project.lock'))).toBe(false);
});

test('schema steps are taken once and in order', () => {
  const file = join(tempDir(), 'a.sqlite');
  const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y'];
  openDatabase(file, steps.slice(0, 1)).close();
  const db = openDatabase(file, steps);
  onTestFinished(() => void db.close());
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.prepare('SELECT x, y FROM a').all()).toEqual([]);
});

test('a full disk is told as such, undoes the transaction and leaves the project usable', () => {
  const dir = tempDir();
  const db = openDatabase(join(dir, 'project.sqlite'));
  onTestFinished(() => void db.close());
  const events: ProjectEvent[] = [];
  const context = createContext(db, (event) => events.push(event));
  const folder = createFolderTable(context).add(dir, { watch: false });
  const now = () => 0;
  const edits = createEditTable(context, now);
  const files = createFileTable(context, edits, createReadingTable(context, edits, now), now);
  const many = Array.from({ length: 2000 }, (_, i) => ({ relativePath: `${i}.png`, size: 1, mtimeMs: 0 }));
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 3}`);
  events.length = 0;
  expect(() => files.add(folder, many, { queue: true })).toThrow(
    expect.objectContaining({ code: 'storage', message: expect.stringContaining('full') as string }),
  );
  expect(files.inFolder(folder)).toEqual([]);
  expect(events).toEqual([]);
  db.pragma('max_page_count = 100000');
  expect(files.add(folder, many, { queue: true })).toHaveLength(2000);
  expect(events).toEqual([{ type: 'list' }, { type: 'folders' }]);
});

test('10,000 pages are listed, searched and sorted within 50 ms', () => {
  const { opened } = filled(10_000);
  const queries = [
    {},
    { search: 'ECG99 3/' },
    { status: 'queued', sort: 'confidence', descending: true },
    { sort: 'status' },
    { folderId: 1, sort: 'digitized' },
    { layout: '3x4', sort: 'added' },
  ] as const;
  const counts = queries.map((query) => {
    // The least of several times: others may have the processor in between.
    let least = Infinity;
    let length = 0;
    for (let i = 0; i < 10; i++) {
      const started = performance.now();
      ({ length } = opened.pages.ids(query));
      least = Math.min(least, performance.now() - started);
    }
    expect(least).toBeLessThan(50);
    return length;
  });
  // ECG99, ECG990..999 and ECG9900..9999, a seventh of them on ward 3.
  expect(counts[1]).toBe(
    Array.from({ length: 10_000 }, (_, i) => i).filter((i) => /^99/.test(`${i}`) && i % 7 === 3).length,
  );
  expect([counts[0], counts[5]]).toEqual([10_000, 0]);
});

test('results are stored once per run, and not when they were overtaken', () => {
  const { opened, ids } = filled(3);
  const claimed = opened.queue.claim([ids[2]!])!;
  expect(claimed).toMatchObject({ id: ids[2], pageIndex: 0, overrides: {} });
  expect(opened.results.save(claimed.id, claimed.revision, result('ok'))).toBe(true);
  expect(opened.results.save(claimed.id, claimed.revision, result('ok'))).toBe(false);
  expect(opened.results.runs(claimed.id)).toBe(1);
  expect(opened.pages.summary(claimed.id)).toMatchObject({ status: 'ok', confidence: 0.8, message: null });
  expect(opened.results.digitization(claimed.id)).toMatchObject({ status: 'ok', paths: [] });
  expect(opened.results.milliseconds(claimed.id)).toEqual({ decode: 3 });
  expect(opened.results.thumbnail(claimed.id)!.bytes).toEqual(Buffer.of(1, 2));

  const next = opened.queue.claim([])!;
  opened.pages.setOverrides(next.id, { layout: '12x1' });
  expect(opened.results.save(next.id, next.revision, result('ok'))).toBe(false);
  const first = opened.queue.claim([])!;
  expect(first).toMatchObject({ id: next.id, overrides: { layout: '12x1' } });
  expect(opened.results.save(first.id, first.revision, result('failed'))).toBe(true);
  expect(opened.pages.summary(first.id).message).toBe('Nothing that looks like an ECG.');
});

test('the queue survives: interrupted pages come back behind the others, five interruptions end it', () => {
  const dir = tempDir();
  let { opened } = filled(2, dir);
  const [victim] = opened.pages.ids() as [number, number];
  for (let i = 0; i < 4; i++) {
    expect(opened.queue.claim([victim])!.id).toBe(victim);
    opened.close();
    opened = project(join(dir, 'project'));
    expect(opened.pages.summary(victim).status).toBe('queued');
    expect(opened.queue.claim([])!.id).not.toBe(victim);
    opened.queue.release(opened.pages.ids({ status: 'running' })[0]!);
  }
  opened.queue.claim([victim]);
  opened.close();
  opened = project(join(dir, 'project'));
  expect(opened.pages.summary(victim)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('ended 5 times') as string,
  });
  expect(opened.queue.enqueue([victim], { again: false })).toBe(1);
  expect(opened.queue.claim([])!.id).toBe(victim);
});

test('clearing the queue leaves pages as they were', () => {
  const { opened, ids } = filled(3);
  const done = opened.queue.claim([])!;
  opened.results.save(done.id, done.revision, result('ok'));
  expect(opened.queue.enqueue(ids, { again: false })).toBe(0);
  expect(opened.queue.enqueue(ids, { again: true })).toBe(1);
  const running = opened.queue.claim([])!;
  opened.queue.clear();
  expect(opened.pages.countByStatus()).toEqual({
    new: 2,
    queued: 0,
    running: 0,
    ok: 1,
    partial: 0,
    failed: 0,
  });
  expect(opened.results.save(running.id, running.revision, result('ok'))).toBe(false);
});

test('neighbours are the nearest by name, forward first', () => {
  const { opened, ids } = filled(9);
  expect(opened.pages.neighbours(ids[4]!, 2)).toEqual([ids[5], ids[3], ids[6], ids[2]]);
  expect(opened.pages.neighbours(ids[0]!, 2)).toEqual([ids[1], ids[2]]);
});

test('scans are found inside their folder only', () => {
  const dir = tempDir();
  const { opened, folder } = filled(1, dir);
  opened.files.add(folder, [{ relativePath: 'link.png', size: 1, mtimeMs: 0 }], { queue: false });
  writeFileSync(join(dir, 'secret.png'), 'secret');
  symlinkSync(join(dir, 'secret.png'), join(dir, 'scans', 'link.png'));
  const [link] = opened.pages.ids({ search: 'link' });
  expect(() => opened.pages.scanPath(link!)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  expect(() => opened.pages.scanPath(999)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(opened.pages.locate(999)).toBeNull();
});

test('removing a folder takes its pages and results along; events tell of every change', () => {
  const { opened, folder, ids } = filled(2);
  const events: string[] = [];
  const off = opened.on(({ type }) => events.push(type));
  const page = opened.queue.claim([])!;
  opened.results.save(page.id, page.revision, result('ok'));
  opened.folders.remove(folder);
  expect(opened.pages.count()).toBe(0);
  expect(opened.results.thumbnail(ids[0]!)).toBeNull();
  expect(events).toEqual(['pages', 'pages', 'folders', 'list']);
  off();
  opened.settings.set('theme', { dark: true });
  expect(opened.settings.get('theme')).toEqual({ dark: true });
  expect(opened.settings.get('other')).toBeNull();
  expect(events).toHaveLength(4);
});

test('words are looked for in names, notes, tags and reasons; all must be there', () => {
  const { opened, ids } = filled(8);
  opened.reviews.change(ids[2]!, { note: 'Pacemaker spikes', tags: ['Follow-up'], milliseconds: 0 }, 'Ada');
  opened.reviews.change(
    ids[5]!,
    { state: 'rejected', reason: 'No pacemaker, too pale', milliseconds: 0 },
    'Ada',
  );
  expect(opened.pages.ids({ search: 'PACEMAKER' })).toEqual([ids[2], ids[5]]);
  expect(opened.pages.ids({ search: 'pacemaker follow-up' })).toEqual([ids[2]]);
  expect(opened.pages.ids({ search: 'pale ecg4' })).toEqual([ids[5]]);
  expect(opened.pages.ids({ search: 'pale ecg2' })).toEqual([]);
});
