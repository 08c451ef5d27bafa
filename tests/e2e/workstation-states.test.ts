import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

describe.skipIf(!chromiumPath)('what the workstation says when there is nothing to show', () => {
  let workstation: WorkstationUnderTest;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-folders-'));
    workstation = await openWorkstationInBrowser({ scans: null });
  });
  afterEach(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('an empty project invites to add a folder; the browser takes typed paths and keys', async () => {
    const { page } = workstation;
    mkdirSync(join(folder, 'ward'));
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#f4f4f4' } })
      .png()
      .toFile(join(folder, 'ward', 'blank page.png'));
    await page.getByText('No scans yet').waitFor();
    await page
      .getByRole('complementary', { name: 'Queue' })
      .getByRole('button', { name: 'Add folder' })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Add a folder of scans' });
    const path = dialog.getByLabel('Folder', { exact: true });
    await path.fill(join(folder, 'nowhere'));
    await path.press('Enter');
    await dialog.getByRole('alert').waitFor();
    await path.fill(folder);
    await path.press('Enter');
    await dialog.getByRole('button', { name: 'ward' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('1 scan here').waitFor();
    await dialog.getByRole('button', { name: 'Add this folder' }).click();
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').first().textContent()).toContain('blank page.png');

    const failure = page.getByRole('alert', { name: 'Why this page failed' });
    await failure.waitFor();
    expect(await failure.textContent()).toContain('What you can do');

    await page.getByLabel('Search pages').fill('no such page');
    await page.getByText('No page matches').waitFor();
    await page.getByRole('button', { name: 'Show all pages' }).click();
    await page.getByRole('option').first().waitFor();
  });

  test('a lost connection is told and nothing breaks', async () => {
    const { page, host } = workstation;
    await page.getByText('No scans yet').waitFor();
    await host.close();
    await page.getByText('Connection to Tracewright lost').waitFor();
    expect(await page.getByText('No scans yet').isVisible()).toBe(true);
  });
});
