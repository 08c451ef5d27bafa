import type { Page } from 'playwright-core';
import { openCompactDialog, paintDots } from '../e2e/history-steps.ts';
import { placeOf, type View } from './view.ts';

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

/** Views of what happened to a page. */
export const HISTORY_VIEWS: readonly View[] = [
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
