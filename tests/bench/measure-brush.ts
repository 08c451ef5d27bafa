import type { Page } from 'playwright-core';
import { quantile, stopFrames, traceFrames } from './trace-frames.ts';

const PAINT_SECONDS = 10;

/** Paints on the page that is open for ten seconds. @returns 95th percentiles of script per frame and of frames, milliseconds */
export async function measureBrush(page: Page): Promise<{ scriptMs: number; frameMs: number }> {
  await takeTool(page, 'b');
  const box = (await page.locator('.surface').boundingBox())!;
  const x = box.x + 0.5 * box.width;
  const y = box.y + 0.45 * box.height;
  await page.mouse.move(x, y);
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -200);
  await page.waitForTimeout(800);
  await page.mouse.down();
  const { script, frames } = await traceFrames(page, async () => {
    const end = Date.now() + 1000 * PAINT_SECONDS;
    for (let i = 0; Date.now() < end; i++) {
      await page.mouse.move(x + 220 * Math.sin(i / 23), y + 90 * Math.sin(i / 7));
      await page.waitForTimeout(6);
    }
    await stopFrames(page);
  });
  await page.mouse.up();
  await page.waitForTimeout(2000);
  return { scriptMs: quantile(script, 0.95), frameMs: quantile(frames, 0.95) };
}

/** Takes a tool and waits until the page is open for it. */
export async function takeTool(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.edit[data-phase=open]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(800);
}

/** Opens a page by its name and waits until it is drawn. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('.queue .name', { hasText: name }).first().click();
  await page.locator('.page-head .name', { hasText: name }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.inspector .leads li').length > 0);
  await page.waitForTimeout(1500);
}
