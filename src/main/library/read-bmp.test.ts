import { expect, test } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import { readBmp } from './read-bmp.ts';

interface Sketch {
  width: number;
  height: number;
  bits: number;
  compression?: number;
  palette?: number[];
  masks?: number[];
  pixels: number[];
}

/** A BITMAPINFOHEADER file. */
function bmp({ width, height, bits, compression = 0, palette = [], masks = [], pixels }: Sketch): Uint8Array {
  const extra = 4 * masks.length + palette.length;
  const bytes = Buffer.alloc(54 + extra + pixels.length);
  bytes.write('BM');
  bytes.writeUInt32LE(54 + extra, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(bits, 28);
  bytes.writeUInt32LE(compression, 30);
  bytes.writeUInt32LE(palette.length / 4, 46);
  masks.forEach((mask, i) => bytes.writeUInt32LE(mask, 54 + 4 * i));
  bytes.set(palette, 54 + 4 * masks.length);
  bytes.set(pixels, 54 + extra);
  return bytes;
}

const read = (sketch: Sketch) => readBmp(bmp(sketch), 'a.bmp', DEFAULT_DECODE_LIMITS);
const BLACK_WHITE = [0, 0, 0, 0, 255, 255, 255, 0];

test('24 bits, bottom row first, rows padded to four bytes', () => {
  const raster = read({ width: 1, height: 2, bits: 24, pixels: [1, 2, 3, 0, 4, 5, 6, 0] });
  expect(raster).toEqual({ width: 1, height: 2, channels: 3, data: new Uint8Array([6, 5, 4, 3, 2, 1]) });
});

test('a negative height means top row first', () => {
  const raster = read({ width: 1, height: -2, bits: 24, pixels: [1, 2, 3, 0, 4, 5, 6, 0] });
  expect([...raster.data]).toEqual([3, 2, 1, 6, 5, 4]);
});

test('1 bit with a black and white palette is gray', () => {
  const raster = read({ width: 3, height: 1, bits: 1, palette: BLACK_WHITE, pixels: [0b10100000, 0, 0, 0] });
  expect(raster).toMatchObject({ channels: 1, data: new Uint8Array([255, 0, 255]) });
});

test('4 bits with a colour palette', () => {
  const palette = [9, 8, 7, 0, 3, 2, 1, 0];
  const raster = read({ width: 3, height: 1, bits: 4, palette, pixels: [0x01, 0x10, 0, 0] });
  expect([...raster.data]).toEqual([7, 8, 9, 1, 2, 3, 1, 2, 3]);
});

test('16 bits are 5-5-5, or what the masks say', () => {
  const fiveFiveFive = read({ width: 2, height: 1, bits: 16, pixels: [0x00, 0x7c, 0x1f, 0x00] });
  expect([...fiveFiveFive.data]).toEqual([255, 0, 0, 0, 0, 255]);
  const masks = [0xf800, 0x07e0, 0x001f];
  const fiveSixFive = read({
    width: 2,
    height: 1,
    bits: 16,
    compression: 3,
    masks,
    pixels: [0xe0, 0x07, 0, 0xf8],
  });
  expect([...fiveSixFive.data]).toEqual([0, 255, 0, 255, 0, 0]);
});

test('32 bits ignore the fourth byte', () => {
  expect([...read({ width: 1, height: 1, bits: 32, pixels: [1, 2, 3, 0] }).data]).toEqual([3, 2, 1]);
});

test('RLE8: runs, literal stretches, row ends', () => {
  const pixels = [3, 1, 0, 0, 0, 3, 1, 0, 1, 0, 0, 1];
  const raster = read({ width: 3, height: 2, bits: 8, compression: 1, palette: BLACK_WHITE, pixels });
  expect([...raster.data]).toEqual([255, 0, 255, 255, 255, 255]);
});

test('RLE4 alternates two indices', () => {
  const raster = read({
    width: 4,
    height: 1,
    bits: 4,
    compression: 2,
    palette: BLACK_WHITE,
    pixels: [4, 0x10, 0, 1],
  });
  expect([...raster.data]).toEqual([255, 0, 255, 0]);
});

test('cut short, absurd and exotic bitmaps are refused with a code', () => {
  const whole = bmp({ width: 4, height: 4, bits: 24, pixels: Array(48).fill(0) });
  const read = (bytes: Uint8Array) => () => readBmp(bytes, 'a.bmp', DEFAULT_DECODE_LIMITS);
  expect(read(whole.subarray(0, 80))).toThrow(expect.objectContaining({ code: 'corrupt' }));
  expect(read(whole.subarray(0, 20))).toThrow(expect.objectContaining({ code: 'corrupt' }));
  expect(read(bmp({ width: 40_000, height: 40_000, bits: 1, palette: BLACK_WHITE, pixels: [] }))).toThrow(
    expect.objectContaining({
      code: 'too-large',
      message: expect.stringContaining('40000 x 40000') as string,
    }),
  );
  expect(read(bmp({ width: 0, height: 4, bits: 24, pixels: [] }))).toThrow(
    expect.objectContaining({ code: 'corrupt' }),
  );
  expect(read(bmp({ width: 4, height: 4, bits: 0, compression: 4, pixels: [] }))).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
});
