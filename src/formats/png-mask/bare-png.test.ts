import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { barePng } from './bare-png.ts';

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
