import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const NAME = '01-resting-12-lead.png';

describe.skipIf(!chromiumPath)('layers of a page', () => {
  let workstation: WorkstationUnderTest;
  let page: Page;
  let scans: string;

  beforeAll(async () => {
    scans = mkdtempSync(join(tmpdir(), 'tracewright-layers-'));
    copyFileSync(join(samples, NAME), join(scans, NAME));
    workstation = await openWorkstationInBrowser({ scans });
    ({ page } = workstation);
    await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
    await page.locator(`.surface[data-shown="${NAME}"]`).waitFor();
  }, 120_000);
  afterAll(async () => {
    await workstation?.close();
    rmSync(scans, { recursive: true, force: true });
  });

  const layers = (): Locator => page.locator('.inspector .layers');
  const layersSection = (): Locator => page.locator('.inspector .colours');
  const toast = (words: string): Locator => page.locator('.toast', { hasText: words });
  const revision = (): Promise<number> =>
    page.evaluate(
      async () => ((await (await fetch('/api/pages/1/edits')).json()) as { revision: number }).revision,
    );
  const at = async (x: number, y: number): Promise<[number, number]> => {
    const box = (await page.locator('.surface').boundingBox())!;
    return [box.x + x * box.width, box.y + y * box.height];
  };

  test('a locked layer cannot be hit, and its tools say so and offer to unlock it', async () => {
    const [x, y] = await at(0.62, 0.42);
    await page.mouse.click(x, y);
    await page.locator('.leads li.active').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.leads li.active').waitFor({ state: 'hidden' });
    for (const name of ['Lock: Traces', 'Lock: Lead boxes']) {
      await layers().getByRole('button', { name }).click();
    }
    await page.mouse.click(x, y);
    await toast('Locked: ').waitFor();
    expect(await page.locator('.leads li.active').count()).toBe(0);
    await page.keyboard.press('p');
    await page.locator('.edit[data-phase=open]').waitFor();
    await page.mouse.click(x, y);
    await page.waitForTimeout(300);
    expect(await revision()).toBe(0);
    const name = page.locator('.leads select').first();
    await name.selectOption('V6');
    await toast('Locked: Lead boxes').getByRole('button', { name: 'Unlock' }).click();
    expect(await name.inputValue()).toBe('I');
    await toast('Locked: Traces').getByRole('button', { name: 'Unlock' }).click();
    await page.mouse.click(x, y);
    await expect.poll(revision).toBe(1);
  });

  test('a key, the legend and the layers colour the traces by confidence; the choice is remembered', async () => {
    const legend = page.getByRole('group', { name: 'Confidence of the traces' });
    const pressed = (): Promise<string | null> =>
      legend.getByRole('button', { name: 'Traces coloured by confidence' }).getAttribute('aria-pressed');
    /** Share of drawn pixels near the colour of what is sure, of all overlays. */
    const navy = (): Promise<number> =>
      page
        .locator('.surface canvas')
        .nth(2)
        .evaluate((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
          let near = 0;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3]! > 150 && data[i]! < 30 && data[i + 1]! < 45 && data[i + 2]! > 80) near++;
          }
          return near;
        });
    // Nothing steps back behind a lead that is pointed at.
    await page.keyboard.press('v');
    await page.mouse.move(5, 400);
    await page.keyboard.press('Control+0');
    expect([await pressed(), await legend.getByRole('img').count()]).toEqual(['false', 4]);
    const before = await navy();
    await page.keyboard.press('Alt+c');
    await expect.poll(pressed).toBe('true');
    expect(await legend.getByRole('img').count()).toBe(6);
    await legend.getByRole('img', { name: 'poor: trust of 0 to 30 %' }).waitFor();
    await expect.poll(navy).toBeGreaterThan(before + 500);
    await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain('confidence');
    await layersSection().getByRole('button', { name: 'Leads', exact: true }).click();
    await expect.poll(pressed).toBe('false');
    await expect.poll(navy).toBeLessThan(before + 100);
    await legend.getByRole('button').click();
    await expect.poll(pressed).toBe('true');
    await legend.getByRole('button').click();
  });

  test('keys lock and hide layers', async () => {
    await page.keyboard.press('Alt+Shift+5');
    await layers().getByRole('button', { name: 'Unlock: Traces' }).waitFor();
    await page.keyboard.press('Alt+Shift+5');
    await layers().getByRole('button', { name: 'Lock: Traces', exact: true }).waitFor();
    await page.keyboard.press('Alt+0');
    await layers().getByRole('button', { name: 'Show: Scan' }).waitFor();
    await page.keyboard.press('Alt+0');
    await layers().getByRole('button', { name: 'Hide: Scan' }).waitFor();
  });

  test('boxes about print are drawn, moved, resized, named and removed with the keyboard, and taken back', async () => {
    interface Boxes {
      readonly reviewed: boolean;
      readonly boxes: { id: string; kind: string; x0: number; y0: number; x1: number; y1: number }[];
    }
    const kept = (): Promise<Boxes> =>
      page.evaluate(
        async () => ((await (await fetch('/api/pages/1')).json()) as { textBoxes: Boxes }).textBoxes as never,
      );
    const drawn = async () => (await kept()).boxes.find(({ id }) => id === 'b0');
    const before = await kept();
    expect(before.boxes.filter(({ kind }) => kind === 'identity').length).toBeGreaterThan(3);
    await page.keyboard.press('t');
    const boxes = page.getByRole('group', { name: 'Boxes about print' });
    await boxes.getByRole('button').first().waitFor();
    expect(await boxes.getByRole('button').count()).toBe(before.boxes.length);
    const [x, y] = await at(0.5, 0.95);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y - 20, { steps: 3 });
    await page.mouse.up();
    await expect.poll(drawn).toMatchObject({ kind: 'identity' });
    const first = (await drawn())!;
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    await expect.poll(focused).toContain('Identity, box');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+ArrowUp');
    await page.keyboard.press('Shift+ArrowRight');
    await expect
      .poll(drawn)
      .toMatchObject({ x0: first.x0 + 1, x1: first.x1 + 2, y0: first.y0 - 10, y1: first.y1 - 10 });
    await page.keyboard.press('Enter');
    await expect.poll(drawn).toMatchObject({ kind: 'other' });
    await page.getByLabel('Kind of the box').selectOption('scale');
    await expect.poll(drawn).toMatchObject({ kind: 'scale' });
    await boxes.getByRole('button', { pressed: true }).focus();
    await page.keyboard.press('Delete');
    await expect.poll(drawn).toBeUndefined();
    await expect.poll(focused).toMatch(/box \d+ of/);
    const held = await focused();
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).not.toBe(held);
    await page.getByLabel('Boxes reviewed').check();
    await expect.poll(kept).toMatchObject({ reviewed: true });
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(drawn).toMatchObject({ kind: 'scale' });
    expect(await kept()).toMatchObject({ reviewed: false });
    await page.keyboard.press('v');
  });

  test('a closer look offers print that lies in no box, added in one action', async () => {
    await page.keyboard.press('t');
    const boxes = page.getByRole('group', { name: 'Boxes about print' }).getByRole('button');
    await boxes.first().waitFor();
    const identity = page.getByRole('group', { name: 'Boxes about print' }).locator('.identity').first();
    await identity.focus();
    await page.keyboard.press('Delete');
    const offer = page.getByRole('button', { name: /^Add \d+ found$/ });
    const look = page.getByRole('button', { name: 'Look for print more closely' });
    await offer.or(look).waitFor({ timeout: 60_000 });
    if (await look.isVisible()) await look.click();
    await offer.waitFor({ timeout: 60_000 });
    const offered = Number(/\d+/.exec((await offer.textContent())!)![0]);
    const before = [await boxes.count(), await revision()] as const;
    expect(offered).toBeGreaterThan(0);
    await offer.click();
    await expect.poll(() => boxes.count()).toBe(before[0] + offered);
    await expect.poll(revision).toBe(before[1] + 1);
    await look.waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => boxes.count()).toBe(before[0]);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('v');
  });

  test('separate files of somebody who leaves identities out are written on purpose only', async () => {
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: 'Separate files' }).click();
    const go = dialog.getByRole('button', { name: /^Export \d+ page/ });
    await expect.poll(() => go.isEnabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Leave identities out' }).click();
    expect(await dialog.getByLabel('Take out what tells who patients are').isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Separate files' }).click();
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByLabel('Write them with identities all the same').check();
    expect(await go.isEnabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Paired data set' }).click();
    await dialog.getByLabel('Take out what tells who patients are').uncheck();
    await dialog.getByRole('button', { name: 'Separate files' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  test('a box about print is dragged with the pointer', async () => {
    await page.keyboard.press('t');
    const box = page.getByRole('group', { name: 'Boxes about print' }).locator('.scale').first();
    const place = (await box.boundingBox())!;
    const revisions = await revision();
    await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
    await page.mouse.down();
    await page.mouse.move(place.x + place.width / 2 + 30, place.y + place.height / 2 + 12, { steps: 4 });
    await page.mouse.up();
    await expect.poll(revision).toBe(revisions + 1);
    const moved = (await page.locator('.boxes [aria-pressed=true]').boundingBox())!;
    expect(moved.x - place.x).toBeCloseTo(30, -0.5);
    const handle = page.locator('.boxes .handle.se');
    const grip = (await handle.boundingBox())!;
    await page.mouse.move(grip.x + 4, grip.y + 4);
    await page.mouse.down();
    await page.mouse.move(grip.x + 44, grip.y + 24, { steps: 4 });
    await page.mouse.up();
    await expect.poll(revision).toBe(revisions + 2);
    const wider = (await page.locator('.boxes [aria-pressed=true]').boundingBox())!;
    expect(wider.width - moved.width).toBeCloseTo(40, -0.5);
    await page.keyboard.press('v');
  });

  interface Cell {
    readonly id: string;
    readonly lead: string;
    readonly x0: number;
    readonly x1: number;
  }
  const cells = (): Promise<Cell[]> =>
    page.evaluate(async () => {
      const { documents } = (await (await fetch('/api/pages/1/edits')).json()) as {
        documents: { key: string; value: string }[];
      };
      const layout = documents.find(({ key }) => key === 'layout');
      return layout ? ((JSON.parse(atob(layout.value)) as { cells: Cell[] }).cells as never) : ([] as never);
    });

  test('a layout is laid over the page by guides that are drawn to what is printed, as one correction', async () => {
    await page.keyboard.press('l');
    await page.getByLabel('Layout to lay over the page').selectOption('3x4+1');
    const revisions = await revision();
    const box = page.locator('.surface');
    const { x, y, width, height } = (await box.boundingBox())!;
    const boundary = await page.evaluate(async () => {
      const { cells, width: w } = (await (await fetch('/api/pages/1')).json()) as {
        cells: { id: string; outline: [number, number][] }[];
        width: number;
      };
      return cells.find(({ id }) => id === 'r0c1')!.outline[0]![0] / w;
    });
    const picture = await page.evaluate(
      async () => (await (await fetch('/api/pages/1')).json()) as { width: number; height: number },
    );
    const scale = Math.min((width - 48) / picture.width, (height - 48) / picture.height);
    const left = x + (width - picture.width * scale) / 2;
    const from = left + boundary * picture.width * scale;
    await page.mouse.move(from, y + 0.6 * height);
    await page.mouse.down();
    await page.mouse.move(from + 30, y + 0.6 * height, { steps: 3 });
    await page.mouse.up();
    // The keyboard moves lines, too.
    await page.getByLabel('Line to move').selectOption('Row 1');
    const row = page.getByLabel('Place of the line, millimetres');
    const millimetres = Number(await row.inputValue());
    await row.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await expect
      .poll(async () => Math.abs(Number(await row.inputValue()) - millimetres))
      .toBeGreaterThan(0.2);
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(revision).toBe(revisions + 1);
    const [first, second] = ['r0c0', 'r0c1'];
    const laid = await cells();
    expect(laid).toHaveLength(13);
    const edge = laid.find(({ id }) => id === first)!.x1;
    expect(laid.find(({ id }) => id === second)!.x0).toBe(edge);
    await page.locator('.leads li').nth(12).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: Layout 3x4+1').waitFor();
    await expect.poll(cells).toHaveLength(0);
  });

  test('a lead is split by Alt+click and merged again', async () => {
    const [x, y] = await at(0.62, 0.42);
    await page.keyboard.down('Alt');
    await page.mouse.click(x, y);
    await page.keyboard.up('Alt');
    await page.locator('.leads li').nth(13).waitFor();
    expect(await cells()).toHaveLength(14);
    await page.getByRole('button', { name: 'Merge' }).click();
    await expect.poll(cells).toHaveLength(13);
    await page.keyboard.press('v');
  });

  test('a glass lies over the page while M is held, and tells what is under the pointer', async () => {
    const [x, y] = await at(0.62, 0.42);
    await page.mouse.move(x, y);
    await page.keyboard.down('m');
    const glass = page.locator('.loupe');
    await glass.locator('strong', { hasText: 'V2' }).waitFor();
    expect(await glass.locator('.values').textContent()).toMatch(/\d+ ms.*mV.*here.*mV/);
    const values = await glass.locator('.values').textContent();
    await page.mouse.move(x, y - 12);
    await expect.poll(() => glass.locator('.values').textContent()).not.toBe(values);
    const drawn = await glass.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(drawn).toBeGreaterThan(20);
    await page.keyboard.up('m');
    await glass.waitFor({ state: 'hidden' });
  });

  test('nothing went wrong on the way', () => {
    expect(workstation.problems).toEqual([]);
  });
});
