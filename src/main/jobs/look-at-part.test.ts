import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { decodeLook, encodeLook } from '../../core/region/page-region.ts';
import { bundledModelFile } from '../inference/model-file.ts';
import { lookAtPart } from './look-at-part.ts';

test('the model that comes with the program sees the trace of a part of a page', async () => {
  const { raster } = drawnPage();
  const page = await digitizePage(raster);
  const path = join(tempDir(), 'page.png');
  const { data, width, height, channels } = raster;
  await sharp(data, { raw: { width, height, channels } }).png().toFile(path);
  const { x0, y } = page.paths.find(({ cellId }) => cellId === 'r1c0')!;
  const from = x0 + 40;
  const rows = Array.from(y.subarray(40, 160));
  const box = {
    x0: from,
    x1: from + 120,
    y0: Math.round(Math.min(...rows)) - 12,
    y1: Math.round(Math.max(...rows)) + 12,
  };
  const model = (await bundledModelFile())!;
  const told: { done: number; total: number }[] = [];
  const scan = { path, pageIndex: 0, packed: packDigitization(page) };
  const look = await lookAtPart({ ...scan, box, model }, (news) => told.push(news));
  expect(told.at(-1)!.done).toBe(told.at(-1)!.total);
  expect(look.box).toEqual(box);
  const shareAt = (column: number, row: number): number =>
    look.trace[(Math.round(row) - box.y0) * 120 + column]! / 255;
  let on = 0;
  let off = 0;
  for (let column = 0; column < 120; column++) {
    on += shareAt(column, rows[column]!) / 120;
    off += shareAt(column, box.y1 - 2) / 120;
  }
  expect(on).toBeGreaterThan(0.6);
  expect(off).toBeLessThan(0.1);
  expect(decodeLook(encodeLook(look))).toEqual(look);
});
