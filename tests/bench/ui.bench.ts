import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { findBrowser } from '../../src/main/loopback/find-browser.ts';
import { buildRendererIfStale } from '../../src/main/start/build-if-stale.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { drawnPage } from '../fixtures/drawn-page.ts';
import { median, type BenchRow } from './bench-row.ts';
import { measureBrush, openPage, takeTool } from './measure-brush.ts';
import { measureDrawing } from './measure-drawing.ts';
import { openWindow, waitUntilDigitized } from './open-window.ts';
import { quantile, stopFrames, traceFrames } from './trace-frames.ts';

const root = resolve(import.meta.dirname, '../..');
const PAN_SECONDS = 4;
const ZOOM_NOTCHES = 60;
const PIN_MOVES = 120;
const MORE_PINS = 7;
const PAGES = Number(process.env['TRACEWRIGHT_UI_PAGES'] ?? 12);

/** Correcting a page of 3300 x 2550 pixels with 13 leads, in the real host and a real browser. */
export default async function benchUi(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const executablePath = findBrowser();
  if (!executablePath) {
    say('skipped: no Chromium here');
    return [];
  }
  await buildRendererIfStale(root);
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-ui-'));
  try {
    const scans = join(folder, 'scans');
    mkdirSync(scans);
    const strip = await drawPage(join(scans, '00-twelve-rows.png'), { dpi: 300, layout: '12x1' });
    const page = await drawPage(join(scans, '01-page.png'), { dpi: 300 });
    say(`pages of ${page} pixels with 13 leads, the pin on a lead of ${strip} pixels`);
    await drawPage(join(scans, '02-a4-600-dpi.png'), { dpi: 600, paperMm: [297, 210] });
    for (let i = 0; i < PAGES; i++) await drawPage(join(scans, `1${i}.png`), { dpi: 300 }, i);
    const project = join(folder, 'project');
    const opened = openProject(project);
    opened.folders.add(scans, { watch: false });
    opened.close();
    return await measure(project, executablePath);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function drawPage(
  path: string,
  options: Parameters<typeof drawnPage>[0],
  seed?: number,
): Promise<string> {
  const { data, width, height, channels } = drawnPage(options, seed).raster;
  await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 3 }).toFile(path);
  return `${width} x ${height}`;
}

async function measure(project: string, executablePath: string): Promise<BenchRow[]> {
  const { page, close } = await openWindow(project, executablePath);
  try {
    await waitUntilDigitized(page);
    const rows: BenchRow[] = [];
    await openPage(page, '00-twelve-rows.png');
    rows.push(...(await measurePin(page)));
    await openPage(page, '01-page.png');
    const { scriptMs, frameMs } = await measureBrush(page);
    rows.push(
      row('brush: script per frame (p95)', scriptMs, 'ms', 4),
      row('brush: frame (p95)', frameMs, 'ms', 17),
    );
    rows.push(...(await measureDrawing(page, '01-page.png')));
    rows.push(...(await measureViews(page)));
    rows.push(...(await measurePages(page)));
    return rows;
  } finally {
    await close();
  }
}

const row = (name: string, value: number, unit: string, atMost: number | null): BenchRow => ({
  name,
  value,
  unit,
  goal: atMost === null ? null : { atMost },
});

async function surface(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  return (await page.locator('.surface').boundingBox())!;
}

/** The longest lead there is: ten seconds in one row. */
async function measurePin(page: Page): Promise<BenchRow[]> {
  await takeTool(page, 'p');
  const box = await surface(page);
  const x = box.x + 0.55 * box.width;
  const y = box.y + 0.5 * box.height;
  // Waiting for the pages has filled the browser's list of requests.
  await page.evaluate(() => performance.clearResourceTimings());
  await page.mouse.move(x, y);
  await page.mouse.down();
  const { script, frames } = await traceFrames(page, async () => {
    for (let i = 0; i < PIN_MOVES; i++) {
      await page.mouse.move(x + 30 * Math.sin(i / 9), y + 25 * Math.sin(i / 5));
      await page.waitForTimeout(8);
    }
    await stopFrames(page);
  });
  await page.mouse.up();
  for (let i = 1; i <= MORE_PINS; i++) {
    await page.waitForTimeout(700);
    await page.mouse.click(x - 40 * i, y);
  }
  await page.waitForTimeout(1500);
  if (await page.getByRole('button', { name: 'Undo' }).isDisabled()) throw new Error('no pin was set');
  const saved = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('/edits'))
      .map(({ duration }) => duration),
  );
  return [
    row('pin drag: path, signal and drawing per frame (median)', median(script), 'ms', 16),
    row('pin drag: the same (p95)', quantile(script, 0.95), 'ms', null),
    row('pin drag: frame (median)', median(frames), 'ms', null),
    row('pin let go: kept in the project (median)', median(saved), 'ms', 50),
  ];
}

async function measureViews(page: Page): Promise<BenchRow[]> {
  const box = await surface(page);
  const x = box.x + 0.5 * box.width;
  const y = box.y + 0.5 * box.height;
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'middle' });
  const pan = await traceFrames(page, async () => {
    const end = Date.now() + 1000 * PAN_SECONDS;
    for (let i = 0; Date.now() < end; i++) {
      await page.mouse.move(x + 300 * Math.sin(i / 40), y + 150 * Math.sin(i / 29));
      await page.waitForTimeout(6);
    }
    await stopFrames(page);
  });
  await page.mouse.up({ button: 'middle' });
  await page.waitForTimeout(500);
  const zoom = await traceFrames(page, async () => {
    for (let i = 0; i < ZOOM_NOTCHES; i++) {
      await page.mouse.wheel(0, i % 20 < 10 ? 60 : -60);
      await page.waitForTimeout(16);
    }
    await stopFrames(page);
  });
  return [
    row('pan: frame (p95)', quantile(pan.frames, 0.95), 'ms', 17),
    row('wheel zoom: frame (p95)', quantile(zoom.frames, 0.95), 'ms', 34),
  ];
}

/** Time from a key until the next page is on the screen with its picture and traces. */
async function measurePages(page: Page): Promise<BenchRow[]> {
  await page.keyboard.press('v');
  await page.keyboard.press('Control+0');
  const next = (keys: string): Promise<number> =>
    page.evaluate(async ([key, ctrl]) => {
      const name = () => document.querySelector('.page-head .name')!.textContent;
      const shown = () =>
        document.querySelector<HTMLElement>('.surface')!.dataset['shown'] === name() ? name() : null;
      const before = name();
      const began = performance.now();
      window.dispatchEvent(
        new KeyboardEvent('keydown', { key: key as string, ctrlKey: ctrl === 'ctrl', bubbles: true }),
      );
      while (shown() === null || shown() === before) {
        await new Promise((frame) => requestAnimationFrame(frame));
      }
      await new Promise((frame) => requestAnimationFrame(frame));
      return performance.now() - began;
    }, keys.split('+').reverse());
  const a4 = await next('d');
  const accepted: number[] = [];
  for (let i = 0; i < PAGES - 1; i++) {
    await page.waitForTimeout(1800);
    accepted.push(await next('ctrl+Enter'));
  }
  const memory = () =>
    page.evaluate(
      () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
    );
  const before = await memory();
  for (let i = 0; i < 50; i++) {
    await page.keyboard.press(i % 10 < 5 ? 'a' : 'd');
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(1500);
  return [
    row('600 dpi A4 (7016 x 4960) opens', a4, 'ms', 800),
    row('next page after Ctrl+Enter (median)', median(accepted), 'ms', 150),
    row('script memory after 50 more pages, growth', (await memory()) - before, 'MB', 100),
  ];
}
