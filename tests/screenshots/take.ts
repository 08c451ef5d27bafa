import '../../src/main/version-guard.js';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { waitUntilDigitized } from '../bench/open-window.ts';
import { dragLead, readByTwo, sitAs } from '../e2e/reader-steps.ts';
import { chromiumPath, openWorkstationInBrowser } from '../e2e/harness.ts';

// npm run screenshots [-- <folder> [view ...]] takes a picture of every view (or those named) in both themes and both usual
// window sizes.
const wanted = process.argv.slice(3);
const out = resolve(process.argv[2] ?? 'out/screenshots');
const SIZES = [
  { width: 1600, height: 1000 },
  { width: 1280, height: 800 },
];
const THEMES = ['light', 'dark'] as const;

/** A view, and how a person gets there from a page that is open with the select tool. */
interface View {
  readonly name: string;
  readonly page?: string;
  readonly show: (page: Page) => Promise<void>;
}

const surfaceBox = async (page: Page) => (await page.locator('.surface').boundingBox())!;

async function takeTool(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.edit[data-phase=open]').waitFor();
  await page.waitForTimeout(700);
}

/** Zooms in on a point, given in shares of the page view. */
async function zoom(page: Page, x: number, y: number, notches: number): Promise<[number, number]> {
  const box = await surfaceBox(page);
  const at: [number, number] = [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at);
  for (let i = 0; i < notches; i++) await page.mouse.wheel(0, -240);
  await page.waitForTimeout(700);
  return at;
}

const VIEWS: readonly View[] = [
  { name: 'page', show: () => Promise.resolve() },
  {
    name: 'pin',
    async show(page) {
      await takeTool(page, 'p');
      const [x, y] = await zoom(page, 0.62, 0.42, 3);
      await page.mouse.down();
      await page.mouse.move(x + 3, y - 70, { steps: 6 });
    },
  },
  {
    name: 'brush',
    async show(page) {
      await takeTool(page, 'b');
      await page.keyboard.press('8');
      const [x, y] = await zoom(page, 0.62, 0.42, 4);
      await page.mouse.down();
      await page.mouse.move(x + 120, y - 30, { steps: 8 });
    },
  },
  {
    name: 'stretch',
    async show(page) {
      await takeTool(page, 's');
      await page.keyboard.press('8');
      const [x, y] = await zoom(page, 0.62, 0.42, 3);
      await page.mouse.move(x - 150, y);
      await page.mouse.down();
      await page.mouse.move(x + 60, y, { steps: 6 });
      await page.mouse.up();
    },
  },
  {
    name: 'leads',
    page: '04-cabrera.jpg',
    async show(page) {
      await takeTool(page, 'l');
      const box = await surfaceBox(page);
      await page.mouse.click(box.x + 0.35 * box.width, box.y + 0.4 * box.height);
    },
  },
  {
    name: 'grid',
    page: '06-folded-and-stained.jpg',
    async show(page) {
      await page.keyboard.press('g');
      const box = await surfaceBox(page);
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.51 * box.width, box.y + 0.52 * box.height, { steps: 6 });
    },
  },
  {
    name: 'doubt',
    page: '05-fax-twelve-rows.png',
    show: (page) => page.keyboard.press('n'),
  },
  { name: 'photo', page: '03-phone-photo.jpg', show: () => Promise.resolve() },
  ...(
    [
      ['palette', 'Control+k'],
      ['shortcuts', '?'],
      ['models', 'Control+Shift+M'],
      ['export', 'Control+e'],
      ['add-folder', 'Control+o'],
    ] as const
  ).map(([name, keys]): View => ({ name, show: (page) => page.keyboard.press(keys) })),
];

const READ_TWICE = '01-resting-12-lead.png';

/** Views of a project whose pages are read by two, taken last: from then on every page shows it. */
const READER_VIEWS: readonly View[] = [
  {
    name: 'adjudicate',
    async show(page) {
      await page.keyboard.press('c');
      await page.locator('.compare').waitFor();
      await page.keyboard.press('j');
    },
  },
  {
    name: 'readers',
    show: (page) => page.getByRole('button', { name: /^Readers/ }).click(),
  },
];

/** Plays two readers of a page who differ in three leads. */
async function readTwice(page: Page): Promise<void> {
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
    await page.getByText(`Accepted: ${READ_TWICE}`).waitFor();
  }
  await sitAs(page, 'Cleo');
}

const isWanted = ({ name }: View): boolean => wanted.length === 0 || wanted.includes(name);
const views = VIEWS.filter(isWanted);
const readerViews = READER_VIEWS.filter(isWanted);
if (!chromiumPath) throw new Error('There is no Chromium on this machine: install it first.');
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'tracewright-'));
const workstation = await openWorkstationInBrowser({
  project: join(folder, 'ward-7'),
  viewport: SIZES[0]!,
  colorScheme: 'light',
});
const { page } = workstation;
await page.locator('.inspector .leads li').first().waitFor({ timeout: 120_000 });
await waitUntilDigitized(page);
async function take(listed: readonly View[]): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      for (const view of listed) {
        const scan = view.page ?? '01-resting-12-lead.png';
        await page.locator('.queue .name', { hasText: scan }).first().click();
        await page.locator(`.surface[data-shown="${scan}"]`).waitFor();
        await page.keyboard.press('v');
        await page.keyboard.press('Control+0');
        await page.waitForTimeout(400);
        await view.show(page);
        await page.waitForTimeout(500);
        await page.screenshot({
          path: resolve(out, `${view.name}-${size.width}x${size.height}-${theme}.png`),
        });
        // Escape lets go of what is held without keeping it.
        for (let i = 0; i < 4; i++) await page.keyboard.press('Escape');
        await page.mouse.up();
        await page.waitForTimeout(200);
      }
    }
  }
}

await take(views);
if (readerViews.length > 0) {
  await page.setViewportSize(SIZES[0]!);
  await readTwice(page);
  await take(readerViews);
}
await workstation.close();
rmSync(folder, { recursive: true, force: true });
console.log(`${(views.length + readerViews.length) * SIZES.length * THEMES.length} pictures are in ${out}`);
process.exit(0);
