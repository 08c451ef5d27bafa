import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
describe.skipIf(!chromiumPath)('the workstation for everybody', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-axe-'));
    copyFileSync(join(samples, '01-resting-12-lead.png'), join(scans, 'a.png'));
    workstation = await openWorkstationInBrowser({ scans });
    ({ page } = workstation);
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
  }, 120_000);
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });

  test.each(['light', 'dark'] as const)(
    'no serious violation in the %s theme, with every tool',
    async (theme) => {
      await page.emulateMedia({ colorScheme: theme });
      for (const key of ['v', 'p', 'b', 's', 'g']) {
        await page.keyboard.press(key);
        await page.waitForTimeout(200);
        expect(await violations(page)).toEqual([]);
      }
      await page.keyboard.press('v');
    },
  );

  test.each([
    ['Shortcuts', '?'],
    ['Command palette', 'Control+k'],
    ['Export', 'Control+e'],
    ['Models', 'Control+Shift+M'],
    ['Learn from corrections', 'Control+Shift+L'],
    ['Add a folder', 'Control+o'],
  ])('no serious violation in the dialog: %s', async (_, keys) => {
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('no serious violation in the export of a data set', async () => {
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Paired data set' }).click();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Separate files' }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test.each(['light', 'dark'] as const)('no serious violation in the dataset, %s', async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.keyboard.press('Control+Shift+E');
    await page.getByRole('button', { name: /^Format: PNG/ }).waitFor();
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('everything is reached at 200 % in a small window', async () => {
    await page.setViewportSize({ width: 800, height: 500 });
    const lost = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.topbar button, .page-head button, .edit .bar button')]
        .filter((button) => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const shown = getComputedStyle(button).display !== 'none' && right > left;
          return shown && (left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1);
        })
        .map((button) => button.getAttribute('aria-label') ?? button.textContent),
    );
    expect(lost).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
