import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { drawStrip } from '../fixtures/draw-strip.ts';
import { tempDir } from '../fixtures/temp-dir.ts';

const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 4);
const PAGES = Number(process.env['TRACEWRIGHT_KILL_PAGES'] ?? 20);
const CHILD = fileURLToPath(new URL('./fixtures/batch-child.ts', import.meta.url));
/** Longest time between the event a kill waits for and the kill, milliseconds: about two pages. */
const SPREAD_MS = 40;

/** Pages that are quick to do: blank ones with an ECG among every ten, told apart by bytes behind the image. */
async function drawPages(folder: string, count: number): Promise<void> {
  mkdirSync(folder);
  const strip = await drawStrip();
  const paper = { create: { width: 160, height: 120, channels: 3, background: '#fdfbf7' } } as const;
  const blank = await sharp(paper).jpeg().toBuffer();
  for (let i = 0; i < count; i++) {
    const page = i % 10 === 3 ? strip : blank;
    writeFileSync(join(folder, `page-${i}.jpg`), Buffer.concat([page, Buffer.from(`page ${i}`)]));
  }
}

interface Run {
  /** Whether it came to its end before it was killed. */
  readonly done: boolean;
  /** What it said on its error stream. */
  readonly complaints: string;
}

/** Kills the child some milliseconds after it said that so many pages are finished. */
interface Kill {
  readonly pages: number;
  readonly milliseconds: number;
}

async function runChild(project: string, scans: string, kill: Kill | null): Promise<Run> {
  const child = spawn(process.execPath, [CHILD, project, scans], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let complaints = '';
  let killing = false;
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
    if (!kill || killing || output.split('page').length - 1 < kill.pages) return;
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), kill.milliseconds);
  });
  child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { done: output.includes('done'), complaints };
}

/** When and how often each finished page was digitized. */
function finishedPages(dir: string): Map<string, { digitizedAt: number | null; runs: number }> {
  const project = openProject(dir);
  try {
    const ids = project.pages.ids();
    const rows = project.pages.summaries(ids).filter(({ status }) => /ok|partial|failed/.test(status));
    return new Map(
      rows.map(({ id, relativePath, digitizedAt }) => [
        relativePath,
        { digitizedAt, runs: project.results.runs(id) },
      ]),
    );
  } finally {
    project.close();
  }
}

function integrity(dir: string): unknown {
  const db = new Database(join(dir, 'project.sqlite'));
  try {
    return [db.pragma('integrity_check', { simple: true }), db.pragma('foreign_key_check')];
  } finally {
    db.close();
  }
}

test(
  `killed ${KILLS} times during ${PAGES} pages, a project loses no finished page and does none twice`,
  { timeout: 120_000 + KILLS * 30_000 + PAGES * 2000 },
  async () => {
    const root = tempDir();
    const scans = join(root, 'scans');
    const project = join(root, 'project');
    await drawPages(scans, PAGES);
    let earlier = new Map<string, { digitizedAt: number | null; runs: number }>();
    let kills = 0;
    const random = createRandom(KILLS);
    for (let i = 0; i < KILLS; i++) {
      const pages = Math.floor(random.next() * (PAGES / (KILLS + 1)));
      const { done, complaints } = await runChild(project, scans, {
        pages,
        milliseconds: random.uniform(0, SPREAD_MS),
      });
      expect(complaints).toBe('');
      if (!done) kills++;
      expect(integrity(project)).toEqual(['ok', []]);
      const now = finishedPages(project);
      for (const [name, before] of earlier) expect(now.get(name)).toEqual(before);
      earlier = now;
    }
    expect(kills).toBeGreaterThan(0);
    expect(await runChild(project, scans, null)).toEqual({ done: true, complaints: '' });
    const last = finishedPages(project);
    for (const [name, before] of earlier) expect(last.get(name)).toEqual(before);
    expect(last.size).toBe(PAGES);
    expect(new Set([...last.values()].map(({ runs }) => runs))).toEqual(new Set([1]));
    expect(integrity(project)).toEqual(['ok', []]);
  },
);
