import type { Page } from 'playwright-core';
import { dragLead } from '../e2e/reader-steps.ts';
import { placeOf, takeTool, zoom, type View } from './view.ts';

/** Drags through places given as offsets from a screen point; `hold` leaves the button down. */
async function drag(
  page: Page,
  [x, y]: readonly [number, number],
  offsets: readonly (readonly [number, number])[],
  hold = false,
): Promise<void> {
  const [first, ...others] = offsets;
  await page.mouse.move(x + first![0], y + first![1]);
  await page.mouse.down();
  for (const [dx, dy] of others) await page.mouse.move(x + dx, y + dy, { steps: 5 });
  if (!hold) await page.mouse.up();
}

/** Drags sideways over lead 8 with a tool, and holds it. */
async function sweep(page: Page, tool: string, byPx: number): Promise<void> {
  await takeTool(page, tool);
  await page.keyboard.press('8');
  const at = await zoom(page, 0.62, 0.42, 4);
  await drag(
    page,
    at,
    [
      [0, 0],
      [byPx, 0],
    ],
    true,
  );
}

const undo = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+z');
  await page.waitForTimeout(500);
};

/** Every tool of the page at work. */
export const TOOL_VIEWS: readonly View[] = [
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
    name: 'painted',
    async show(page) {
      await takeTool(page, 'b');
      await page.keyboard.press('8');
      await page.getByLabel('Only on ink').uncheck();
      const at = await zoom(page, 0.62, 0.42, 5);
      await drag(page, at, [
        [-60, -20],
        [60, -60],
      ]);
      await page.getByRole('button', { name: 'Mask from path' }).waitFor();
    },
    async leave(page) {
      await undo(page);
      await takeTool(page, 'b');
      await page.getByLabel('Only on ink').check();
    },
  },
  {
    name: 'eraser',
    show: (page) => sweep(page, 'e', 70),
  },
  {
    name: 'line',
    async show(page) {
      await takeTool(page, 'k');
      await page.keyboard.press('8');
      const [x, y] = await zoom(page, 0.62, 0.42, 4);
      for (const [dx, dy] of [
        [-160, 0],
        [-60, -40],
        [40, 30],
      ] as const)
        await page.mouse.click(x + dx, y + dy);
      await page.mouse.move(x + 140, y - 20, { steps: 4 });
    },
  },
  {
    name: 'wand',
    show: (page) => sweep(page, 'w', 60),
  },
  {
    name: 'region',
    async show(page) {
      await takeTool(page, 'r');
      const at = await zoom(page, 0.62, 0.42, 3);
      await drag(page, at, [
        [-120, -60],
        [0, -70],
        [20, 60],
        [-110, 70],
        [-130, 0],
      ]);
      await page.getByLabel('Regions of the page').waitFor();
    },
    leave: undo,
  },
  {
    name: 'ask',
    async show(page) {
      await takeTool(page, 'y');
      const at = await zoom(page, 0.62, 0.42, 3);
      await drag(
        page,
        at,
        [
          [-120, -60],
          [40, -70],
          [60, 60],
          [-110, 70],
        ],
        true,
      );
    },
  },
  {
    name: 'stretch',
    async show(page) {
      await takeTool(page, 's');
      await page.keyboard.press('8');
      const at = await zoom(page, 0.62, 0.42, 3);
      await drag(page, at, [
        [-150, 0],
        [60, 0],
      ]);
    },
  },
  {
    name: 'leads',
    page: '04-cabrera.jpg',
    async show(page) {
      await takeTool(page, 'l');
      await page.mouse.click(...(await placeOf(page, 0.35, 0.4)));
    },
  },
  {
    name: 'template',
    async show(page) {
      await takeTool(page, 'l');
      await page.getByLabel('Layout to lay over the page').selectOption('3x4+1');
    },
  },
  {
    name: 'grid',
    page: '06-folded-and-stained.jpg',
    async show(page) {
      await page.keyboard.press('g');
      const at = await placeOf(page, 0.5, 0.5);
      await drag(
        page,
        at,
        [
          [0, 0],
          [10, 9],
        ],
        true,
      );
    },
  },
  {
    name: 'four-points',
    page: '06-folded-and-stained.jpg',
    async show(page) {
      await page.keyboard.press('g');
      await page.getByText('Four points').click();
    },
    async leave(page) {
      await page.keyboard.press('g');
      await page.getByText('Bend', { exact: true }).click();
    },
  },
  {
    name: 'text',
    page: '03-phone-photo.jpg',
    async show(page) {
      await takeTool(page, 't');
      await page.locator('.boxes .identity').last().click();
    },
  },
  {
    name: 'measure',
    async show(page) {
      await page.keyboard.press('Shift+M');
      const at = await zoom(page, 0.62, 0.42, 3);
      await drag(
        page,
        at,
        [
          [-60, 40],
          [60, -50],
        ],
        true,
      );
    },
    leave: (page) => page.keyboard.press('Shift+M'),
  },
  {
    name: 'magnifier',
    async show(page) {
      await page.mouse.move(...(await placeOf(page, 0.62, 0.42)));
      await page.keyboard.down('m');
    },
    leave: (page) => page.keyboard.up('m'),
  },
  {
    name: 'point-by-keys',
    async show(page) {
      await takeTool(page, 'p');
      await page.keyboard.press('8');
      for (const key of ['Shift+P', 'Control+ArrowRight', 'Space', 'ArrowUp', 'ArrowUp'])
        await page.keyboard.press(key);
    },
    leave: (page) => page.keyboard.press('Shift+P'),
  },
  {
    name: 'versions',
    page: '10-fast-paper.png',
    async show(page) {
      await dragLead(page, '2', 0.3, 0.35);
      await dragLead(page, '8', 0.7, 0.35);
      await page.getByLabel('Compare the machine’s reading').check();
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByRole('list', { name: 'Leads that differ' }).getByRole('listitem').first().waitFor();
      await page.keyboard.press('j');
    },
    async leave(page) {
      await undo(page);
      await undo(page);
    },
  },
];
