import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
/** Three of the bundled samples keep the test short. */
const SAMPLES = ['01-resting-12-lead.png', '07-photocopy.jpg', '08-rhythm-strip.png'];
const DIGITIZED = { timeout: 90_000 };

describe.skipIf(!chromiumPath)('the workstation on the sample scans', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let rows: Locator;

  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-scans-'));
    for (const name of SAMPLES) copyFileSync(join(samples, name), join(scans, name));
    workstation = await openWorkstationInBrowser({ scans });
    page = workstation.page;
    rows = page.getByRole('listbox', { name: 'Pages' }).getByRole('option');
    await rows.first().waitFor();
  });
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await page.keyboard.press('Escape');
    await rows.first().click();
  });

  const lead = (name: string): Locator =>
    page.getByRole('complementary', { name: 'Inspector' }).locator('li', { hasText: name });
  const signals = (): Locator => page.getByRole('img', { name: /signals on ECG paper/ });

  test('shows the first sample with its traces, facts and signals', async () => {
    await signals().waitFor(DIGITIZED);
    expect(await signals().getAttribute('aria-label')).toContain('13 signals');
    await expect.poll(() => lead('0–2.5 s').count()).toBeGreaterThanOrEqual(3);
    const coloured = await page.evaluate(() => {
      const overlay = document.querySelectorAll<HTMLCanvasElement>('.stage canvas')[2]!;
      const { data } = overlay.getContext('2d')!.getImageData(0, 0, overlay.width, overlay.height);
      let count = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
      return count;
    });
    expect(coloured).toBeGreaterThan(2000);
  });

  test('the queue is walked by keys, and D and A page from anywhere', async () => {
    const name = page.locator('.page-head .name');
    const first = await name.textContent();
    await page.getByRole('listbox', { name: 'Pages' }).press('ArrowDown');
    await expect.poll(() => name.textContent()).not.toBe(first);
    await page.keyboard.press('End');
    await expect.poll(() => rows.last().getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Home');
    await page.keyboard.press('d');
    await expect.poll(() => rows.nth(1).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('a');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 selected').waitFor();
    await expect.poll(() => name.textContent()).not.toBe(first);
  });

  test('the wheel zooms at the cursor and Ctrl+0 fits again', async () => {
    const percent = page.locator('.percent').first();
    const fitted = await percent.textContent();
    await page.locator('.surface').hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => percent.textContent()).not.toBe(fitted);
    await page.keyboard.press('Control+0');
    await expect.poll(() => percent.textContent()).toBe(fitted);
  });

  test('pointing at the signal paper reads time and millivolts on the page too', async () => {
    await signals().waitFor(DIGITIZED);
    const box = (await signals().boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.1, { steps: 2 });
    await expect
      .poll(() => page.locator('.readout').textContent())
      .toMatch(/[IVaFLR1-6]+.*\d\.\d{3} s.*mV.*px/s);
  });

  test('the theme is switched and remembered', async () => {
    const theme = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset.theme);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(theme).toBe('light');
    await expect.poll(() => page.evaluate(() => document.cookie)).toContain(encodeURIComponent('"light"'));
    await page.reload();
    await rows.first().waitFor();
    expect(await theme()).toBe('light');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('follow the system');
    await page.keyboard.press('Enter');
    await expect.poll(theme).toBeUndefined();
  });

  test('a stated speed digitizes the page again at once, and automatic takes it back', async () => {
    await signals().waitFor(DIGITIZED);
    const speed = page.getByLabel('Speed', { exact: true });
    await speed.fill('50');
    await speed.press('Enter');
    await expect.poll(() => lead('0–1.25 s').count(), DIGITIZED).toBeGreaterThanOrEqual(3);
    await page.getByRole('button', { name: 'stated' }).click();
    await expect.poll(() => lead('0–2.5 s').count(), DIGITIZED).toBeGreaterThanOrEqual(3);
  });

  test('a rotation that leads nowhere leaves the page as it was, says so, and is taken back there', async () => {
    await signals().waitFor(DIGITIZED);
    await page.getByLabel('Rotation', { exact: true }).selectOption('1');
    const note = page.locator('.page-note');
    await note.getByText('Digitizing again brought nothing').waitFor(DIGITIZED);
    await note.getByRole('button', { name: 'Take back what was stated' }).click();
    await note.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Rotation', { exact: true }).inputValue(), DIGITIZED).toBe('');
    await expect.poll(() => lead('0–2.5 s').count(), DIGITIZED).toBeGreaterThanOrEqual(3);
  });

  test('the selection is exported to files', async () => {
    await signals().waitFor(DIGITIZED);
    const out = mkdtempSync(join(tmpdir(), 'tracewright-export-'));
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByLabel('Output folder').fill(out);
    await dialog.getByRole('button', { name: 'Export 1 page' }).click();
    await dialog.locator('.job-result.good').waitFor();
    const name = (await page.locator('.page-head .name').textContent())!.replace(/\.\w+$/, '');
    expect(readdirSync(out)).toContain(`${name}.csv`);
    expect(readFileSync(join(out, `${name}.csv`), 'utf8')).toMatch(/^time_s,I,II,III,/);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    rmSync(out, { recursive: true });
  });

  test('a paired data set of all pages is written from the same dialog', async () => {
    await signals().waitFor(DIGITIZED);
    const out = join(mkdtempSync(join(tmpdir(), 'tracewright-dataset-')), 'set');
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: 'Paired data set' }).click();
    await dialog.getByLabel('Output folder').fill(out);
    await dialog.getByLabel('Train : val : test').fill('1:1');
    expect(await dialog.getByRole('button', { name: 'Export 1 page' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Train : val : test').fill('1:0:0');
    await dialog.getByLabel('Licence').fill('CC0');
    await dialog.getByRole('button', { name: 'Export 1 page' }).click();
    await dialog.locator('.job-result.good').waitFor({ timeout: 120_000 });
    expect(await dialog.locator('.job-result.good').textContent()).toMatch(
      /1 page of 1 patient: train 1, val 0, test 0/,
    );
    expect(readdirSync(out)).toEqual(
      expect.arrayContaining(['README.md', 'manifest.json', 'images', 'masks', 'coco']),
    );
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('CC0');
    await dialog.getByRole('button', { name: 'Separate files' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    rmSync(out, { recursive: true });
  });

  test('nothing failed behind the scenes', () => {
    expect(workstation.problems).toEqual([]);
  });
});
