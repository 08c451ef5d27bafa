import type { Page } from 'playwright-core';
import { openCompactDialog, paintDots } from '../e2e/history-steps.ts';
import { dragLead } from '../e2e/reader-steps.ts';
import { chooseTheme, layOver, placeOf, type View } from './view.ts';

const PAINTED = '10-fast-paper.png';
let painted = 0;

/** Paints twice where nobody painted before, a decision after each, so that there is something to be merged. */
async function paintTwice(page: Page): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await paintDots(page, '2', await placeOf(page, 0.4, 0.3 + 0.02 * painted++), 14);
    await page.keyboard.press('f');
    await page.locator('.history').getByText('Wants a second look').first().waitFor();
  }
}

/** A line dragged away from its lead, once, so that two versions differ. */
let dragged = false;

async function sideBySide(page: Page): Promise<void> {
  if (!dragged) await dragLead(page, '8', 0.62, 0.42);
  dragged = true;
  await page.keyboard.press('v');
  await page.keyboard.press('Shift+C');
  await page.getByRole('region', { name: 'Version B' }).waitFor();
}

/** Points into the left one of two panes. */
async function pointLeft(page: Page): Promise<void> {
  const box = (await page.getByRole('region', { name: 'Version A' }).locator('.surface').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** Views of what happened to a page. */
export const HISTORY_VIEWS: readonly View[] = [
  {
    name: 'side-by-side',
    async show(page) {
      await sideBySide(page);
      await pointLeft(page);
    },
    leave: (page) => layOver(page, 'Shift+C'),
  },
  {
    name: 'side-by-side-near',
    async show(page) {
      await sideBySide(page);
      await page.keyboard.press('j');
      await page.waitForTimeout(500);
      await pointLeft(page);
    },
    leave: (page) => layOver(page, 'Shift+C'),
  },
  {
    name: 'side-by-side-contrast',
    async show(page) {
      await chooseTheme(page, 'High contrast');
      await sideBySide(page);
      await page.keyboard.press('j');
      await page.waitForTimeout(500);
      await pointLeft(page);
    },
    async leave(page) {
      await layOver(page, 'Shift+C');
      await chooseTheme(page, 'Follow the system');
    },
  },
  {
    name: 'compact',
    page: PAINTED,
    async show(page) {
      await paintTwice(page);
      await openCompactDialog(page);
    },
  },
  {
    name: 'history',
    page: PAINTED,
    async show(page) {
      await paintTwice(page);
      await openCompactDialog(page);
      const dialog = page.getByRole('dialog', { name: 'Compact history' });
      await dialog.getByRole('button', { name: 'Compact', exact: true }).click();
      await dialog.getByText(/actions merged into/).waitFor();
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
      await page
        .getByRole('button', { name: /^Steps that were merged/ })
        .last()
        .scrollIntoViewIfNeeded();
    },
  },
];
