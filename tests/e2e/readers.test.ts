import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { dragLead, readByTwo, sitAs } from './reader-steps.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const SCAN = '01-resting-12-lead.png';

describe.skipIf(!chromiumPath)('two readers and a decision', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-readers-'));
    copyFileSync(join(samples, SCAN), join(scans, SCAN));
    workstation = await openWorkstationInBrowser({ scans });
    ({ page } = workstation);
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
  }, 120_000);
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });

  const edits = (): Promise<{ reader: string; revision: number; undo: { label: string } | null }> =>
    page.evaluate(async () => (await fetch('/api/pages/1/edits')).json() as never);
  const review = () => page.locator('.inspector .review');

  test('each reader begins with the machine’s reading and sees nothing of the other’s', async () => {
    await readByTwo(page);
    await expect.poll(() => violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await sitAs(page, 'Ann');
    await review().getByText('Your own reading, Ann').waitFor();
    await dragLead(page, '8', 0.62, 0.42);
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Pin on V2' });
    await page.keyboard.press('Control+Enter');
    await review().getByText('Ann, you have finished').waitFor();

    await sitAs(page, 'Ben');
    await review().getByText('Your own reading, Ben').waitFor();
    await page.getByText('Nobody has changed this page.').waitFor();
    expect(await edits()).toMatchObject({ reader: 'Ben', revision: 0, undo: null });
    await dragLead(page, '3', 0.3, 0.62);
    await expect.poll(async () => (await edits()).undo).toEqual({ label: 'Pin on III' });
    await expect.poll(() => page.locator('.history .label').first().textContent()).toContain('Pin on III');
    expect(await page.locator('.history').textContent()).not.toContain('V2');
    await page.keyboard.press('Control+Enter');
    await review().getByText('Needs adjudication').waitFor();
  });

  test('a third decides stretch by stretch by key; it is undone and survives a reload', async () => {
    await sitAs(page, 'Cleo');
    await page.getByRole('option', { name: SCAN }).getByText('Needs adjudication').waitFor();
    await page.keyboard.press('c');
    const differing = page.getByRole('list', { name: 'Leads that differ' });
    await differing.waitFor();
    expect(await differing.locator('.name').allTextContents()).toEqual(['V2', 'III']);
    await page.keyboard.press('j');
    await page.locator('.stretches .on').waitFor();
    const pressed = (what: RegExp) =>
      page.getByRole('button', { name: what }).first().getAttribute('aria-pressed');
    // As the machine left it, which Ben did not touch.
    await expect.poll(() => pressed(/^Take V2 at .* from Ben/)).toBe('true');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Colours take a moment to change.
      await expect.poll(() => violations(page)).toEqual([]);
    }
    await page.keyboard.press('u');
    await expect.poll(() => pressed(/^Take V2 at .* from Ann/)).toBe('true');
    await expect.poll(async () => (await edits()).undo?.label).toMatch(/^V2 at .* s as Ann$/);
    await page.getByRole('button', { name: 'Take lead III from Ben' }).click();
    await expect.poll(async () => (await edits()).undo?.label).toBe('III as Ben');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await edits()).undo?.label).toMatch(/^V2/);
    await expect.poll(() => pressed(/^Take III at .* from Ann/)).toBe('true');
    await page.keyboard.press('Control+y');
    await expect.poll(async () => (await edits()).undo?.label).toBe('III as Ben');
    await page.keyboard.press('Control+Enter');
    await review().getByText('Adjudicated').waitFor();
    await page.reload();
    await review().getByText('Adjudicated').waitFor();
    await page.locator('.history li', { hasText: 'III as Ben' }).getByText('Cleo').first().waitFor();
    expect(await edits()).toMatchObject({ reader: '', undo: { label: 'III as Ben' } });
  });

  test('two states of the history are laid over each other, and either is brought back', async () => {
    await page.getByLabel('Compare the machine’s reading').check();
    await page.getByLabel(/^Compare the state after: V2 at/).check();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const differing = page.getByRole('list', { name: 'Leads that differ' });
    await differing.getByText('added').waitFor();
    expect(await differing.locator('.name').allTextContents()).toEqual(['V2']);
    await page.getByRole('button', { name: 'Bring back: As the machine read it' }).click();
    await expect.poll(async () => (await edits()).undo?.label).toBe('Back to the machine’s reading');
    await page.keyboard.press('Escape');
    await differing.waitFor({ state: 'hidden' });
  });

  test('nothing went wrong on the way', () => {
    expect(workstation.problems).toEqual([]);
  });
});
