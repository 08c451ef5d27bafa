import type { Page } from 'playwright-core';
import { dragLead, readByTwo, sitAs } from '../e2e/reader-steps.ts';
import { layOver, type View } from './view.ts';

const READ_TWICE = '01-resting-12-lead.png';

/** Views of a project whose pages are read by two, taken last: from then on every page shows it. */
export const READER_VIEWS: readonly View[] = [
  {
    name: 'adjudicate',
    async show(page) {
      await page.keyboard.press('c');
      await page.locator('.compare').waitFor();
      await page.keyboard.press('j');
    },
  },
  {
    name: 'adjudicate-side-by-side',
    async show(page) {
      await page.keyboard.press('c');
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.keyboard.press('j');
    },
    leave: (page) => layOver(page, 'c'),
  },
  {
    name: 'readers',
    show: (page) => page.getByRole('button', { name: /^Readers/ }).click(),
  },
  { name: 'second-look', show: (page) => page.keyboard.press('f') },
];

/** Plays two readers of a page who differ in three leads. */
export async function readTwice(page: Page): Promise<void> {
  const open = async (): Promise<void> => {
    await page.locator('.queue .name', { hasText: READ_TWICE }).first().click();
    await page.locator(`.surface[data-shown="${READ_TWICE}"]`).waitFor();
    await page.keyboard.press('Control+0');
  };
  await readByTwo(page);
  await page.getByRole('button', { name: 'Done' }).click();
  for (const [name, leads] of [
    ['Ann', [['8', 0.62, 0.42]]],
    [
      'Ben',
      [
        ['2', 0.25, 0.42],
        ['3', 0.3, 0.62],
      ],
    ],
  ] as const) {
    await open();
    await sitAs(page, name);
    for (const [key, x, y] of leads) await dragLead(page, key, x, y);
    await page.keyboard.press('Control+Enter');
    await page.getByText(`Accepted: ${READ_TWICE}`).first().waitFor();
  }
  await sitAs(page, 'Cleo');
}
