import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { decodePage, openScan } from './decode-page.ts';

/** 60 x 40: left half red, right half blue; 8 bits. */
const picture = (): Sharp => {
  const data = Buffer.alloc(60 * 40 * 3);
  for (let i = 0; i < 60 * 40; i++) data[3 * i + (i % 60 < 30 ? 0 : 2)] = 255;
  return sharp(data, { raw: { width: 60, height: 40, channels: 3 } });
};

async function file(name: string, bytes: Uint8Array | Promise<Buffer>): Promise<string> {
  const path = join(tempDir(), name);
  writeFileSync(path, await bytes);
  return path;
}

const pixel = (
  { data, width, channels }: Awaited<ReturnType<typeof decodePage>>,
  x: number,
  y: number,
): number[] => [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)];

const near = (actual: number[], expected: number[]): boolean =>
  actual.length === expected.length && actual.every((v, i) => Math.abs(v - expected[i]!) < 30);

test.each([
  ['png', () => picture().png()],
  ['jpeg', () => picture().jpeg({ quality: 95, chromaSubsampling: '4:4:4' })],
  ['tiff', () => picture().tiff({ compression: 'lzw' })],
  ['webp', () => picture().webp({ lossless: true })],
  ['gif', () => picture().gif()],
  ['avif', () => picture().avif({ lossless: true })],
])('%s', async (format, encode) => {
  const path = await file(`scan.${format}`, encode().toBuffer());
  expect(await openScan(path)).toEqual({ format, pageCount: 1 });
  const raster = await decodePage(path, 0);
  expect(raster).toMatchObject({ width: 60, height: 40, channels: 3 });
  expect(pixel(raster, 10, 20)).toSatisfy((p: number[]) => near(p, [255, 0, 0]));
  expect(pixel(raster, 50, 20)).toSatisfy((p: number[]) => near(p, [0, 0, 255]));
});

test('the content counts, not the extension', async () => {
  const path = await file('really-a.png.jpg', picture().png().toBuffer());
  expect(await openScan(path)).toEqual({ format: 'png', pageCount: 1 });
});

test('EXIF orientation is applied', async () => {
  const path = await file('phone.jpg', picture().withMetadata({ orientation: 6 }).jpeg().toBuffer());
  const raster = await decodePage(path, 0);
  expect(raster).toMatchObject({ width: 40, height: 60 });
  expect(pixel(raster, 20, 10)).toSatisfy((p: number[]) => near(p, [255, 0, 0]));
});

test('transparent parts become white paper', async () => {
  const clear = { create: { width: 4, height: 4, channels: 4, background: '#00000000' } } as const;
  const raster = await decodePage(await file('clear.png', sharp(clear).png().toBuffer()), 0);
  expect(raster).toMatchObject({ channels: 3 });
  expect(pixel(raster, 1, 1)).toEqual([255, 255, 255]);
});

test('CMYK becomes RGB', async () => {
  const path = await file('print.jpg', picture().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer());
  expect((await sharp(path).metadata()).space).toBe('cmyk');
  const [red, , blue] = pixel(await decodePage(path, 0), 10, 20);
  expect(red! - blue!).toBeGreaterThan(100);
});

test('16-bit gray is scaled, not cut, to 8 bits', async () => {
  const values = new Uint16Array(16).map((_, i) => i * 4369);
  const bytes = await sharp(values, { raw: { width: 16, height: 1, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
  expect((await sharp(bytes).metadata()).depth).toBe('ushort');
  const raster = await decodePage(await file('deep.png', bytes), 0);
  expect(raster).toMatchObject({ channels: 1 });
  expect([...raster.data]).toEqual(Array.from({ length: 16 }, (_, i) => i * 17));
});

test('1-bit TIFF stays one channel', async () => {
  const bytes = picture()
    .threshold(100)
    .toColourspace('b-w')
    .tiff({ bitdepth: 1, compression: 'ccittfax4' })
    .toBuffer();
  const raster = await decodePage(await file('fax.tif', bytes), 0);
  expect(raster.channels).toBe(1);
  expect(new Set(raster.data)).toEqual(new Set([0, 255]));
});

test('every page of a TIFF', async () => {
  const pages = await Promise.all([0, 1, 2].map((i) => grayPage(10 + 100 * i)));
  const bytes = sharp(Buffer.concat(pages), { raw: { width: 8, height: 24, channels: 1, pageHeight: 8 } })
    .toColourspace('b-w')
    .tiff({ compression: 'none' })
    .toBuffer();
  const path = await file('pages.tiff', bytes);
  expect((await openScan(path)).pageCount).toBe(3);
  const levels = await Promise.all([0, 1, 2].map(async (i) => (await decodePage(path, i)).data[0]));
  expect(levels).toEqual([10, 110, 210]);
});

async function grayPage(level: number): Promise<Buffer> {
  return Buffer.alloc(64, level);
}
