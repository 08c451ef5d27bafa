import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallModel } from '../fixtures/small-model.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const SAMPLE = resolve(import.meta.dirname, '../../resources/samples/08-rhythm-strip.png');

describe.skipIf(!chromiumPath)('the dialog for models', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let folder: string;
  let dialog: Locator;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-models-e2e-'));
    mkdirSync(join(folder, 'scans'));
    copyFileSync(SAMPLE, join(folder, 'scans/strip.png'));
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'models/mine.onnx'), smallModel(7));
    writeFileSync(join(folder, 'models/notes.onnx'), 'This is no model.');
    workstation = await openWorkstationInBrowser({ scans: join(folder, 'scans') });
    page = workstation.page;
    dialog = page.getByRole('dialog');
    await modelLine().getByText('segmentation.onnx').waitFor();
  });
  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The inspector's line about the model that the shown page was digitized with. */
  const modelLine = (): Locator =>
    page.getByRole('complementary', { name: 'Inspector' }).getByText(/Model at hand|without a model/);

  test('opens by key, from the palette and from the top bar, with the bundled model chosen', async () => {
    await page.keyboard.press('Control+Shift+M');
    const bundled = dialog.getByRole('radio', { name: /segmentation\.onnx/ });
    await bundled.waitFor();
    await expect.poll(() => bundled.evaluate((radio) => radio === document.activeElement)).toBe(true);
    expect(await bundled.isChecked()).toBe(true);
    expect(await dialog.getByText('held-out Dice').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('models');
    await page.keyboard.press('Enter');
    await bundled.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Models' }).click();
    await bundled.waitFor();
  });

  test('a file that is no model is refused in words, and the dialog goes on', async () => {
    await dialog.getByRole('button', { name: 'Import a model' }).click();
    await dialog.getByLabel('Folder or model file').fill(join(folder, 'models'));
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: /notes\.onnx/ }).click();
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/"notes\.onnx" cannot be used\. .*docs\/model\.md/);
  });

  test('a model is imported and chosen, and the next pages are digitized with it', async () => {
    await dialog.getByRole('button', { name: /mine\.onnx/ }).click();
    await dialog.getByText('mine.onnx was imported').waitFor();
    await page.keyboard.press('Space');
    await expect.poll(() => dialog.getByRole('radio', { name: /mine\.onnx/ }).isChecked()).toBe(true);
    await dialog.getByLabel('Look twice (mirrored)').check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Digitize all pages again' }).click();
    await modelLine()
      .getByText(/mine\.onnx [0-9a-f]{12}, mirrored/)
      .waitFor();
  });

  test('execution providers are tried, and those that cannot be used say why', async () => {
    await page.keyboard.press('Control+Shift+M');
    const rows = dialog.getByRole('radiogroup', { name: 'Runs on' });
    await rows.waitFor();
    const tryThem = dialog.getByRole('button', { name: /^Try / });
    await tryThem.click();
    await rows
      .getByText(/ms per tile/)
      .first()
      .waitFor();
    await tryThem.waitFor();
    for (const chip of await rows.locator('label', { hasText: 'Not usable' }).all()) {
      expect(await chip.getByRole('radio').isDisabled()).toBe(true);
      expect(((await chip.locator('.muted').textContent()) ?? '').trim()).toMatch(/\w+ \w+/);
    }
  });

  test('the model is removed again, and the bundled one is back', async () => {
    await dialog.getByRole('radio', { name: /mine\.onnx/ }).focus();
    await page.keyboard.press('Delete');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByText('mine.onnx was removed').waitFor();
    expect(await dialog.getByRole('radio', { name: /segmentation\.onnx/ }).isChecked()).toBe(true);
    await dialog.getByRole('radio', { name: /None/ }).check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Digitize all pages again' }).click();
    await modelLine().getByText('Digitized without a model').waitFor();
  });

  test('nothing failed behind the scenes but the refused import', () => {
    const expected = /^422 .*\/api\/models$|status of 422/;
    expect(workstation.problems.filter((problem) => !expected.test(problem))).toEqual([]);
  });
});
