import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import type { PageSummary } from '../../shared/api/page-record.ts';
import { openProject } from '../store/open-project.ts';
import type { Project } from '../store/open-project.ts';
import { startDigitizeJobs } from './digitize-jobs.ts';
import type { DigitizeJobs, DigitizeJobsOptions, JobEvent } from './digitize-jobs.ts';
import { openPageProcesses } from './page-processes.ts';

const MOODY = new URL('../../../tests/robustness/fixtures/moody-page-child.ts', import.meta.url);

interface Bench {
  readonly project: Project;
  readonly jobs: DigitizeJobs;
  readonly events: JobEvent[];
  /** Page by file name. */
  readonly page: (name: string) => PageSummary;
  /** Names in the order in which their digitizing began. */
  readonly begun: () => string[];
}

/** A project over pages with these names, too small to take time, and the jobs over it. */
async function bench(
  names: readonly string[],
  { entry = MOODY, jobs: size = 1, ...options }: Partial<DigitizeJobsOptions> & { entry?: URL } = {},
): Promise<Bench> {
  const root = tempDir();
  const scans = join(root, 'scans');
  mkdirSync(scans);
  const blank = join(root, 'blank');
  const paper = { create: { width: 90, height: 60, channels: 3, background: '#fdfbf7' } } as const;
  writeFileSync(blank, await sharp(paper).png().toBuffer());
  for (const name of names) copyFileSync(blank, join(scans, name));
  const project = openProject(join(root, 'project'));
  const folder = project.folders.add(scans, { watch: false });
  project.files.add(
    folder,
    names.map((relativePath) => ({ relativePath, size: 1, mtimeMs: 0 })),
    { queue: true },
  );
  const events: JobEvent[] = [];
  const processes = openPageProcesses({ size, entry });
  const jobs = startDigitizeJobs(project, processes, { jobs: size, ...options });
  jobs.on((event) => events.push(event));
  onTestFinished(async () => {
    await jobs.close();
    await processes.close();
    project.close();
  });
  const all = (): PageSummary[] => project.pages.summaries(project.pages.ids());
  return {
    project,
    jobs,
    events,
    page: (name) => all().find((summary) => summary.name === name)!,
    begun: () =>
      events.flatMap((event) =>
        event.type === 'stage' && event.stage === 'decode' ? project.pages.summary(event.id).name : [],
      ),
  };
}

test('every page is digitized once, with thumbnail, times and stages told', async () => {
  const { jobs, project, events, page } = await bench(['a.png', 'b.png'], { jobs: 2 });
  await jobs.idle();
  for (const name of ['a.png', 'b.png']) {
    const { id, status, message, width, height } = page(name);
    expect({ status, width, height }).toEqual({ status: 'failed', width: 90, height: 60 });
    expect(message).toContain('90 x 60 pixels');
    expect(project.results.runs(id)).toBe(1);
    expect((await sharp(project.results.thumbnail(id)!.bytes).metadata()).width).toBe(90);
    expect(project.results.milliseconds(id)).toMatchObject({
      decode: expect.any(Number) as number,
      total: expect.any(Number) as number,
    });
  }
  expect(jobs.state()).toMatchObject({ running: 0, waiting: 0, done: 0, failed: 2, problem: null });
  expect(events.some((event) => event.type === 'stage' && event.stage === 'rectify')).toBe(true);
});

test('a page that kills its process, throws, or hangs is failed with the reason; the others go on', async () => {
  const names = ['a-dies.png', 'b-throws.png', 'c-hangs.png', 'd.png'];
  const { jobs, page, project } = await bench(names, { timeLimitMs: 5000 });
  await jobs.idle();
  expect(page('a-dies.png')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('failed 2 times') as string,
  });
  expect(page('b-throws.png').message).toContain('a fault of ours');
  expect(page('c-hangs.png').message).toContain('a page may take 5 s, and it took longer 2 times');
  expect(project.results.runs(page('d.png').id)).toBe(1);
  expect(jobs.state()).toMatchObject({ running: 0, waiting: 0, failed: 4 });
});

test('paused jobs start nothing; the page looked at goes first, then its neighbours', async () => {
  const names = ['p1.png', 'p2.png', 'p3.png', 'p4.png', 'p5.png', 'p6.png', 'p7.png', 'p8.png', 'p9.png'];
  const { jobs, page, begun } = await bench(names, { paused: true });
  await jobs.idle();
  expect(begun()).toEqual([]);
  expect(jobs.state()).toMatchObject({ paused: true, waiting: 9, running: 0 });
  jobs.look(page('p6.png').id);
  jobs.resume();
  await jobs.idle();
  expect(begun()).toEqual([
    'p6.png',
    'p7.png',
    'p5.png',
    'p8.png',
    'p4.png',
    'p9.png',
    'p3.png',
    'p1.png',
    'p2.png',
  ]);
});

test('cancelling empties the queue and stops what runs; pages can be queued again', async () => {
  const { jobs, project, page } = await bench(['a-hangs.png', 'b.png']);
  await expect.poll(() => page('a-hangs.png').status).toBe('running');
  jobs.cancel();
  await jobs.idle();
  expect(project.pages.countByStatus()).toMatchObject({ new: 2, queued: 0, running: 0 });
  expect(jobs.enqueue([page('b.png').id], { again: false })).toBe(1);
  await jobs.idle();
  expect(page('b.png').status).toBe('failed');
  expect(page('a-hangs.png').status).toBe('new');
});

test('new overrides digitize a finished page again', async () => {
  const { jobs, project, page } = await bench(['b.png']);
  const { id } = page('b.png');
  await jobs.idle();
  jobs.setOverrides(id, { pxPerMm: 4 });
  expect(page('b.png').status).toBe('queued');
  await jobs.idle();
  expect(project.results.runs(id)).toBe(2);
  expect(project.pages.overrides(id)).toEqual({ pxPerMm: 4 });
});

test('closing keeps the running page in the queue', async () => {
  const { jobs, page } = await bench(['a-hangs.png']);
  await expect.poll(() => page('a-hangs.png').status).toBe('running');
  await jobs.close();
  expect(page('a-hangs.png').status).toBe('queued');
});

test('processes that cannot start pause the work and say why, and lose nothing', async () => {
  const { jobs, project } = await bench(['a.png'], { entry: new URL('file:///no/such/child.ts') });
  await expect.poll(() => jobs.state().problem).toContain('child.ts');
  await jobs.idle();
  expect(jobs.state()).toMatchObject({ paused: true, waiting: 1 });
  expect(project.pages.countByStatus()).toMatchObject({ queued: 1 });
});
