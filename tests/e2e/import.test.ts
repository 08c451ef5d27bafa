import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLeadTableCsv } from '../../src/formats/csv/read-lead-table-csv.ts';
import { signalFromTable } from '../../src/formats/signal/lead-table-signal.ts';
import { writeSignal } from '../../src/formats/signal-format.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const SAMPLES = resolve(import.meta.dirname, '../../resources/samples');

describe.skipIf(!chromiumPath)('importing a folder', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let folder: string;
  let dialog: Locator;
  let queue: Locator;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-import-e2e-'));
    mkdirSync(join(folder, 'scans'));
    mkdirSync(join(folder, 'refs'));
    copyFileSync(join(SAMPLES, '08-rhythm-strip.png'), join(folder, 'scans/strip.png'));
    copyFileSync(join(SAMPLES, '01-resting-12-lead.png'), join(folder, 'scans/rest.png'));
    const csv = (name: string): string => readFileSync(join(SAMPLES, `${name}.csv`), 'utf8');
    const strip = signalFromTable(readLeadTableCsv(csv('08-rhythm-strip')));
    writeFileSync(join(folder, 'refs/strip.edf'), writeSignal('edf', strip, 'strip')[0]!.bytes);
    const titles = ['t', ...Array.from({ length: 12 }, (_, i) => `ch${i + 1}`)].join(',');
    writeFileSync(join(folder, 'refs/rest.csv'), csv('01-resting-12-lead').replace(/^.*/, titles));
    writeFileSync(join(folder, 'refs/lost.edf'), 'no EDF');
    workstation = await openWorkstationInBrowser({ scans: null });
    page = workstation.page;
    dialog = page.getByRole('dialog', { name: 'Import a folder' });
    queue = page.getByRole('complementary', { name: 'Queue' });
    await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  });
  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('shows what belongs to what before anything is changed, and asks about columns', async () => {
    await page.keyboard.press('Control+Shift+O');
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder);
    await dialog.getByRole('button', { name: 'Look through' }).click();
    await dialog.getByRole('row', { name: /strip.png .*strip.edf EDF 1 lead, 10 s, 500 Hz/ }).waitFor();
    await dialog.getByRole('tab', { name: 'Does not fit 3' }).click();
    await dialog.getByText('No scan belongs to these signals.').waitFor();
    expect(await dialog.getByLabel('ch12').inputValue()).toBe('V6');
    await dialog.getByRole('button', { name: 'Read the tables like this' }).click();
    await dialog.getByRole('tab', { name: 'Pairs 2' }).click();
    await dialog.getByRole('row', { name: /rest.png .*rest.csv table 12 leads, 10 s, 500 Hz/ }).waitFor();
    expect(await queue.getByRole('option').count()).toBe(0);
  });

  test('imports, waits for the pages and says what came of it', async () => {
    await dialog.getByRole('button', { name: 'Import 2 scans' }).click();
    await dialog.getByText('Imported: 2 pages, 2 with known signals.').waitFor({ timeout: 120_000 });
    await dialog.getByRole('tab', { name: 'Does not fit 1' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => queue.getByRole('option').count()).toBe(2);
    await page.getByRole('option', { name: /rest.png/ }).click();
    await page.getByText('Draw it with the signals').waitFor();
    expect(workstation.problems).toEqual([]);
  }, 150_000);

  test('a folder without scans, and one that is cancelled, leave the dialog where it was', async () => {
    await page.keyboard.press('Control+Shift+O');
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(join(folder, 'refs'));
    await dialog.getByRole('button', { name: 'Look through' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/No scan lies in/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Look through' }).waitFor();
  });
});
