import type { Page } from 'playwright-core';
import { fitViewport } from '../../src/renderer/src/canvas/viewport.ts';
import { decodeTraces } from '../../src/shared/api/trace-bytes.ts';
import type { BenchRow } from './bench-row.ts';
import { quantile, stopFrames, traceFrames } from './trace-frames.ts';

const DRAW_SECONDS = 3;

/** Tools with gestures of their own, each led about for a while from the trace of V2; nothing of it is kept. */
export async function measureDrawing(page: Page, name: string): Promise<readonly BenchRow[]> {
  await page.keyboard.press('Control+0');
  const [x, y] = await pointOnTrace(page, name);
  const rows: BenchRow[] = [];
  for (const [key, tool] of [
    ['w', 'wand'],
    ['k', 'thick line'],
    ['r', 'lasso'],
  ] as const) {
    await page.keyboard.press(key);
    await page.locator('.edit[data-phase=open]').waitFor({ timeout: 60_000 });
    await page.keyboard.press('8');
    // What is in the mask already is there to be taken off: a whole lead comes and goes with the tolerance.
    if (tool === 'wand') await page.keyboard.press('x');
    await page.waitForTimeout(1500);
    await page.mouse.move(x, y);
    await page.mouse.down();
    if (tool === 'thick line') await page.mouse.up();
    await page.waitForTimeout(500);
    const { script, frames } = await traceFrames(page, async () => {
      const end = Date.now() + 1000 * DRAW_SECONDS;
      for (let i = 0; Date.now() < end; i++) {
        await page.mouse.move(x + 120 * Math.sin(i / 23), y + 90 * Math.sin(i / 31));
        await page.waitForTimeout(6);
      }
      await stopFrames(page);
    });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    if (tool === 'wand') await page.keyboard.press('x');
    for (const [what, times, atMost] of [
      ['script per frame', script, 4],
      ['frame', frames, 17],
    ] as const) {
      const value = quantile(times, 0.95);
      rows.push({ name: `${tool}: ${what} (p95)`, value, unit: 'ms', goal: { atMost } });
    }
  }
  return rows;
}

/** Where the middle of V2 is on the screen while its page is fitted. */
async function pointOnTrace(page: Page, name: string): Promise<[number, number]> {
  const { bytes, width, height } = await page.evaluate(async (search) => {
    const query = new URLSearchParams({ search });
    const { ids } = (await (await fetch(`/api/page-ids?${query}`)).json()) as { ids: number[] };
    const facts = (await (await fetch(`/api/pages/${ids[0]}`)).json()) as { width: number; height: number };
    const traces = await (await fetch(`/api/pages/${ids[0]}/traces`)).arrayBuffer();
    return { ...facts, bytes: [...new Uint8Array(traces)] };
  }, name);
  const trace = decodeTraces(Uint8Array.from(bytes)).find(({ lead }) => lead === 'V2')!;
  const at = Math.round(trace.xs.length / 2);
  const box = (await page.locator('.surface').boundingBox())!;
  const view = fitViewport(box, { width, height });
  return [box.x + view.x + trace.xs[at]! * view.scale, box.y + view.y + trace.ys[at]! * view.scale];
}
