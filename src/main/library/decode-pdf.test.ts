import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { jpegPdf, lockedPdf } from '../../../tests/fixtures/tiny-pdf.ts';
import type { Raster } from '../../core/image/raster.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import { countPdfPages, decodePdfPage } from './decode-pdf.ts';
import { decodeWithSharp } from './decode-with-sharp.ts';
import { turnRaster } from '../../core/page/turn-raster.ts';

const WIDTH = 320;
const HEIGHT = 160;
let jpeg: { bytes: Uint8Array; width: number; height: number };
let scan: Raster;

/** A picture without symmetry: dark at the left, coloured at the top. */
beforeAll(async () => {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++)
      data.set([(255 * x) / WIDTH, (255 * y) / HEIGHT, 90], (y * WIDTH + x) * 3);
  }
  const bytes = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
  jpeg = { bytes, width: WIDTH, height: HEIGHT };
  scan = await decodeWithSharp(bytes, 'scan', 'jpeg', 0, DEFAULT_DECODE_LIMITS);
});

type PageSketch = Parameters<typeof jpegPdf>[1][number];

const decode = (page: PageSketch): Promise<Raster> =>
  decodePdfPage(jpegPdf(jpeg, [page]), 'a.pdf', 0, DEFAULT_DECODE_LIMITS);

test('a page that is one scan yields its pixels untouched', async () => {
  const raster = await decode({ box: [160, 80], content: 'q 160 0 0 80 0 0 cm /I Do Q' });
  expect(raster).toEqual(scan);
});

test.each([
  ['the page is turned', { box: [160, 80], content: 'q 160 0 0 80 0 0 cm /I Do Q', rotate: 90 }, 1],
  ['the image is turned', { box: [80, 160], content: 'q 0 -160 80 0 0 160 cm /I Do Q' }, 1],
  ['both cancel', { box: [80, 160], content: 'q 0 160 -80 0 80 0 cm /I Do Q', rotate: 90 }, 0],
  ['upside down', { box: [160, 80], content: 'q -160 0 0 -80 160 80 cm /I Do Q' }, 2],
] as const)('its scan is upright as on the page: %s', async (_name, page, turns) => {
  expect(await decode(page)).toEqual(turnRaster(scan, turns));
});

test('a mirrored scan is drawn, not taken as it is', async () => {
  const raster = await decode({ box: [160, 80], content: 'q -160 0 0 80 160 0 cm /I Do Q' });
  // 160 pt at 300 dpi.
  expect(raster).toMatchObject({ width: 666, height: 333 });
});

test('anything beside the scan makes the page be drawn', async () => {
  const raster = await decode({ box: [160, 80], content: 'q 160 0 0 80 0 0 cm /I Do Q 0 0 m 160 80 l S' });
  expect(raster).toMatchObject({ width: 666, height: 333, channels: 3 });
});

test('a vector page is drawn at 300 dpi, in gray when it has no colour', async () => {
  const raster = await decode({ box: [144, 72], content: '2 w 0 36 m 144 36 l S' });
  expect(raster).toMatchObject({ width: 600, height: 300, channels: 1 });
  expect(raster.data[150 * 600 + 300]).toBe(0);
  expect(raster.data[10 * 600 + 300]).toBe(255);
});

test('a finer image raises the resolution of a drawn page', async () => {
  const raster = await decode({ box: [144, 72], content: 'q 36 0 0 18 10 10 cm /I Do Q 0 0 m 9 9 l S' });
  // 320 px over half an inch.
  expect(raster).toMatchObject({ width: 1280, height: 640 });
});

test('every page can be asked for, and no other', async () => {
  const bytes = jpegPdf(jpeg, [
    { box: [72, 72], content: '' },
    { box: [144, 72], content: '' },
  ]);
  expect(await countPdfPages(bytes, 'a.pdf')).toBe(2);
  expect(await decodePdfPage(bytes, 'a.pdf', 1, DEFAULT_DECODE_LIMITS)).toMatchObject({ width: 600 });
  await expect(decodePdfPage(bytes, 'a.pdf', 2, DEFAULT_DECODE_LIMITS)).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('passwords, damage and enormous pages are refused with a code', async () => {
  const read = (bytes: Uint8Array) => decodePdfPage(bytes, 'a.pdf', 0, DEFAULT_DECODE_LIMITS);
  await expect(read(lockedPdf())).rejects.toMatchObject({ code: 'locked' });
  await expect(read(lockedPdf().subarray(0, 60))).rejects.toMatchObject({ code: 'corrupt' });
  const huge = jpegPdf(jpeg, [{ box: [14_400, 14_400], content: '' }]);
  await expect(read(huge)).rejects.toMatchObject({ code: 'too-large' });
  const lying = jpegPdf({ ...jpeg, width: 31_000 }, [
    { box: [72, 72], content: 'q 72 0 0 72 0 0 cm /I Do Q' },
  ]);
  await expect(read(lying)).rejects.toMatchObject({ code: 'too-large' });
});
