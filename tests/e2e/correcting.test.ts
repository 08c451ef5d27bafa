import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const FIRST = '01-resting-12-lead.png';
const SECOND = '08-rhythm-strip.png';

describe.skipIf(!chromiumPath)('correcting a page', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-correcting-'));
    for (const name of [FIRST, SECOND]) copyFileSync(join(samples, name), join(scans, name));
    workstation = await openWorkstationInBrowser({ scans });
    ({ page } = workstation);
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
  }, 120_000);
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });

  const undo = (): Locator => page.getByRole('button', { name: 'Undo', exact: true });
  const open = async (name: string): Promise<void> => {
    await page.locator('.queue .name', { hasText: name }).first().click();
    await page.locator(`.surface[data-shown="${name}"]`).waitFor();
  };
  const review = (): Locator => page.locator('.review .state');
  const edits = (): Promise<{ revision: number; undo: { label: string } | null }> =>
    page.evaluate(async () => (await fetch('/api/pages/1/edits')).json() as never);

  test('a stroke is kept at once, and is taken back after the window was opened anew', async () => {
    await open(FIRST);
    await page.keyboard.press('p');
    await page.locator('.edit[data-phase=open]').waitFor();
    await page.keyboard.press('8');
    const box = (await page.locator('.surface').boundingBox())!;
    const [x, y] = [box.x + 0.62 * box.width, box.y + 0.42 * box.height];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await edits()).revision).toBe(1);
    expect((await edits()).undo).toEqual({ label: 'Pin on V2' });
    await page.reload();
    await open(FIRST);
    await expect.poll(() => review().textContent()).toContain('In work');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await edits()).revision).toBe(2);
    await page.getByText('Undone: Pin on V2').waitFor();
    await expect.poll(() => undo().isDisabled()).toBe(true);
    await page.keyboard.press('Control+y');
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Pin on V2' });
  });

  test('Escape breaks a drag off, and nothing of it stays', async () => {
    await page.keyboard.press('p');
    await page.locator('.edit[data-phase=open]').waitFor();
    const before = (await edits()).revision;
    const box = (await page.locator('.surface').boundingBox())!;
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.42 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.3 * box.height, { steps: 4 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.waitForTimeout(400);
    expect((await edits()).revision).toBe(before);
  });

  test('Ctrl+Enter accepts and opens the next page; the decision can be taken back', async () => {
    await open(FIRST);
    await page.keyboard.press('Control+Enter');
    await page.locator(`.surface[data-shown="${SECOND}"]`).waitFor();
    await page.getByText(`Accepted: ${FIRST}`).waitFor();
    await page.getByRole('option', { name: FIRST }).getByText('Accepted').waitFor();
    await page.getByLabel('1 of 2 pages accepted', { exact: false }).waitFor();
    await page.locator('.toast', { hasText: 'Accepted' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('option', { name: FIRST }).getByText('In work').waitFor();
  });

  test('leads are decided on one by one, by key and by menu, with a reason, and open again when changed', async () => {
    await open(FIRST);
    const decided = (): Promise<{ leads: Record<string, string>; leadReasons: Record<string, string> }> =>
      page.evaluate(
        async () => ((await (await fetch('/api/pages/1')).json()) as { review: unknown }).review as never,
      );
    const row = (lead: string): Locator =>
      page.locator('.leads li', { has: page.getByRole('button', { name: new RegExp(`^${lead}: `) }) });
    await page.keyboard.press('1');
    await page.keyboard.press('Shift+Enter');
    await row('I').getByRole('button', { name: 'I: accepted' }).waitFor();
    await expect.poll(() => page.locator('.leads li.active select').inputValue()).toBe('II');
    await page.keyboard.press('Alt+Shift+F');
    const why = page.getByLabel('Why II is not accepted');
    await expect.poll(async () => (await why.boundingBox())?.width ?? 0).toBeGreaterThan(120);
    await why.fill('Noise');
    await why.press('Enter');
    await expect.poll(async () => Object.values((await decided()).leadReasons)).toEqual(['Noise']);
    await row('V2').getByRole('button', { name: 'V2: to review' }).click();
    await page.getByRole('menu', { name: 'Review of V2' }).getByText('Second look').click();
    await row('V2').getByRole('button', { name: 'V2: second look' }).waitFor();
    await expect
      .poll(async () => Object.values((await decided()).leads).sort())
      .toEqual(['accepted', 'rejected', 'second-look']);
    await page.getByLabel('1 lead accepted, 1 rejected, 1 for a second look', { exact: false }).waitFor();
    await page.getByText('1 of 13 accepted').waitFor();
    await page.keyboard.press('p');
    await page.locator('.edit[data-phase=open]').waitFor();
    await page.keyboard.press('8');
    const box = (await page.locator('.surface').boundingBox())!;
    await page.mouse.click(box.x + 0.62 * box.width, box.y + 0.42 * box.height - 20);
    await row('V2').getByRole('button', { name: 'V2: to review' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('v');
  });

  test('the history brings every state back', async () => {
    await open(FIRST);
    const history = page.locator('.history li');
    await history.filter({ hasText: 'Pin on V2' }).first().waitFor();
    await page.getByRole('button', { name: 'Take all corrections back' }).click();
    await history.filter({ hasText: 'Back to the machine' }).first().waitFor();
    expect(await page.evaluate(async () => (await fetch('/api/pages/1/edits')).json())).toMatchObject({
      documents: [],
    });
  });

  test('what was stated goes with the reading it led to when that is taken back, and comes again with it', async () => {
    await open(FIRST);
    const layout = page.getByLabel('Layout', { exact: true });
    await page.keyboard.press('p');
    await page.locator('.edit[data-phase=open]').waitFor();
    /** The window knows what would be taken back or done again: it has heard of the new reading. */
    const next = (words: string): Locator => page.locator(`.edit[data-phase=open] [data-tip^="${words}"]`);
    const before = (await edits()).revision;
    await layout.selectOption('3x4');
    await page.locator('.facts .stated').waitFor();
    await expect.poll(async () => (await edits()).revision).toBe(before + 1);
    await page.locator('.edit[data-phase=open]').waitFor();
    await next('Undo: Digitized again').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => layout.inputValue()).toBe('');
    await page.locator('.facts .stated').waitFor({ state: 'hidden' });
    await page.locator('.edit[data-phase=open]').waitFor();
    await next('Redo: Digitized again').waitFor();
    await page.keyboard.press('Control+y');
    await expect.poll(() => layout.inputValue()).toBe('3x4');
    await page.locator('.edit[data-phase=open]').waitFor();
    await next('Undo: Digitized again').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => layout.inputValue()).toBe('');
    await page.keyboard.press('v');
  });

  test('a second window is told that the first one corrects, can look, and can take over', async () => {
    const other = await page.context().newPage();
    await other.goto(new URL('/', page.url()).href);
    await other.getByText('being corrected in another window').waitFor();
    await other.locator('.inspector .leads li').first().waitFor();
    await other.keyboard.press('p');
    await other.getByText('Another window corrects this project').waitFor();
    await other.getByRole('button', { name: 'Correct here instead' }).click();
    await page.getByText('being corrected in another window').waitFor();
    await other.close();
    await page.getByText('being corrected in another window').waitFor({ state: 'hidden' });
  });

  test('keys are given to other commands, who loses them is told, and they are remembered', async () => {
    await page.bringToFront();
    await page.keyboard.press('?');
    await page.getByLabel('Change keys').check();
    await page.getByRole('button', { name: 'Keys of: Tool: pin' }).click();
    await page.keyboard.press('g');
    await page.getByText('G belongs to “Tool: grid”').waitFor();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    const held = page.getByRole('toolbar', { name: 'Tools' }).locator('[aria-pressed=true]');
    await expect.poll(() => held.getAttribute('aria-label')).toBe('Pin');
    await page.waitForTimeout(500);
    await page.reload();
    await open(FIRST);
    await page.keyboard.press('g');
    await expect.poll(() => held.getAttribute('aria-label')).toBe('Pin');
    // Tooltips tell the keys as they are now.
    const tip = page.locator('.tip');
    await page.getByRole('button', { name: 'Pin', exact: true }).hover();
    await expect.poll(() => tip.textContent()).toBe('PinG');
    await page.getByRole('button', { name: 'Grid', exact: true }).hover();
    await expect.poll(() => tip.textContent()).toBe('Grid');
    await page.getByRole('button', { name: 'Undo', exact: true }).hover();
    await expect.poll(() => tip.textContent()).toMatch(/Ctrl\+Z$/);
  });

  test('nothing went wrong on the way', () => {
    expect(workstation.problems).toEqual([]);
  });
});
