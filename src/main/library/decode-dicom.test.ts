import sharp from 'sharp';
import { expect, test } from 'vitest';
import { dicomImage, encapsulated, tinyDicom } from '../../../tests/fixtures/tiny-dicom.ts';
import type { DicomElement } from '../../../tests/fixtures/tiny-dicom.ts';
import { countDicomFrames, decodeDicom } from './decode-dicom.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const words = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
const pixels = (bytes: Uint8Array): DicomElement => [0x7fe0, 0x0010, 'OW', bytes];
const decode = (file: Uint8Array, frame = 0) => decodeDicom(file, 'a.dcm', frame, DEFAULT_DECODE_LIMITS);

test('8-bit monochrome, frame by frame', async () => {
  const file = tinyDicom(EXPLICIT, [
    ...dicomImage({ width: 2, height: 2, frames: 2 }),
    pixels(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
  ]);
  expect(countDicomFrames(file, 'a.dcm')).toBe(2);
  expect(await decode(file, 1)).toEqual({
    width: 2,
    height: 2,
    channels: 1,
    data: Uint8Array.of(5, 6, 7, 8),
  });
  await expect(decode(file, 2)).rejects.toMatchObject({ code: 'not-found' });
});

test('MONOCHROME1 is turned to dark on light', async () => {
  const image = dicomImage({ width: 2, height: 1, kind: 'MONOCHROME1' });
  const raster = await decode(tinyDicom(EXPLICIT, [...image, pixels(Uint8Array.of(0, 200))]));
  expect([...raster.data]).toEqual([255, 55]);
});

test('16 bits are scaled by the window, or by their range', async () => {
  const samples = words(100, 600, 1100);
  const bare = dicomImage({ width: 3, height: 1, bits: 16 });
  expect([...(await decode(tinyDicom(EXPLICIT, [...bare, pixels(samples)]))).data]).toEqual([0, 128, 255]);
  const windowed = dicomImage({ width: 3, height: 1, bits: 16, window: [600, 500] });
  expect([...(await decode(tinyDicom(EXPLICIT, [...windowed, pixels(samples)]))).data]).toEqual([
    0, 128, 255,
  ]);
  const narrow = dicomImage({ width: 3, height: 1, bits: 16, window: [1100, 1000] });
  expect([...(await decode(tinyDicom(EXPLICIT, [...narrow, pixels(samples)]))).data]).toEqual([0, 0, 128]);
});

test('RGB', async () => {
  const image = dicomImage({ width: 1, height: 2, kind: 'RGB', samples: 3 });
  const raster = await decode(tinyDicom(EXPLICIT, [...image, pixels(Uint8Array.of(1, 2, 3, 4, 5, 6))]));
  expect(raster).toMatchObject({ channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
});

test('palette colour with 16-bit tables', async () => {
  const descriptor = words(2, 0, 16);
  const file = tinyDicom(EXPLICIT, [
    ...dicomImage({ width: 2, height: 1, kind: 'PALETTE COLOR' }),
    [0x0028, 0x1101, 'US', descriptor],
    [0x0028, 0x1102, 'US', descriptor],
    [0x0028, 0x1103, 'US', descriptor],
    [0x0028, 0x1201, 'OW', words(0x0a00, 0xff00)],
    [0x0028, 0x1202, 'OW', words(0x1400, 0x8000)],
    [0x0028, 0x1203, 'OW', words(0x1e00, 0x0000)],
    pixels(Uint8Array.of(1, 0)),
  ]);
  expect(await decode(file)).toMatchObject({ channels: 3, data: Uint8Array.of(255, 128, 0, 10, 20, 30) });
});

test('baseline JPEG', async () => {
  const jpeg = await sharp(Buffer.alloc(64, 77), { raw: { width: 8, height: 8, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 95 })
    .toBuffer();
  const file = tinyDicom('1.2.840.10008.1.2.4.50', dicomImage({ width: 8, height: 8 }), encapsulated([jpeg]));
  const raster = await decode(file);
  expect(raster).toMatchObject({ width: 8, height: 8, channels: 1 });
  expect(Math.abs(raster.data[20]! - 77)).toBeLessThan(3);
});

test('other transfer syntaxes are named, waveforms and damage told apart', async () => {
  const jpeg2000 = tinyDicom(
    '1.2.840.10008.1.2.4.90',
    dicomImage({ width: 8, height: 8 }),
    encapsulated([Buffer.alloc(4)]),
  );
  await expect(decode(jpeg2000)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('JPEG 2000 lossless, 1.2.840.10008.1.2.4.90') as string,
  });
  const short = tinyDicom(EXPLICIT, [...dicomImage({ width: 4, height: 4 }), pixels(new Uint8Array(8))]);
  await expect(decode(short)).rejects.toMatchObject({ code: 'corrupt' });
  const nothing = tinyDicom(EXPLICIT, dicomImage({ width: 4, height: 4 }));
  await expect(decode(nothing)).rejects.toMatchObject({ code: 'unsupported' });
  const huge = tinyDicom(EXPLICIT, [
    ...dicomImage({ width: 60_000, height: 60_000 }),
    pixels(new Uint8Array(2)),
  ]);
  await expect(decode(huge)).rejects.toMatchObject({ code: 'too-large' });
});
