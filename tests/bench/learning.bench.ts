import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { findBrowser } from '../../src/main/loopback/find-browser.ts';
import { buildRendererIfStale } from '../../src/main/start/build-if-stale.ts';
import type { FinetunePoint } from '../../src/main/learning/finetune.ts';
import type { LearningState } from '../../src/shared/api/learning-record.ts';
import { acceptedProject, type DrawnScan } from '../fixtures/accepted-project.ts';
import { drawnPage } from '../fixtures/drawn-page.ts';
import type { BenchRow } from './bench-row.ts';
import { measureBrush, openPage } from './measure-brush.ts';
import { openWindow } from './open-window.ts';

const root = resolve(import.meta.dirname, '../..');
const PAGES = Number(process.env['TRACEWRIGHT_LEARNING_PAGES'] ?? 6);
const STEPS_BEFORE = 10;
const PAINTED = '00.png';

/**
 * Painting in the app while it learns from pages of 2200x1700, in the real host and a real browser: what a frame costs before and
 * meanwhile, what the fine-tuning holds, and how long it takes; `TRACEWRIGHT_LEARNING_PAGES` sets the number of pages.
 */
export default async function benchLearning(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const executablePath = findBrowser();
  if (!executablePath) {
    say('skipped: no Chromium here');
    return [];
  }
  await buildRendererIfStale(root);
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-learning-'));
  try {
    const scans: Record<string, DrawnScan> = {};
    for (let k = 0; k < PAGES; k++) scans[`${String(k).padStart(2, '0')}.png`] = await acceptedScan(k);
    const project = acceptedProject(folder, scans);
    const { dir } = project;
    project.close();
    const { page, close } = await openWindow(dir, executablePath);
    try {
      return await measure(page, dir, say);
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function acceptedScan(seed: number): Promise<DrawnScan> {
  const { raster } = drawnPage({ dpi: 200 }, seed + 1);
  const { data, width, height, channels } = raster;
  const png = await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 3 }).toBuffer();
  return { png: new Uint8Array(png), reading: await digitizePage(raster) };
}

async function measure(page: Page, project: string, say: (line: string) => void): Promise<BenchRow[]> {
  await openPage(page, PAINTED);
  const before = await measureBrush(page);
  await ask(page, 'POST', '/api/learning/sets', {});
  const made = await until(page, ({ activity, sets }) => activity === null && sets.length > 0);
  await ask(page, 'POST', '/api/learning/runs', { set: made.sets[0]!.hash, settings: {} });
  const learning = await until(page, ({ runs }) => (runs[0]!.progress?.step ?? 0) >= STEPS_BEFORE);
  const from = learning.runs[0]!.progress!.step;
  await page.keyboard.press('v');
  const meanwhile = await measureBrush(page);
  const now = (await ask<LearningState>(page, 'GET', '/api/learning')).runs[0]!;
  if (now.state !== 'running') throw new Error(`the fine-tuning was ${now.state} before the painting ended`);
  say(`painted from step ${from} to ${now.progress!.step}`);
  const { runs } = await until(page, ({ runs: [run] }) => run!.state !== 'running');
  if (runs[0]!.state !== 'done') throw new Error(`the fine-tuning ${runs[0]!.state}: ${runs[0]!.message}`);
  const curve = readCurve(project);
  const seconds = Math.max(...curve.map((point) => point.seconds));
  const residentMb = Math.max(...curve.map((point) => (point.kind === 'step' ? point.residentMb : 0)));
  say(`${PAGES} pages of 2200x1700, ${Math.max(...curve.map(({ step }) => step))} steps`);
  return [
    { name: 'brush: script per frame (p95)', value: before.scriptMs, unit: 'ms', goal: { atMost: 8 } },
    { name: 'brush: frame (p95)', value: before.frameMs, unit: 'ms', goal: null },
    {
      name: 'brush while it learns: script per frame (p95)',
      value: meanwhile.scriptMs,
      unit: 'ms',
      goal: { atMost: 8 },
    },
    { name: 'brush while it learns: frame (p95)', value: meanwhile.frameMs, unit: 'ms', goal: null },
    { name: 'fine-tuning: held at most', value: residentMb, unit: 'MB', goal: { atMost: 1500 } },
    { name: 'fine-tuning: until its last step', value: seconds, unit: 's', goal: { atMost: 900 } },
  ];
}

/** Lines of the only run there is, with what they tell of time and memory. */
function readCurve(project: string): FinetunePoint[] {
  const folder = join(project, 'training/runs');
  const [run] = readdirSync(folder);
  const lines = readFileSync(join(folder, run!, 'curves.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as FinetunePoint);
}

async function ask<T>(page: Page, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const { ok, text } = await page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(where, { method: how, headers, ...(what === '' ? {} : { body: what }) });
      return { ok: answer.ok, text: await answer.text() };
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
  );
  if (!ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text) as T;
}

async function until(page: Page, isSo: (state: LearningState) => boolean): Promise<LearningState> {
  for (;;) {
    const state = await ask<LearningState>(page, 'GET', '/api/learning');
    if (isSo(state)) return state;
    if (state.problem !== null) throw new Error(state.problem);
    const failed = state.runs.find((run) => run.state === 'failed');
    if (failed) throw new Error(failed.message ?? 'the fine-tuning failed');
    await sleep(500);
  }
}
