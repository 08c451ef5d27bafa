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

  test('a line is clicked point after point, Backspace goes back, a double click ends it', async () => {
    const { page } = desk;
    await desk.take('k');
    const { revision } = await desk.edits();
    await desk.click(desk.on(V2, 0.3));
    await desk.click(desk.on(V2, 0.34));
    await desk.click(desk.on(V2, 0.3, 60));
    await page.keyboard.press('Backspace');
    await page.mouse.dblclick(...(await desk.place(desk.on(V2, 0.38))));
    expect(await desk.kept(revision)).toBe('Line on V2');
    await undo();
  });

  test('a line sets the path where it is told to, Enter ends it, Escape drops it', async () => {
    const { page } = desk;
    await desk.take('k');
    await page.getByLabel('Sets the path').check();
    await page.getByLabel('Only on ink').uncheck();
    const { revision } = await desk.edits();
    await desk.click(desk.on(V2, 0.3, -20));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const [left, right] = [desk.on(V2, 0.2, 30), desk.on(V2, 0.3, 30)];
    await desk.click(left);
    await desk.click(right);
    await page.keyboard.press('Enter');
    expect(await desk.kept(revision)).toBe('Line on V2');
    const path = (await desk.path(V2))!;
    const column = Math.round(0.25 * (path.provenance.length - 1));
    const [, y] = canonicalToImage(
      desk.reading.rectification!.warp,
      path.x0 + column,
      path.fineY[column * path.samplesPerPx]!,
    );
    expect(Math.abs(y - (left[1] + right[1]) / 2)).toBeLessThan(4);
    await page.getByLabel('Sets the path').uncheck();
    await page.getByLabel('Only on ink').check();
    await undo();
  });

  test('an excluded region leaves the trace blank or bridged; it is selected, removed, and survives a new reading', async () => {
    const { page } = desk;
    await desk.take('r');
    const around = (from: number, to: number) => [desk.on(V2, from, -45), desk.on(V2, to, 45)] as const;
    await page.getByLabel('What traces do where no ink is left').selectOption('blank');
    const { revision } = await desk.edits();
    await page.keyboard.down('Shift');
    await desk.drag(...around(0.3, 0.4));
    await page.keyboard.up('Shift');
    expect(await desk.kept(revision)).toBe('Exclude a region');
    const path = (await desk.path(V2))!;
    const column = Math.round(0.35 * (path.provenance.length - 1));
    expect(path.fineY[column * path.samplesPerPx]).toBeNaN();
    const regions = async (): Promise<string[]> =>
      (await desk.edits()).documents.map(({ key }) => key).filter((key) => key.startsWith('region/'));
    expect(await regions()).toEqual(['region/r0']);

    // Digitized again, the page still has the region and what a person made of the trace.
    const runs = (await desk.edits()).revision;
    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ ids: [1], again: true });
      await fetch('/api/digitize', { method: 'POST', headers, body });
    });
    await expect.poll(async () => (await desk.edits()).revision, { timeout: 60_000 }).toBeGreaterThan(runs);
    expect(await regions()).toEqual(['region/r0']);
    const shown = await page.evaluate(
      async () => ((await (await fetch('/api/pages/1')).json()) as { regions: unknown[] }).regions,
    );
    expect(shown).toEqual([expect.objectContaining({ id: 'r0', kind: 'exclude' })]);
    expect((await desk.path(V2))!.fineY[column * path.samplesPerPx]).toBeNaN();

    await page.locator('.edit[data-phase=open]').waitFor();
    await expect.poll(() => page.getByLabel('Regions of the page').count()).toBe(1);
    await desk.click(desk.on(V2, 0.35, 40));
    await expect.poll(() => page.getByLabel('Regions of the page').inputValue()).toBe('r0');
    const before = (await desk.edits()).revision;
    await page.keyboard.press('Delete');
    expect(await desk.kept(before)).toBe('Remove a region: excluded');
    expect(await regions()).toEqual([]);
    const again = (await desk.path(V2))!;
    expect(again.fineY[column * again.samplesPerPx]).not.toBeNaN();
  });

  test('a brush paints only what the model takes for trace, wherever it is on the page', async () => {
    const { page } = desk;
    await desk.take('b');
    await page.keyboard.press('8');
    /** Pixels that one sweep over the blot adds to the lead. */
    const sweep = async (): Promise<number> => {
      const { revision } = await desk.edits();
      const before = await desk.area(V2);
      const [x, y] = blot();
      await desk.drag([x - 6, y - 6], [x + 6, y + 6], [x + 6, y - 6]);
      await page.waitForTimeout(300);
      const added = (await desk.area(V2)) - before;
      if (added > 0) {
        await page.keyboard.press('Control+z');
        await desk.kept(revision + 1);
      }
      return added;
    };
    expect(await sweep()).toBeGreaterThan(60);
    await page.getByLabel('As the model sees it').check();
    await page.locator('.tool-options [role=status]').waitFor();
    await page.locator('.tool-options [role=status]').waitFor({ state: 'detached' });
    expect(await sweep()).toBeLessThan(20);
    await page.getByLabel('As the model sees it').uncheck();
  });

  test('the model looks at a part, which becomes a region; without one the window says so', async () => {
    const { page } = desk;
    await desk.take('y');
    const first = (await desk.edits()).revision;
    await page.keyboard.down('Shift');
    await desk.drag(desk.on(V2, 0.5, -45), desk.on(V2, 0.7, 45));
    await page.keyboard.up('Shift');
    expect(await desk.kept(first)).toBe('Let the model read a region');
    await expect.poll(() => page.getByLabel('Regions of the page').inputValue()).toBe('r0');
    const path = (await desk.path(V2))!;
    const column = Math.round(0.6 * (path.provenance.length - 1));
    const { warp } = desk.reading.rectification!;
    const [, y] = canonicalToImage(warp, path.x0 + column, path.fineY[column * path.samplesPerPx]!);
    expect(Math.abs(y - desk.on(V2, 0.6)[1])).toBeLessThan(2);
    await page.keyboard.press('Control+z');
    await desk.kept(first + 1);
    expect((await desk.edits()).documents.map(({ key }) => key)).not.toContain('region/r0');

    // Escape ends the work, and nothing of it stays: here it is held up until then.
    const { revision } = await desk.edits();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/part-look', async (route) => {
      await held;
      await route.abort().catch(() => undefined);
    });
    await desk.drag(desk.on(V2, 0.5, -45), desk.on(V2, 0.7, -45), desk.on(V2, 0.6, 45));
    await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor({ state: 'hidden' });
    release();
    await page.unroute('**/part-look');

    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/models/choice', { method: 'PATCH', headers, body: '{"model":"none"}' });
    });
    await page.getByText('No model is chosen').waitFor();
    await page.getByRole('button', { name: 'Models…' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect((await desk.edits()).revision).toBe(revision);
  });

  test('a stretch is given to the lead whose ink it had followed', async () => {
    const { page } = desk;
    await desk.take('s');
    const { revision } = await desk.edits();
    await desk.drag(desk.on(V2, 0.3), desk.on(V2, 0.35));
    await page.getByLabel('Give the stretch to another lead').selectOption({ label: 'V1' });
    expect(await desk.kept(revision)).toBe('Give a stretch of V2 to V1');
    // What V1 has now is where V2 ran.
    const { x0, fineY, samplesPerPx } = (await desk.path('r0c2'))!;
    const before = desk.reading.paths.find(({ cellId }) => cellId === V2)!;
    const x = before.x0 + Math.round(0.32 * (before.y.length - 1));
    // To a fraction of its stroke: the line is fitted to the ink anew.
    expect(Math.abs(fineY[(x - x0) * samplesPerPx]! - before.y[x - before.x0]!)).toBeLessThan(0.25);
    await page.keyboard.press('Control+z');
    await desk.kept(revision + 1);
  });

  test('a pen paints as wide as it is pressed, and the ball of the hand beside it does nothing', async () => {
    const { page } = desk;
    const cdp = await page.context().newCDPSession(page);
    await desk.take('b');
    await page.getByLabel('Only on ink').uncheck();
    const start = (await desk.edits()).revision;
    const areas: number[] = [];
    for (const force of [0.1, 1]) {
      const [x, y] = await desk.place(desk.on(V2, 0.3, 40));
      const pen = { x, y, button: 'left', clickCount: 1, pointerType: 'pen', force } as const;
      const { revision } = await desk.edits();
      await cdp.send('Input.dispatchMouseEvent', { ...pen, type: 'mousePressed' });
      await cdp.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseMoved', x: x + 30 });
      await cdp.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseReleased', x: x + 30 });
      await desk.kept(revision);
      areas.push(await desk.area(V2));
      await page.keyboard.press('Control+z');
      await desk.kept(revision + 1);
    }
    const bare = await (async () => {
      const { revision } = await desk.edits();
      await cdp.send('Input.dispatchTouchEvent', {
        type: 'touchStart',
        touchPoints: [{ x: 900, y: 400 }],
      });
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await page.waitForTimeout(300);
      return (await desk.edits()).revision - revision;
    })();
    expect(bare).toBe(0);
    expect(areas[1]! - areas[0]!).toBeGreaterThan(60);
    await page.getByLabel('Pen pressure').waitFor();
    await page.getByLabel('Only on ink').check();
    expect((await desk.edits()).revision).toBe(start + 4);
  });

  test('nothing went wrong on the way', () => {
    expect(desk.workstation.problems).toEqual([]);
  });
});
