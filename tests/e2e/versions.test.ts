import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawnPage } from '../fixtures/drawn-page.ts';
import { violations } from './axe-violations.ts';
import { openDrawingDesk, type DrawingDesk } from './drawing-desk.ts';
import { chromiumPath } from './harness.ts';

describe.skipIf(!chromiumPath)('versions of a page side by side', () => {
  let desk: DrawingDesk;

  beforeAll(async () => {
    desk = await openDrawingDesk(drawnPage().raster);
    await desk.take('p');
    await desk.page.keyboard.press('8');
    await desk.drag(desk.on('r1c2', 0.5), desk.on('r1c2', 0.5, 14), desk.on('r1c2', 0.5, 22));
    await desk.kept(0);
    await desk.page.keyboard.press('v');
    await desk.page.keyboard.press('f');
    await desk.page.locator('.history').getByText('Wants a second look').waitFor();
  }, 120_000);
  afterAll(async () => {
    await desk?.close();
  });

  const pane = (letter: string) => desk.page.getByRole('region', { name: `Version ${letter}` });
  const selector = (letter: string) => desk.page.getByRole('combobox', { name: `Version ${letter}` });
  /** What a pane's readout says. */
  const readout = async (letter: string): Promise<string[]> =>
    (await pane(letter).locator('.readout').innerText()).split(/\s*\n\s*/);
  /** Points at the middle of a pane, or beside it. */
  async function pointAtMiddle(letter: string, below = 0): Promise<void> {
    const box = (await pane(letter).locator('.surface').boundingBox())!;
    // What is under a pointer that rests is told once it moves again.
    await desk.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + below - 1);
    await desk.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + below);
  }
  /** What a pane says of its middle. */
  async function wordsInTheMiddle(letter: string): Promise<string[]> {
    await pointAtMiddle(letter);
    return readout(letter);
  }
  const chosen = (letter: string): Promise<string> => selector(letter).inputValue();

  test('a key opens the machine’s version beside the page as it is, another lays them over each other', async () => {
    const { page } = desk;
    await page.keyboard.press('Shift+C');
    await pane('A').locator('.surface').waitFor();
    expect([await chosen('A'), await chosen('B')]).toEqual(['machine', 'now']);
    await page.getByRole('list', { name: 'Leads that differ' }).getByText('V2').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect.poll(() => violations(page)).toEqual([]);
    }
    await page.keyboard.press('Shift+C');
    await pane('A').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Over each other' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await page.keyboard.press('Shift+C');
    await pane('B').waitFor();
  });

  test('the pointer in one pane is shown in the other, and both tell time and voltage of their own line', async () => {
    const { page } = desk;
    await page.keyboard.press('j');
    await expect.poll(() => wordsInTheMiddle('A').then((words) => words[0])).toBe('V2');
    await pane('B').locator('.ghost').waitFor();
    expect(await pane('A').locator('.ghost').count()).toBe(0);
    const [a, b] = [await readout('A'), await readout('B')];
    expect(a!.slice(0, 2)).toEqual(b!.slice(0, 2));
    expect(a![2]).not.toBe(b![2]);
    // The cross lies at the same place of the other pane.
    const box = (await pane('A').locator('.surface').boundingBox())!;
    const ghost = (await pane('B').locator('.ghost').boundingBox())!;
    const other = (await pane('B').locator('.surface').boundingBox())!;
    expect(ghost.x + ghost.width / 2 - other.x).toBeCloseTo(box.width / 2, -1);
    expect(ghost.y + ghost.height / 2 - other.y).toBeCloseTo(box.height / 2, -1);
  });

  test('a difference that is gone to before the panes know their size is shown once they do', async () => {
    const { page } = desk;
    await page.keyboard.press('Shift+C');
    await pane('A').waitFor({ state: 'detached' });
    await page.evaluate(() => {
      const { ResizeObserver: prompt } = window;
      window.ResizeObserver = class extends prompt {
        constructor(callback: ResizeObserverCallback) {
          super((entries, observer) => void setTimeout(() => callback(entries, observer), 400));
        }
      };
      // The next panes alone are slow.
      setTimeout(() => (window.ResizeObserver = prompt), 400);
    });
    await page.keyboard.press('Shift+C');
    await pane('A').locator('.surface').waitFor();
    await page.keyboard.press('j');
    await expect.poll(() => wordsInTheMiddle('A').then((words) => words[0])).toBe('V2');
  });

  test('held M lays a glass over both panes at the same place', async () => {
    const { page } = desk;
    await pointAtMiddle('A', 5);
    await page.keyboard.down('m');
    const glasses = page.locator('.panes .loupe .values strong');
    await expect.poll(() => glasses.allTextContents()).toEqual(['V2', 'V2']);
    const values = await page.locator('.panes .loupe .values').allTextContents();
    expect(values[0]).not.toBe(values[1]);
    await page.keyboard.up('m');
    await expect.poll(() => glasses.count()).toBe(0);
  });

  test('zooming and moving one pane moves both', async () => {
    const { page } = desk;
    const zoomed = (): Promise<string> => page.locator('.page-head .percent').innerText();
    const focused = await zoomed();
    await pointAtMiddle('B');
    await page.mouse.wheel(0, -240);
    await expect.poll(zoomed).not.toBe(focused);
    const still = await wordsInTheMiddle('A');
    expect(still[0]).toBe('V2');
    await pane('A').locator('.surface').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => wordsInTheMiddle('A').then((words) => words[1])).not.toBe(still[1]);
    const moved = (await readout('A')).slice(0, 2);
    expect((await wordsInTheMiddle('B')).slice(0, 2)).toEqual(moved);
  });

  test('other versions are chosen above each pane; the page as it is follows what is corrected', async () => {
    const { page } = desk;
    const leads = page.getByRole('list', { name: 'Leads that differ' }).locator('.name');
    await selector('A').selectOption({ label: 'As it is now' });
    await page.getByText('No stretch differs.').waitFor();
    const decision = await selector('A').locator('optgroup[label="When it was decided on"] option').first();
    await selector('A').selectOption((await decision.getAttribute('value'))!);
    await page.getByText('No stretch differs.').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => leads.allTextContents()).toEqual(['V2']);
    await page.keyboard.press('Control+y');
    await page.getByText('No stretch differs.').waitFor();
    // A tool works on the page itself.
    await page.keyboard.press('b');
    await pane('A').waitFor({ state: 'detached' });
    await page.keyboard.press('v');
    await pane('A').waitFor();
    // The first lets go of the lead.
    for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
    await pane('A').waitFor({ state: 'detached' });
    expect(desk.workstation.problems).toEqual([]);
  });
});
