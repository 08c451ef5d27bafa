import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chooseTheme, placeOf, zoom, type View } from './view.ts';

const SAMPLES = resolve(import.meta.dirname, '../../resources/samples');

async function turn(page: Page, ...layers: number[]): Promise<void> {
  for (const layer of layers) await page.keyboard.press(`Alt+${layer}`);
}

const palette = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
};

/** Panels and dialogs of the window. */
export const WINDOW_VIEWS: readonly View[] = [
  { name: 'page', show: () => Promise.resolve() },
  { name: 'photo', page: '03-phone-photo.jpg', show: () => Promise.resolve() },
  {
    name: 'contrast',
    show: (page) => chooseTheme(page, 'High contrast'),
    leave: (page) => chooseTheme(page, 'Follow the system'),
  },
  {
    name: 'filters',
    show: (page) => page.getByRole('button', { name: 'Filter and sort' }).click(),
  },
  {
    name: 'doubt',
    page: '05-fax-twelve-rows.png',
    show: (page) => page.keyboard.press('n'),
  },
  {
    name: 'layers',
    async show(page) {
      await turn(page, 1, 4, 6);
      await zoom(page, 0.45, 0.3, 2);
      await page.locator('.page-head').getByRole('button', { name: 'Layers' }).click();
    },
    leave: (page) => turn(page, 1, 4, 6),
  },
  {
    name: 'confidence',
    page: '05-fax-twelve-rows.png',
    show: (page) => page.keyboard.press('Alt+c'),
    leave: (page) => page.keyboard.press('Alt+c'),
  },
  {
    name: 'confidence-near',
    page: '05-fax-twelve-rows.png',
    async show(page) {
      await page.keyboard.press('Alt+c');
      await zoom(page, 0.45, 0.3, 3);
    },
    leave: (page) => page.keyboard.press('Alt+c'),
  },
  {
    name: 'confidence-cases',
    page: '05-fax-twelve-rows.png',
    async show(page) {
      await zoom(page, 0.45, 0.3, 3);
    },
  },
  {
    name: 'residual',
    page: '05-fax-twelve-rows.png',
    async show(page) {
      await turn(page, 7);
      await zoom(page, 0.45, 0.3, 3);
    },
    leave: (page) => turn(page, 7),
  },
  {
    name: 'signals',
    async show(page) {
      await page.getByRole('button', { name: 'Stacked' }).click();
      await page.getByRole('button', { name: 'Show beside the page' }).click();
      await page.mouse.move(...(await placeOf(page, 0.5, 0.4)));
    },
    async leave(page) {
      await page.getByRole('button', { name: 'As printed' }).click();
      await page.getByRole('button', { name: 'Show below the page' }).click();
    },
  },
  {
    name: 'difference',
    page: '03-phone-photo.jpg',
    show: (page) => page.getByRole('button', { name: '10 times' }).click(),
    leave: (page) =>
      page.getByRole('group', { name: 'Difference' }).getByRole('button', { name: 'Off' }).click(),
  },
  {
    name: 'inspector',
    page: '05-fax-twelve-rows.png',
    async show(page) {
      await page.locator('.inspector').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    },
  },
  {
    name: 'palette-words',
    async show(page) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('lead');
    },
  },
  {
    name: 'export-dataset',
    async show(page) {
      await page.keyboard.press('Control+e');
      await page.getByRole('button', { name: 'Paired data set' }).click();
    },
  },
  {
    name: 'dataset',
    async show(page) {
      await page.keyboard.press('Control+Shift+E');
      await page.getByRole('button', { name: /^Format: PNG/ }).waitFor();
    },
  },
  {
    name: 'styles',
    async show(page) {
      await page.keyboard.press('Control+Shift+E');
      // Pages are looked at one after the other, beside the work.
      await page.locator('.frame img').nth(5).waitFor({ state: 'attached', timeout: 60_000 });
      await page.locator('.frame').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'import',
    async show(page) {
      await page.keyboard.press('Control+Shift+O');
      const dialog = page.getByRole('dialog');
      // What was found the last time is still there.
      const another = dialog.getByRole('button', { name: 'Another folder' });
      if (await another.isVisible()) await another.click();
      await dialog.getByRole('textbox', { name: 'Folder' }).fill(SAMPLES);
      await dialog.getByRole('button', { name: 'Look through' }).click();
      await dialog.getByRole('tab', { name: /^Pairs/ }).waitFor();
    },
  },
  {
    name: 'pages-only',
    async show(page) {
      for (const keys of ['Control+b', 'Control+j', 'Control+i']) await page.keyboard.press(keys);
      await page.waitForTimeout(300);
      await palette(page, 'fit page');
    },
    async leave(page) {
      for (const keys of ['Control+b', 'Control+j', 'Control+i']) await page.keyboard.press(keys);
    },
  },
  ...(
    [
      ['palette', 'Control+k'],
      ['shortcuts', '?'],
      ['models', 'Control+Shift+M'],
      ['learn', 'Control+Shift+L'],
      ['export', 'Control+e'],
      ['add-folder', 'Control+o'],
    ] as const
  ).map(([name, keys]): View => ({ name, show: (page) => page.keyboard.press(keys) })),
];
