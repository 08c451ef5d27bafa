import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const SAMPLES = resolve(import.meta.dirname, '../../resources/samples');

describe.skipIf(!chromiumPath)('the dataset', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let folder: string;
  let dataset: Locator;
  let queue: Locator;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-dataset-e2e-'));
    const scans = join(folder, 'scans');
    mkdirSync(scans);
    for (const ending of ['png', 'csv']) {
      copyFileSync(join(SAMPLES, `08-rhythm-strip.${ending}`), join(scans, `strip.${ending}`));
    }
    // The same page once more, smaller and in another format, and a page that has nothing to do with it.
    await sharp(join(scans, 'strip.png')).resize({ width: 900 }).jpeg().toFile(join(scans, 'again.jpg'));
    await sharp({ create: { width: 400, height: 300, channels: 3, background: '#777' } })
      .png()
      .toFile(join(scans, 'blank.png'));
    workstation = await openWorkstationInBrowser({ scans });
    page = workstation.page;
    dataset = page.getByRole('region', { name: 'Dataset' });
    queue = page.getByRole('complementary', { name: 'Queue' });
    await queue.getByRole('option').first().waitFor();
  });
  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('opens by key and looks at all pages in the background', async () => {
    await page.keyboard.press('Control+Shift+E');
    await dataset.waitFor();
    await dataset.getByRole('button', { name: 'Format: PNG 2 pages. Show them' }).waitFor();
    await dataset.getByRole('button', { name: 'Format: JPEG 1 page. Show them' }).waitFor();
    await dataset.getByRole('button', { name: 'Known signals: Missing 2 pages. Show them' }).waitFor();
    await dataset.getByText('2 pages in 1 group look alike').waitFor();
  });

  test('a bar lists its pages in the queue; a second click, and the cross, list all again', async () => {
    const jpeg = dataset.getByRole('button', { name: 'Format: JPEG 1 page. Show them' });
    await jpeg.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => queue.getByRole('option').count()).toBe(1);
    expect(await queue.getByRole('option').first().textContent()).toContain('again.jpg');
    expect(await jpeg.getAttribute('aria-pressed')).toBe('true');
    await jpeg.click();
    await expect.poll(() => queue.getByRole('option').count()).toBe(3);
    await dataset.getByRole('button', { name: /^Group 1: 2 pages/ }).click();
    await expect.poll(() => queue.getByRole('option').count()).toBe(2);
    await queue.getByRole('button', { name: 'List all pages again' }).click();
    await expect.poll(() => queue.getByRole('option').count()).toBe(3);
  });

  test('pages that look alike lie together on the map; a style lists its pages, a picture opens its page', async () => {
    const styles = dataset.getByRole('region', { name: 'Styles' });
    const map = styles.getByRole('group', { name: /^Map of styles/ });
    const alike = styles.getByRole('button', { name: /None of 2 corrected/ });
    await alike.click();
    await expect.poll(() => queue.getByRole('option').count()).toBe(2);
    expect(await queue.getByRole('option').allTextContents()).not.toContain('blank.png');
    await alike.click();
    await expect.poll(() => queue.getByRole('option').count()).toBe(3);
    const picture = map.getByRole('button', { name: /^blank\.png: .* Open it$/ });
    const places = () =>
      map.locator('.picture').evaluateAll((all) => all.map((one) => one.getAttribute('style')).join());
    const before = await places();
    await map.focus();
    await page.keyboard.press('+');
    await expect.poll(places).not.toBe(before);
    await page.keyboard.press('0');
    await expect.poll(places).toBe(before);
    await picture.click();
    await dataset.waitFor({ state: 'detached' });
    await expect.poll(() => queue.locator('[aria-selected="true"]').textContent()).toContain('blank.png');
    await page.keyboard.press('Control+Shift+E');
    await dataset.waitFor();
  });

  test('the queue stands in the order in which correcting teaches, and says why', async () => {
    await queue.getByText('Digitized').first().waitFor();
    await queue.getByRole('button', { name: 'Filter and sort' }).click();
    await queue.getByLabel('Sort by').selectOption('teaching');
    // What was read comes before what waits to be read.
    await queue
      .getByTitle(/^Teaches most: /)
      .first()
      .waitFor();
    await queue.getByLabel('Choose by').selectOption('age');
    await queue.getByTitle('Teaches most: Came today').first().waitFor();
    await queue.getByLabel('Sort by').selectOption('name');
    await queue.getByRole('button', { name: 'Filter and sort' }).click();
  });

  test('a page of the sample is opened, and the dataset is as it was when it is shown again', async () => {
    await dataset.getByRole('button', { name: 'Open blank.png' }).click();
    await dataset.waitFor({ state: 'detached' });
    await expect.poll(() => queue.locator('[aria-selected="true"]').textContent()).toContain('blank.png');
    await page.getByRole('button', { name: 'Dataset: all pages at a glance' }).click();
    await dataset.getByText('2 pages in 1 group look alike').waitFor();
    await page.keyboard.press('Escape');
    await dataset.waitFor({ state: 'detached' });
    expect(workstation.problems).toEqual([]);
  });
});
