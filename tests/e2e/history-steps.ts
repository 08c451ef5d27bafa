import type { Page } from 'playwright-core';

/** Paints dots along a line of screen points with the brush, an action each, on the lead of a key. */
export async function paintDots(
  page: Page,
  leadKey: string,
  [x, y]: readonly [number, number],
  dots: number,
): Promise<void> {
  await page.keyboard.press('b');
  await page.locator('.edit[data-phase=open]').waitFor();
  await page.keyboard.press(leadKey);
  await page.getByLabel('Only on ink').uncheck();
  for (let i = 0; i < dots; i++) await page.mouse.click(x + 9 * i, y + 3 * (i % 2));
  await page.getByLabel('Only on ink').check();
  await page.keyboard.press('v');
}

/** Opens "Compact history", and lets only ten actions be undone. */
export async function openCompactDialog(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('compact history');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Compact history' });
  for (const [label, value] of [
    ['Actions per page that can be undone', '10'],
    ['Days whose actions can be undone', '0'],
  ] as const) {
    await dialog.getByLabel(label).fill(value);
    await dialog.getByLabel(label).press('Tab');
  }
  await dialog.getByText('Can be merged').waitFor();
}
