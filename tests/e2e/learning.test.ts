import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedProject, drawnScan } from '../fixtures/accepted-project.ts';
import { TINY_FINETUNE } from '../fixtures/tiny-finetune.ts';
import { violations } from './axe-violations.ts';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

/** Folder for pictures of what is tested, to be looked at by people; none by default. */
const SHOTS = process.env['TRACEWRIGHT_SHOTS'];

describe.skipIf(!chromiumPath)('learning from corrections', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let folder: string;
  let dialog: Locator;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-learning-e2e-'));
    const scans = {
      'a.png': await drawnScan(1),
      'b.png': await drawnScan(2),
      'c.png': await drawnScan(3),
    };
    acceptedProject(folder, scans).close();
    workstation = await openWorkstationInBrowser({ project: join(folder, 'project'), scans: null });
    page = workstation.page;
    dialog = page.getByRole('dialog');
  });
  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shoot = async (name: string): Promise<void> => {
    // Every state of the dialog is for everybody.
    expect(await violations(page)).toEqual([]);
    if (!SHOTS) return;
    for (const [width, height] of [
      [1600, 1000],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`) });
    }
  };

  test('accepted pages become a training set', async () => {
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Control+Shift+L');
    await dialog.getByText('No set yet').waitFor();
    await shoot('learn-0-empty');
    await dialog.getByRole('button', { name: 'Make a set of 3 accepted pages' }).click();
    const set = dialog.getByRole('radio', { name: /3 pages of 3 patients/ });
    await set.waitFor();
    expect(await set.isChecked()).toBe(true);
    expect(await dialog.getByText('1 learnt from').isVisible()).toBe(true);
    await shoot('learn-1-set');
  });

  test('the model is fine-tuned while its curve is shown, paused and gone on with', async () => {
    await dialog.getByRole('tab', { name: '1 Training set' }).focus();
    await page.keyboard.press('ArrowRight');
    await dialog.getByText('Settings', { exact: true }).click();
    const settings = {
      ...TINY_FINETUNE,
      steps: 60,
      validation: { ...TINY_FINETUNE.validation, everySteps: 10 },
    };
    await dialog.getByLabel('More settings, as JSON').fill(JSON.stringify(settings));
    await dialog.getByRole('button', { name: /Fine-tune segmentation\.onnx/ }).click();
    await dialog.getByText(/Step \d+ of 60/).waitFor();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByText('Paused; it goes on').waitFor();
    await dialog.getByRole('button', { name: 'Go on' }).click();
    // Learning yields to everything else that the machine does.
    await dialog.getByText('Done; its model is among those to prove.').waitFor({ timeout: 150_000 });
    const curve = dialog.getByRole('img', { name: /Dice of traces: .*validation pages 0\.\d+ → 0\.\d+/ });
    await curve.waitFor();
    await shoot('learn-2-run');
  });

  test('the candidate is proven, promoted for a reason, and taken back', async () => {
    await dialog.getByRole('tab', { name: '3 Proof and promotion' }).click();
    await dialog.getByRole('radio', { name: /tiny-1\.onnx/ }).waitFor();
    const promote = dialog.getByRole('button', { name: 'Promote' });
    expect(await promote.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Prove' }).click();
    await dialog.getByText(/Not proven better/).waitFor();
    expect(await dialog.getByRole('row', { name: /Locked pages 1/ }).isVisible()).toBe(true);
    await shoot('learn-3-proof');
    await dialog.getByLabel('Reason to promote it all the same').fill('a trial');
    await promote.click();
    await dialog.getByText('In use: tiny-1.onnx.').waitFor();
    await dialog.getByRole('button', { name: 'Back to segmentation.onnx' }).click();
    await dialog.getByText('In use: segmentation.onnx.').waitFor();
    await shoot('learn-4-promoted');
  });

  test('the lineage shows what came of what, walked by keys, with curves, settings and comparisons', async () => {
    await dialog.getByRole('tab', { name: '3 Proof and promotion' }).focus();
    await page.keyboard.press('ArrowRight');
    const graph = dialog.getByRole('group', { name: /^Lineage/ });
    const parent = graph.getByRole('button', { name: 'Model segmentation.onnx in use' });
    await parent.waitFor();
    await shoot('learn-5-lineage');
    await parent.focus();
    await page.keyboard.press('ArrowRight');
    const run = graph.getByRole('button', {
      name: /^Fine-tuning 1 done from Model segmentation\.onnx and Training set [0-9a-f]{10}$/,
    });
    expect(await run.evaluate((element) => element === document.activeElement)).toBe(true);
    await dialog.getByRole('img', { name: /Dice of traces: .*validation pages 0\.\d+ → 0\.\d+/ }).waitFor();
    await dialog.getByText('All settings').click();
    expect(await dialog.getByText('validation.everySteps').isVisible()).toBe(true);
    await shoot('learn-6-lineage-run');
    await run.focus();
    await page.keyboard.press('ArrowRight');
    const model = dialog.getByRole('article', { name: 'Model tiny-1.onnx' });
    await model.waitFor();
    expect(await model.getByText(/against segmentation\.onnx:\s*not better/).isVisible()).toBe(true);
    expect(await model.getByText(/instead of segmentation\.onnx: a trial/).isVisible()).toBe(true);
    await shoot('learn-7-lineage-model');
    await page.keyboard.press('ArrowLeft');
    await graph.getByRole('button', { name: /^Training set/ }).click();
    await dialog
      .getByRole('article', { name: /^Training set/ })
      .getByText('1 learnt from')
      .waitFor();
    await shoot('learn-8-lineage-set');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await dialog.waitFor({ state: 'detached' });
    expect(workstation.problems).toEqual([]);
  });
});
