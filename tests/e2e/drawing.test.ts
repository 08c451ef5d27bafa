import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { canonicalToImage } from '../../src/core/page/warp-map.ts';
import { drawnPage } from '../fixtures/drawn-page.ts';
import { openDrawingDesk, type DrawingDesk } from './drawing-desk.ts';
import { chromiumPath } from './harness.ts';

/** Lead V2, in the middle of the page. */
const V2 = 'r1c2';
const BLOT = { share: 0.56, downPx: 26, radiusPx: 7 };

/** A drawn page with a blot under V2. */
async function blottedPage() {
  const { raster } = drawnPage();
  const { paths, rectification } = await digitizePage(raster);
  const path = paths.find(({ cellId }) => cellId === V2)!;
  const column = Math.round(BLOT.share * (path.y.length - 1));
  const [x0, y0] = canonicalToImage(rectification!.warp, path.x0 + column, path.y[column]!);
  const data = raster.data.slice();
  const { radiusPx, downPx } = BLOT;
  for (let y = Math.round(y0 + downPx - radiusPx); y <= y0 + downPx + radiusPx; y++) {
    for (let x = Math.round(x0 - radiusPx); x <= x0 + radiusPx; x++) {
      if (Math.hypot(x - x0, y - y0 - downPx) > radiusPx) continue;
      for (let c = 0; c < raster.channels; c++) data[(y * raster.width + x) * raster.channels + c] = 30;
    }
  }
  return { ...raster, data };
}

describe.skipIf(!chromiumPath)('drawing on a page', () => {
  let desk: DrawingDesk;

  beforeAll(async () => {
    desk = await openDrawingDesk(await blottedPage());
  }, 120_000);
  afterAll(async () => {
    await desk?.close();
  });

  /** Undoes the last action, so that each test begins on the page as it was read. */
  async function undo(): Promise<void> {
    const { revision } = await desk.edits();
    await desk.page.keyboard.press('Control+z');
    await desk.kept(revision);
    expect((await desk.edits()).documents).toEqual([]);
  }

  const blot = (): [number, number] => desk.on(V2, BLOT.share, BLOT.downPx);

  test('the wand adds ink to a lead, takes it off, and is one action each', async () => {
    await desk.take('w');
    await desk.page.keyboard.press('8');
    const { revision } = await desk.edits();
    await desk.click(blot());
    expect(await desk.kept(revision)).toBe('Add ink to V2');
    const added = await desk.area(V2);
    await desk.page.keyboard.press('x');
    await desk.click(blot());
    expect(await desk.kept(revision + 1)).toBe('Take ink off V2');
    const left = await desk.area(V2);
    expect(added - left).toBeGreaterThan(0.5 * Math.PI * BLOT.radiusPx ** 2);
    await desk.page.keyboard.press('x');
    await desk.page.keyboard.press('Control+z');
    await desk.kept(revision + 2);
    await undo();
  });

  test('dragging sideways takes more or less, Enter keeps it, Escape drops it', async () => {
    const { page } = desk;
    await desk.take('w');
    const tolerance = page.getByLabel('Tolerance of the wand');
    const before = Number(await tolerance.inputValue());
    const { revision } = await desk.edits();
    const [x, y] = await desk.place(blot());
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 4 });
    await expect.poll(async () => Number(await tolerance.inputValue())).toBeCloseTo(before + 0.2, 1);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.waitForTimeout(300);
    expect((await desk.edits()).revision).toBe(revision);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.keyboard.press('Enter');
    expect(await desk.kept(revision)).toBe('Add ink to V2');
    await page.mouse.up();
    await undo();
  });

  test('nothing went wrong on the way', () => {
    expect(desk.workstation.problems).toEqual([]);
  });
});
