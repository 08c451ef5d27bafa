import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { barePng } from './bare-png.ts';
import { exifOrientation } from './exif-orientation.ts';

const SIZE = { width: 7, height: 5, channels: 3 };
const raw = Uint8Array.from({ length: 105 }, (_, i) => (i * 13) % 256);
const picture = (): Sharp => sharp(raw, { raw: { width: 7, height: 5, channels: 3 } });

/** A chunk put behind the header; its check sum is nobody's concern here. */
function withChunk(png: Uint8Array, kind: string, text: string): Uint8Array {
  const data = new TextEncoder().encode(text);
  const chunk = new Uint8Array(12 + data.length);
  new DataView(chunk.buffer).setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(kind), 4);
  chunk.set(data, 8);
  return Uint8Array.from([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
}

test('pixels are copied as they are, and nothing else is', async () => {
  const png = await picture().png().toBuffer();
  const noted = withChunk(png, 'tEXt', 'Comment\0Jane Roe');
  const bare = barePng(Uint8Array.from([...noted, ...new TextEncoder().encode('Jane Roe')]), SIZE)!;
  expect(Buffer.from(bare).includes('Jane')).toBe(false);
  const { data } = await sharp(bare).raw().toBuffer({ resolveWithObject: true });
  expect(Uint8Array.from(data)).toEqual(raw);
});

test('what would not look the same is not copied', async () => {
  const png = await picture().png().toBuffer();
  expect(barePng(withChunk(png, 'eXIf', 'turned'), SIZE)).toBeNull();
  expect(barePng(withChunk(png, 'iCCP', 'profile'), SIZE)).toBeNull();
  expect(barePng(png, { ...SIZE, channels: 1 })).toBeNull();
  expect(barePng(png, { ...SIZE, width: 8 })).toBeNull();
  expect(barePng(png.subarray(0, png.length - 6), SIZE)).toBeNull();
  expect(barePng(await picture().jpeg().toBuffer(), SIZE)).toBeNull();
  expect(barePng(await picture().png({ palette: true }).toBuffer(), SIZE)).toBeNull();
});

test('EXIF data that do not turn the picture are left behind, others leave it to whoever decodes', async () => {
  const bare = barePng(await picture().png().toBuffer(), SIZE)!;
  const stated = await picture()
    .withExif({ IFD0: { ImageDescription: 'Jane Roe', XResolution: '200/1' } })
    .png()
    .toBuffer();
  expect(stated.includes('Jane Roe')).toBe(true);
  expect(Buffer.from(barePng(stated, SIZE)!).includes('Jane Roe')).toBe(false);
  const { data } = await sharp(barePng(stated, SIZE)!).raw().toBuffer({ resolveWithObject: true });
  expect(Buffer.compare(data, await sharp(bare).raw().toBuffer())).toBe(0);
  for (const [order, head] of [
    ['II', [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0]],
    ['MM', [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1]],
  ] as const) {
    const turned = (by: number): Uint8Array => {
      return Uint8Array.from([...head, ...(order === 'II' ? [by, 0] : [0, by]), 0, 0, 0, 0, 0, 0]);
    };
    expect([1, 6, 3].map((by) => exifOrientation(turned(by)))).toEqual([1, 6, 3]);
    expect(exifOrientation(turned(1).subarray(0, 16))).toBeNull();
  }
  expect(exifOrientation(new Uint8Array(20))).toBeNull();
});
