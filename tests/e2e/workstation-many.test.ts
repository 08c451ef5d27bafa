import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

const PAGES = 10_000;

/** A 1x1 BMP whose colour is its number, so that no two files are alike. */
function tinyBmp(number: number): Buffer {
  const bmp = Buffer.alloc(58);
  bmp.write('BM');
  bmp.writeUInt32LE(58, 2);
  bmp.writeUInt32LE(54, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(1, 18);
  bmp.writeInt32LE(1, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(24, 28);
  bmp.writeUIntLE(number, 54, 3);
  return bmp;
}

describe.skipIf(!chromiumPath)('a queue of 10,000 pages', () => {
  let workstation: WorkstationUnderTest;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-many-'));
    for (let i = 0; i < PAGES; i++) {
      writeFileSync(join(folder, `page-${String(i).padStart(5, '0')}.bmp`), tinyBmp(i));
    }
    workstation = await openWorkstationInBrowser({ scans: null });
    await workstation.page.evaluate(async (path) => {
      const post = (url: string, body: unknown) =>
        fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      await post('/api/jobs/pause', {});
      await post('/api/folders', { path, watch: false });
    }, folder);
  });
  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('arrives, keeps few rows in the document, and scrolls without a stall', async () => {
    const { page } = workstation;
    await expect.poll(() => page.locator('.panel-title + .faint').textContent()).toBe('10,000');
    const list = page.getByRole('listbox', { name: 'Pages' });
    const frames = (scrollBy: number) =>
      list.evaluate(async (element, pixels) => {
        const milliseconds: number[] = [];
        for (let i = 0; i < 60; i++) {
          const began = performance.now();
          element.scrollTop += pixels;
          await new Promise(requestAnimationFrame);
          milliseconds.push(performance.now() - began);
        }
        return milliseconds.sort((a, b) => a - b)[54]!;
      }, scrollBy);
    // Measured against frames in which nothing happens, so that a busy machine counts on both sides.
    const still = await frames(0);
    expect(await frames(9000)).toBeLessThan(200 + 4 * still);
    expect(await list.getByRole('option').count()).toBeLessThan(60);
    await list.press('End');
    await list.getByText('page-09999.bmp').waitFor();
    await list.press('Home');
    await list.getByText('page-00000.bmp').waitFor();
  });
});
