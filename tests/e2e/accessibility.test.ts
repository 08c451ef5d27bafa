import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

/** Keys of all tools. */
const TOOL_KEYS = ['v', 'p', 'b', 'e', 'k', 'w', 'r', 'y', 's', 'l', 'g', 't'];

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
      for (const key of TOOL_KEYS) {
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
    ['Import a folder', 'Control+Shift+O'],
  ])('no serious violation in the dialog: %s', async (_, keys) => {
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('no serious violation in what opens beside the page: layers, filters, themes, leads, layouts, readers', async () => {
    for (const [button, closed] of [
      ['Layers', 'Escape'],
      ['Filter and sort', null],
      ['Theme', 'Escape'],
    ] as const) {
      const opener = page.locator('.page-head, .queue, .topbar').getByRole('button', { name: button });
      await opener.click();
      await page.waitForTimeout(200);
      expect(await violations(page)).toEqual([]);
      if (closed) await page.keyboard.press(closed);
      else await opener.click();
    }
    await page.keyboard.press('l');
    await page.getByLabel('Layout to lay over the page').selectOption('3x4+1');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.keyboard.press('8');
    await page.getByLabel('Name of the lead').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('v');
    await page.getByRole('button', { name: 'Readers', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('Tab goes through the whole window in its order, and what has the focus shows it', async () => {
    await page.keyboard.press('v');
    await page.locator('.topbar button').first().focus();
    const seen: string[] = [];
    for (let i = 0; i < 160; i++) {
      // The line between two panes lights up by and by.
      if (await page.locator('.splitter:focus').count()) await page.waitForTimeout(300);
      const stop = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const labels = (element as HTMLInputElement).labels;
        const name = [element.getAttribute('aria-label'), labels?.[0]?.textContent, element.textContent]
          .map((words) => words?.trim())
          .find(Boolean);
        const place = element.closest(
          '.topbar, .queue, .page-head, .tool-options, .edit, .signals, .inspector',
        );
        const style = getComputedStyle(element);
        const after = getComputedStyle(element, '::after');
        const marked = [style.outlineStyle, style.boxShadow, after.backgroundColor].some(
          (value) => !['none', 'rgba(0, 0, 0, 0)', ''].includes(value),
        );
        return {
          name: name ?? '',
          place: place?.classList[0] ?? 'window',
          marked,
          inside: element !== document.body,
        };
      });
      if (!stop.inside) break;
      expect(stop, `stop ${i}: ${stop.name} in ${stop.place}`).toMatchObject({ marked: true });
      expect(stop.name, `stop ${i} in ${stop.place}`).not.toBe('');
      if (seen.at(-1) !== stop.place) seen.push(stop.place);
      await page.keyboard.press('Tab');
    }
    // What is reached scrolls its own pane, never the window.
    const scrolled = await page.evaluate(() =>
      ['html', 'body', '.shell', '.panes'].map((name) => document.querySelector(name)!.scrollTop),
    );
    expect(scrolled).toEqual([0, 0, 0, 0]);
    const panes = seen.filter((place) => place !== 'window');
    expect(panes).toEqual(['topbar', 'queue', 'panel-head', 'edit', 'signals', 'inspector']);
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

  /** Contrast of 7:1, WCAG 2.2 AAA. */
  const ENHANCED = { 'color-contrast-enhanced': { enabled: true } };

  test.each(['light', 'dark'] as const)(
    'the high-contrast theme has 7:1 everywhere and no serious violation, %s, with every tool',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await page.getByRole('button', { name: 'Theme' }).click();
      await page.getByText('High contrast').click();
      for (const key of TOOL_KEYS) {
        await page.keyboard.press(key);
        await page.waitForTimeout(200);
        expect(await violations(page, ENHANCED)).toEqual([]);
      }
      await page.keyboard.press('v');
      for (const keys of ['?', 'Control+e', 'Control+Shift+M']) {
        await page.keyboard.press(keys);
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(300);
        expect(await violations(page, ENHANCED)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await page.getByRole('button', { name: 'Theme' }).click();
      await page.getByText('Follow the system').click();
    },
  );

  test('a system that asks for more contrast, or for its own colours, gets it', async () => {
    const surface = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--border').trim());
    const usual = await surface();
    // The usual themes do with less, so that the rule is known to see it.
    expect(await violations(page, ENHANCED)).not.toEqual([]);
    await page.emulateMedia({ contrast: 'more', colorScheme: 'dark' });
    await expect.poll(surface).not.toBe(usual);
    expect(await violations(page, ENHANCED)).toEqual([]);
    await page.emulateMedia({ contrast: 'no-preference', forcedColors: 'active' });
    await expect.poll(surface).not.toBe(usual);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ forcedColors: 'none' });
    await expect.poll(surface).toBe(usual);
  });

  test.each([125, 150, 175, 200])(
    'everything is reached at %i percent on a screen of 1600 x 1000',
    async (percent) => {
      const scale = percent / 100;
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Emulation.setDeviceMetricsOverride', {
        width: Math.round(1600 / scale),
        height: Math.round(1000 / scale),
        deviceScaleFactor: scale,
        mobile: false,
      });
      await page.waitForTimeout(300);
      const lost = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            '.topbar button, .page-head button, .signal-head button, .edit .bar button',
          ),
        ]
          .filter((button) => {
            const { left, right, top, bottom } = button.getBoundingClientRect();
            const shown = getComputedStyle(button).display !== 'none' && right > left;
            const pane = button.closest('.surface, .pane, .panel-head') ?? document.documentElement;
            const room = pane.getBoundingClientRect();
            const within =
              left >= room.left - 1 &&
              top >= room.top - 1 &&
              right <= room.right + 1 &&
              bottom <= room.bottom + 1;
            return shown && !(within && right <= innerWidth + 1 && bottom <= innerHeight + 1);
          })
          .map((button) => button.getAttribute('aria-label') ?? button.textContent),
      );
      expect(lost).toEqual([]);
      expect(await violations(page)).toEqual([]);
      await devtools.send('Emulation.clearDeviceMetricsOverride');
      await devtools.detach();
    },
  );
});
