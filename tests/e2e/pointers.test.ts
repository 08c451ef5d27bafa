import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const SCAN = '01-resting-12-lead.png';

describe.skipIf(!chromiumPath)('without a mouse', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let devtools: CDPSession;
  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-pointers-'));
    copyFileSync(join(samples, SCAN), join(scans, SCAN));
    workstation = await openWorkstationInBrowser({ scans });
    ({ page } = workstation);
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
    await page.locator(`.surface[data-shown="${SCAN}"]`).waitFor();
    devtools = await page.context().newCDPSession(page);
  }, 120_000);
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });

  const edits = (): Promise<{ revision: number; undo: { label: string } | null }> =>
    page.evaluate(async () => (await fetch('/api/pages/1/edits')).json() as never);
  const zoom = (): Promise<number> =>
    page
      .locator('.page-head')
      .getByText(/^\d+ %$/)
      .textContent()
      .then((words) => parseInt(words!, 10));
  const takeTool = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    await page.locator('.edit[data-phase=open]').waitFor();
  };
  const pressTimes = async (key: string, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };

  test('a pin is set, moved and removed, and a stroke painted and rubbed out, by keys alone', async () => {
    await takeTool('p');
    await page.keyboard.press('8');
    await page.keyboard.press('Shift+P');
    await page.getByText('Arrows point').waitFor();
    expect(await violations(page)).toEqual([]);
    await pressTimes('Control+ArrowRight', 2);
    await page.keyboard.press('Space');
    await pressTimes('ArrowUp', 3);
    await page.keyboard.press('Space');
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Pin on V2' });
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Space');
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Remove a pin of V2' });
    await page.keyboard.press('b');
    await page.keyboard.press('Control+Space');
    await pressTimes('ArrowUp', 2);
    await page.keyboard.press('Space');
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Erase from V2' });
    const { revision } = await edits();
    await page.keyboard.press('Space');
    await pressTimes('Shift+ArrowRight', 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Space');
    await pressTimes('ArrowDown', 2);
    await page.keyboard.press('Space');
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Paint on V2' });
    // What Escape broke off was not kept.
    expect((await edits()).revision).toBe(revision + 1);
    await page.getByRole('button', { name: 'Mask from path' }).click();
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Mask from path: V2' });
    await page.keyboard.press('Shift+P');
    await expect.poll(() => page.getByText('Arrows point').count()).toBe(0);
  });

  const touch = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...points: [number, number][]
  ): Promise<unknown> =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });

  test('two fingers zoom the page, and what the first one began is not kept', async () => {
    await takeTool('p');
    await page.keyboard.press('Control+0');
    const { revision } = await edits();
    const before = await zoom();
    const box = (await page.locator('.surface').boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await touch('touchStart', [x, y]);
    await touch('touchMove', [x + 10, y]);
    await touch('touchStart', [x + 10, y], [x + 60, y]);
    await touch('touchMove', [x - 40, y], [x + 110, y]);
    await touch('touchEnd');
    await expect.poll(zoom).toBeGreaterThan(2.5 * before);
    expect((await edits()).revision).toBe(revision);
    // A single finger works with the tool.
    await touch('touchStart', [x, y]);
    await touch('touchMove', [x + 30, y]);
    await touch('touchEnd');
    await expect.poll(async () => (await edits()).revision).toBe(revision + 1);
    expect(workstation.problems).toEqual([]);
  });
});
