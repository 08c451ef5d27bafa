import '../../src/main/version-guard.js';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { waitUntilDigitized } from '../bench/open-window.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationOptions } from '../e2e/harness.ts';
import { learningProject, learnTwice, LEARNING_VIEWS } from './learning-views.ts';
import { readTwice, READER_VIEWS } from './reader-views.ts';
import { HISTORY_VIEWS } from './history-views.ts';
import { TOOL_VIEWS } from './tool-views.ts';
import type { View } from './view.ts';
import { WINDOW_VIEWS } from './window-views.ts';

// npm run screenshots [-- <folder> [view ...]] takes a picture of every view (or those named) in both themes and both usual
// window sizes.
const wanted = process.argv.slice(3);
const out = resolve(process.argv[2] ?? 'out/screenshots');
const SIZES = [
  { width: 1600, height: 1000 },
  { width: 1280, height: 800 },
];
const THEMES = ['light', 'dark'] as const;

const isWanted = ({ name }: View): boolean => wanted.length === 0 || wanted.includes(name);
const views = [...WINDOW_VIEWS, ...TOOL_VIEWS, ...HISTORY_VIEWS].filter(isWanted);
const readerViews = READER_VIEWS.filter(isWanted);
const learningViews = LEARNING_VIEWS.filter(isWanted);
if (!chromiumPath) throw new Error('There is no Chromium on this machine: install it first.');
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'tracewright-'));
/** Views that could not be reached; their pictures show what came instead. */
const failed: string[] = [];
let taken = 0;

async function withWindow(
  options: Required<Pick<WorkstationOptions, 'project'>> & WorkstationOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const workstation = await openWorkstationInBrowser({
    viewport: SIZES[0]!,
    colorScheme: 'light',
    ...options,
  });
  workstation.page.setDefaultTimeout(15_000);
  await work(workstation.page);
  await workstation.close();
}

async function take(page: Page, listed: readonly View[], firstScan: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      for (const view of listed) {
        const picture = `${view.name}-${size.width}x${size.height}-${theme}`;
        await takeView(page, view, view.page ?? firstScan, picture).catch((thrown: unknown) =>
          failed.push(`${picture}: ${String(thrown)}`),
        );
      }
    }
  }
}

async function takeView(page: Page, view: View, scan: string, picture: string): Promise<void> {
  await page.locator('.queue .name', { hasText: scan }).first().click();
  await page.locator(`.surface[data-shown="${scan}"]`).waitFor();
  await page.keyboard.press('v');
  await page.keyboard.press('Control+0');
  await page.waitForTimeout(400);
  try {
    await view.show(page);
  } finally {
    await page.waitForTimeout(500);
    await page.screenshot({ path: resolve(out, `${picture}.png`) });
    taken++;
    // Escape lets go of what is held without keeping it.
    for (let i = 0; i < 4; i++) await page.keyboard.press('Escape');
    await page.mouse.up();
    await view.leave?.(page);
    await page.waitForTimeout(200);
  }
}

const FIRST_SAMPLE = '01-resting-12-lead.png';
if (views.length + readerViews.length > 0) {
  await withWindow({ project: join(folder, 'ward-7') }, async (page) => {
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 120_000 });
    await waitUntilDigitized(page);
    await take(page, views, FIRST_SAMPLE);
    if (readerViews.length === 0) return;
    await page.setViewportSize(SIZES[0]!);
    await readTwice(page);
    await take(page, readerViews, FIRST_SAMPLE);
  });
}
if (learningViews.length > 0) {
  await learningProject(folder);
  await withWindow({ project: join(folder, 'project'), scans: null }, async (page) => {
    await page.locator('.queue .name').first().waitFor();
    await learnTwice(page);
    await take(page, learningViews, 'page-1.png');
  });
}
rmSync(folder, { recursive: true, force: true });
console.log(`${taken} pictures are in ${out}`);
if (failed.length > 0) console.error(failed.join('\n'));
process.exit(failed.length > 0 ? 1 : 0);
