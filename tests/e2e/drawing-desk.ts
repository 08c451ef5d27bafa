import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { Digitization } from '../../src/core/digitization.ts';
import { decodePath, type EditedPath } from '../../src/core/edit/edited-path.ts';
import { maskArea, type MaskTiles } from '../../src/core/edit/mask-tiles.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { canonicalToImage } from '../../src/core/page/warp-map.ts';
import { fitViewport } from '../../src/renderer/src/canvas/viewport.ts';
import { fromBase64 } from '../../src/shared/edit/base64.ts';
import { openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

/** A picture in the real workstation, and a hand over it that knows where its leads lie. */
export interface DrawingDesk {
  readonly workstation: WorkstationUnderTest;
  readonly page: Page;
  /** What the digitizer makes of the picture. */
  readonly reading: Digitization;
  /** Image point on the line of a lead, at a share of its length, `down` image pixels under it. */
  on(cellId: string, share: number, down?: number): [number, number];
  /** Where an image point is on the screen while the page is fitted. */
  place(point: readonly [number, number]): Promise<[number, number]>;
  click(point: readonly [number, number], options?: { button?: 'left' | 'right' }): Promise<void>;
  /** Drags through image points. */
  drag(...points: readonly (readonly [number, number])[]): Promise<void>;
  /** Takes a tool by its key and waits until the page is open for it. */
  take(key: string): Promise<void>;
  /** What the project knows of the page's corrections. */
  edits(): Promise<{
    revision: number;
    undo: { label: string } | null;
    documents: { key: string; value: string }[];
  }>;
  /** Waits until another action has been kept; what it is called. */
  kept(revision: number): Promise<string>;
  /** Pixels of the lead's mask as the project has it. */
  area(cellId: string): Promise<number>;
  /** The lead's path as the project has it; null while nobody corrected it. */
  path(cellId: string): Promise<EditedPath | null>;
  close(): Promise<void>;
}

/** Opens the workstation on one picture, digitized and fitted. */
export async function openDrawingDesk(raster: Raster): Promise<DrawingDesk> {
  const scans = mkdtempSync(join(tmpdir(), 'tracewright-desk-'));
  mkdirSync(scans, { recursive: true });
  const { data, width, height, channels } = raster;
  await sharp(data, { raw: { width, height, channels } }).png().toFile(join(scans, 'page.png'));
  const reading = await digitizePage(raster);
  const workstation = await openWorkstationInBrowser({ scans, viewport: { width: 1600, height: 1000 } });
  const { page } = workstation;
  await page.locator('.inspector .leads li').first().waitFor({ timeout: 90_000 });
  await page.locator('.surface[data-shown="page.png"]').waitFor();

  const place = async ([x, y]: readonly [number, number]): Promise<[number, number]> => {
    const box = (await page.locator('.surface').boundingBox())!;
    const view = fitViewport(box, { width, height });
    return [box.x + view.x + x * view.scale, box.y + view.y + y * view.scale];
  };
  const edits: DrawingDesk['edits'] = () =>
    page.evaluate(async () => (await fetch('/api/pages/1/edits', { cache: 'no-store' })).json() as never);

  return {
    workstation,
    page,
    reading,
    on(cellId, share, down = 0) {
      const path = reading.paths.find((candidate) => candidate.cellId === cellId)!;
      const column = Math.round(share * (path.y.length - 1));
      const [x, y] = canonicalToImage(reading.rectification!.warp, path.x0 + column, path.y[column]!);
      return [x, y + down];
    },
    place,
    async click(point, options = {}) {
      await page.mouse.click(...(await place(point)), options);
    },
    async drag(first, ...others) {
      await page.mouse.move(...(await place(first!)));
      await page.mouse.down();
      for (const point of others) await page.mouse.move(...(await place(point)), { steps: 5 });
      await page.mouse.up();
    },
    async take(key) {
      await page.keyboard.press(key);
      await page.locator('.edit[data-phase=open]').waitFor();
    },
    edits,
    async kept(revision) {
      for (let waited = 0; waited < 20_000; waited += 50) {
        const now = await edits();
        if (now.revision > revision) return now.undo?.label ?? '';
        await page.waitForTimeout(50);
      }
      throw new Error('nothing was kept');
    },
    async area(cellId) {
      const prefix = `mask/${cellId}/`;
      const tiles: MaskTiles = new Map();
      for (const { key, value } of (await edits()).documents) {
        if (key.startsWith(prefix)) tiles.set(key.slice(prefix.length), fromBase64(value));
      }
      return maskArea(tiles);
    },
    async path(cellId) {
      const document = (await edits()).documents.find(({ key }) => key === `path/${cellId}`);
      return document ? decodePath(fromBase64(document.value)) : null;
    },
    async close() {
      await workstation.close();
      rmSync(scans, { recursive: true, force: true });
    },
  };
}
