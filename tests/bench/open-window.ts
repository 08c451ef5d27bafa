import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { browserArguments } from '../../src/main/loopback/open-browser.ts';
import { residentMb } from './resident-memory.ts';

const root = resolve(import.meta.dirname, '../..');

/** Times are since the host was started. */
export interface BenchWindow {
  readonly page: Page;
  readonly listeningMs: number;
  readonly askedMs: number;
  readonly firstPaintMs: number;
  readonly readyMs: number;
  residentMb(): number;
  close(): Promise<void>;
}

/** Opens the project in an app window with a fresh profile, as `npm start` does. */
export async function openWindow(project: string, executablePath: string): Promise<BenchWindow> {
  const started = Date.now();
  const guard = ['--import', join(root, 'src/main/version-guard.js')];
  const child = spawn(process.execPath, [
    ...guard,
    join(root, 'src/main/start.ts'),
    '--no-open',
    '--project',
    project,
  ]);
  const url = await entryUrl(child);
  const listening = Date.now();
  const profile = mkdtempSync(join(tmpdir(), 'tracewright-bench-window-'));
  const window = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 1440, height: 900 },
    args: browserArguments({ url, profile, isRoot: process.getuid?.() === 0 }).filter(
      (arg) => !arg.startsWith('--user-data-dir'),
    ),
  });
  const page = window.pages().find((p) => p.url().startsWith('http')) ?? (await window.waitForEvent('page'));
  await page.waitForSelector('.topbar');
  const readyMs = Date.now() - started;
  const seen = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return {
      asked: performance.timeOrigin + navigation!.requestStart,
      painted: performance.timeOrigin + paint!.startTime,
    };
  });
  return {
    page,
    listeningMs: listening - started,
    askedMs: seen.asked - started,
    firstPaintMs: seen.painted - started,
    readyMs,
    residentMb: () => residentMb(child.pid!),
    async close() {
      await window.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(10_000)]);
    },
  };
}

function entryUrl(child: ChildProcess): Promise<string> {
  return new Promise((found, reject) => {
    let said = '';
    child.stdout!.on('data', (part: Buffer) => {
      said += part.toString();
      const url = /http:\S+token=\S+/.exec(said)?.[0];
      if (url) found(url);
    });
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${said}`)));
  });
}

/** Resolves when nothing waits to be digitized. */
export async function waitUntilDigitized(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (;;) {
      const state = (await (await fetch('/api/jobs')).json()) as { running: number; waiting: number };
      if (state.running + state.waiting === 0) return;
      await new Promise((later) => setTimeout(later, 250));
    }
  });
}
