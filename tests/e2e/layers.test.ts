import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const NAME = '01-resting-12-lead.png';

describe.skipIf(!chromiumPath)('layers of a page', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-layers-'));
    copyFileSync(join(samples, NAME), join(scans, NAME));
    workstation = await openWorkstationInBrowser({ scans });
    ({ page } = workstation);
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
    await page.locator(`.surface[data-shown="${NAME}"]`).waitFor();
  }, 120_000);
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });

  const layers = (): Locator => page.locator('.inspector .layers');
  const toast = (words: string): Locator => page.locator('.toast', { hasText: words });
  const revision = (): Promise<number> =>
    page.evaluate(
      async () => ((await (await fetch('/api/pages/1/edits')).json()) as { revision: number }).revision,
    );
  const at = async (x: number, y: number): Promise<[number, number]> => {
    const box = (await page.locator('.surface').boundingBox())!;
    return [box.x + x * box.width, box.y + y * box.height];
  };

  test('a locked layer cannot be hit, and its tools say so and offer to unlock it', async () => {
    const [x, y] = await at(0.62, 0.42);
    await page.mouse.click(x, y);
    await page.locator('.leads li.active').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.leads li.active').waitFor({ state: 'hidden' });
    for (const name of ['Lock: Traces', 'Lock: Lead boxes']) {
      await layers().getByRole('button', { name }).click();
    }
    await page.mouse.click(x, y);
    await toast('Locked: ').waitFor();
    expect(await page.locator('.leads li.active').count()).toBe(0);
    await page.keyboard.press('p');
    await page.locator('.edit[data-phase=open]').waitFor();
    await page.mouse.click(x, y);
    await page.waitForTimeout(300);
    expect(await revision()).toBe(0);
    const name = page.locator('.leads select').first();
    await name.selectOption('V6');
    await toast('Locked: Lead boxes').getByRole('button', { name: 'Unlock' }).click();
    expect(await name.inputValue()).toBe('I');
    await toast('Locked: Traces').getByRole('button', { name: 'Unlock' }).click();
    await page.mouse.click(x, y);
    await expect.poll(revision).toBe(1);
  });

  test('keys lock and hide layers', async () => {
    await page.keyboard.press('Alt+Shift+5');
    await layers().getByRole('button', { name: 'Unlock: Traces' }).waitFor();
    await page.keyboard.press('Alt+Shift+5');
    await layers().getByRole('button', { name: 'Lock: Traces', exact: true }).waitFor();
    await page.keyboard.press('Alt+0');
    await layers().getByRole('button', { name: 'Show: Scan' }).waitFor();
    await page.keyboard.press('Alt+0');
    await layers().getByRole('button', { name: 'Hide: Scan' }).waitFor();
  });

  test('nothing went wrong on the way', () => {
    expect(workstation.problems).toEqual([]);
  });
});
