import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawnPage } from '../fixtures/drawn-page.ts';
import { violations } from './axe-violations.ts';
import { openDrawingDesk, type DrawingDesk } from './drawing-desk.ts';
import { chromiumPath } from './harness.ts';
import { openCompactDialog, paintDots } from './history-steps.ts';

describe.skipIf(!chromiumPath)('a page’s history', () => {
  let desk: DrawingDesk;

  beforeAll(async () => {
    desk = await openDrawingDesk(drawnPage().raster);
  }, 120_000);
  afterAll(async () => {
    await desk?.close();
  });

  const settled = async (revision: number): Promise<void> => {
    await expect.poll(async () => (await desk.edits()).revision).toBe(revision);
  };

  test('is compacted by hand: the page stays, undo says how far it reaches, kept states come back', async () => {
    const { page } = desk;
    await paintDots(page, '8', await desk.place(desk.on('r1c2', 0.2, 30)), 14);
    await settled(14);
    const decided = await desk.edits();
    await page.keyboard.press('f');
    await page.locator('.history').getByText('Wants a second look').waitFor();
    await paintDots(page, '8', await desk.place(desk.on('r1c2', 0.2, 60)), 12);
    await settled(26);
    const before = await desk.edits();

    await openCompactDialog(page);
    const dialog = page.getByRole('dialog', { name: 'Compact history' });
    await dialog.getByText('14 actions of 1 page into 1 state').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Compact', exact: true }).click();
    await dialog.getByText(/^14 actions merged into 1 state:/).waitFor();
    await dialog.getByText('Nothing at present').waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    expect((await desk.edits()).documents).toEqual(before.documents);

    const history = page.locator('.history');
    await page.getByText(/^Undo reaches back 12 actions/).waitFor();
    await history.getByText('13 merged steps').waitFor();
    expect(await history.locator('.merged').count()).toBe(0);
    await history.getByRole('button', { name: 'Steps that were merged: 13' }).click();
    expect(await history.locator('.merged').count()).toBe(13);
    expect(await history.locator('.merged input').count()).toBe(0);

    // The state that was decided on is kept: the first with an arrow under the merged steps' neighbour.
    await history
      .locator('li', { has: page.getByLabel(/^Compare the state after/) })
      .filter({ hasNotText: 'As the machine' })
      .nth(12)
      .getByRole('button', { name: 'Bring the page back to this state' })
      .click();
    await settled(27);
    expect((await desk.edits()).documents).toEqual(decided.documents);

    for (let i = 0; i < 14; i++) await page.keyboard.press('Control+z');
    await settled(40);
    await page.locator('.toast', { hasText: 'Older steps are merged' }).waitFor();
    expect(await desk.edits()).toMatchObject({ undo: null, undoable: 0, merged: true });
    expect((await desk.edits()).documents).toEqual(decided.documents);
    expect(await page.locator('.edit').getByLabel('Undo').isDisabled()).toBe(true);
    expect(desk.workstation.problems).toEqual([]);
  });
});
