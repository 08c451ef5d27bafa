import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds serious or critical, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  const results = (await page.evaluate(
    `${axeSource}; axe.run(document, { resultTypes: ['violations'] })`,
  )) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

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
      for (const key of ['v', 'p', 'b', 's', 'l', 'g', 't']) {
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
    ['Add a folder', 'Control+o'],
  ])('no serious violation in the dialog: %s', async (_, keys) => {
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
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
