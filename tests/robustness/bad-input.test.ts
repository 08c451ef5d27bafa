import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { decodePage, openScan } from '../../src/main/library/decode-page.ts';
import { dicomImage, encapsulated, tinyDicom } from '../fixtures/tiny-dicom.ts';
import { jpegPdf, lockedPdf } from '../fixtures/tiny-pdf.ts';
import { tempDir } from '../fixtures/temp-dir.ts';

/** A PNG that states a size and holds `rows` of it, well compressed. */
function statedPng(width: number, height: number, rows: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length, 0);
    frame.writeUInt32BE(crc32(typed), 4);
    return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const stride = width + 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(stride * rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

let jpeg: Buffer;
let png: Buffer;
beforeAll(async () => {
  const noise = Buffer.from(Array.from({ length: 400 * 300 * 3 }, (_, i) => (i * 7919) % 251));
  const picture = sharp(noise, { raw: { width: 400, height: 300, channels: 3 } });
  jpeg = await picture.clone().jpeg({ quality: 90 }).toBuffer();
  png = await picture.clone().png().toBuffer();
});

function scan(name: string, bytes: Uint8Array): string {
  const path = join(tempDir(), name);
  writeFileSync(path, bytes);
  return path;
}

const refusal = (code: string, ...words: string[]): unknown =>
  expect.objectContaining({
    name: 'AppError',
    code,
    message: expect.stringMatching(new RegExp(words.join('.*'), 's')) as string,
  });

describe('files that cannot be read are refused by code, naming the file and the way out', () => {
  const cut = (bytes: Uint8Array, share: number): Uint8Array =>
    bytes.subarray(0, Math.round(bytes.length * share));

  test.each<[string, string, () => Uint8Array | Promise<Uint8Array>, string[]]>([
    ['zero bytes', 'empty.png', () => new Uint8Array(0), ['empty.png', '0 bytes', 'again']],
    ['a JPEG cut in half', 'half.jpg', () => cut(jpeg, 0.5), ['half.jpg', 'cut short', 'again']],
    ['a JPEG without its end', 'almost.jpg', () => cut(jpeg, 0.97), ['almost.jpg', 'cut short']],
    ['a JPEG of its first bytes', 'head.jpg', () => cut(jpeg, 0.001), ['head.jpg', 'cut short']],
    ['a PNG cut in half', 'half.png', () => cut(png, 0.5), ['half.png', 'cut short']],
    ['a TIFF cut short', 'half.tif', async () => cut(await sharp(png).tiff().toBuffer(), 0.5), ['half.tif']],
    [
      'a WebP cut short',
      'half.webp',
      async () => cut(await sharp(png).webp().toBuffer(), 0.5),
      ['half.webp'],
    ],
    ['a GIF cut short', 'half.gif', async () => cut(await sharp(png).gif().toBuffer(), 0.5), ['half.gif']],
    [
      'an AVIF cut short',
      'half.avif',
      async () => cut(await sharp(png).avif().toBuffer(), 0.5),
      ['half.avif'],
    ],
    ['a PDF cut short', 'half.pdf', () => cut(lockedPdf(), 0.1), ['half.pdf', 'PDF']],
    [
      'a DICOM file cut short',
      'half.dcm',
      () => Buffer.concat([Buffer.alloc(128), Buffer.from('DICM\x02')]),
      ['half.dcm'],
    ],
    [
      'a bitmap cut short',
      'half.bmp',
      () => Buffer.from('BM' + '\0'.repeat(12) + '(\0\0\0', 'latin1'),
      ['half.bmp'],
    ],
  ])('corrupt: %s', async (_what, name, bytes, words) => {
    const path = scan(name, await bytes());
    await expect(decodePage(path, 0)).rejects.toEqual(refusal('corrupt', ...words));
  });

  test.each<[string, string, () => Uint8Array]>([
    ['text called PNG', 'letter.png', () => Buffer.from('Dear doctor,')],
    ['a program', 'tool.jpg', () => Buffer.from('\x7fELF\x02\x01', 'latin1')],
    ['HEIC', 'phone.heic', () => Buffer.from('\0\0\0\x14ftypheic\0\0\0\0mif1', 'latin1')],
  ])('unsupported: %s', async (_what, name, bytes) => {
    const path = scan(name, bytes());
    await expect(openScan(path)).rejects.toEqual(refusal('unsupported', name, 'PNG, JPEG, TIFF'));
  });

  test('unsupported: a DICOM transfer syntax that is not read, by name', async () => {
    const lossless = '1.2.840.10008.1.2.4.70';
    const file = tinyDicom(lossless, dicomImage({ width: 8, height: 8 }), encapsulated([Buffer.alloc(4)]));
    await expect(decodePage(scan('a.dcm', file), 0)).rejects.toEqual(
      refusal('unsupported', 'a.dcm', lossless, 'PNG'),
    );
  });

  test('locked: a PDF with a password', async () => {
    const path = scan('secret.pdf', lockedPdf());
    await expect(openScan(path)).rejects.toEqual(refusal('locked', 'secret.pdf', 'password'));
    await expect(decodePage(path, 0)).rejects.toEqual(refusal('locked', 'secret.pdf', 'password'));
  });

  test('unreadable: folders, links in a circle; not-found: what is gone, names beyond the system', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'folder.png'));
    symlinkSync('loop.png', join(dir, 'loop.png'));
    await expect(decodePage(join(dir, 'folder.png'), 0)).rejects.toEqual(refusal('unreadable', 'folder'));
    await expect(decodePage(join(dir, 'loop.png'), 0)).rejects.toEqual(refusal('unreadable', 'link'));
    await expect(decodePage(join(dir, 'gone.png'), 0)).rejects.toEqual(refusal('not-found', 'gone.png'));
    await expect(decodePage(join(dir, `${'x'.repeat(300)}.png`), 0)).rejects.toEqual(
      refusal('unreadable', 'longer'),
    );
  });

  test.skipIf(process.getuid?.() === 0)('unreadable: no permission', async () => {
    const path = scan('private.png', png);
    chmodSync(path, 0o000);
    await expect(decodePage(path, 0)).rejects.toEqual(refusal('unreadable', 'private.png', 'permission'));
  });
});

describe('images beyond the limits are refused before they are decoded', () => {
  test.each([
    ['a decompression bomb', () => statedPng(29_000, 29_000, 40)],
    ['more than 30,000 pixels a side', () => statedPng(30_001, 10, 10)],
    ['a bitmap of 4 gigapixels', () => hugeBitmap()],
    [
      'a DICOM image of 3.6 gigapixels',
      () =>
        tinyDicom('1.2.840.10008.1.2.1', [
          ...dicomImage({ width: 60_000, height: 60_000 }),
          [0x7fe0, 0x0010, 'OW', new Uint8Array(2)],
        ]),
    ],
    [
      'a PDF page that embeds one',
      () =>
        jpegPdf({ bytes: jpeg, width: 40_000, height: 40_000 }, [
          { box: [72, 72], content: 'q 72 0 0 72 0 0 cm /I Do Q' },
        ]),
    ],
  ])('too-large: %s', async (_what, bytes) => {
    const path = scan('bomb', bytes());
    const before = process.memoryUsage().rss;
    const started = performance.now();
    await expect(decodePage(path, 0)).rejects.toEqual(
      refusal('too-large', 'bomb', '30000', '120', 'lower resolution'),
    );
    // Decoding it would take minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  test('exactly 30,000 pixels a side are decoded', async () => {
    const raster = await decodePage(scan('long.png', statedPng(30_000, 4, 4)), 0);
    expect(raster).toMatchObject({ width: 30_000, height: 4, channels: 1 });
  });
});

function hugeBitmap(): Buffer {
  const bytes = Buffer.alloc(54);
  bytes.write('BM');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(65_000, 18);
  bytes.writeInt32LE(65_000, 22);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

describe('odd names and extensions do not matter', () => {
  test.each([
    'ärzte · 心電図 · קרדיו.png',
    `${'long '.repeat(49)}.png`,
    'quote\'s "and" %20 #1?.png',
    'wrong-extension.pdf',
    'no extension',
  ])('%s', async (name) => {
    const path = scan(name, png);
    expect(await openScan(path)).toEqual({ format: 'png', pageCount: 1 });
    expect(await decodePage(path, 0)).toMatchObject({ width: 400, height: 300 });
  });
});

describe('pictures that are no ECG end as failed pages with a reason, never with an exception', () => {
  const cases: [string, () => Buffer, number, number][] = [
    ['1 x 1', () => Buffer.alloc(1), 1, 1],
    ['a line of 30,000 pixels', () => Buffer.alloc(30_000, 200), 30_000, 1],
    ['a blank page', () => Buffer.alloc(400 * 300, 252), 400, 300],
    ['a black page', () => Buffer.alloc(400 * 300), 400, 300],
    [
      'a shaded wall',
      () => Buffer.from(Array.from({ length: 400 * 300 }, (_, i) => (i % 400) / 2)),
      400,
      300,
    ],
  ];
  test.each(cases)('%s', async (_what, pixels, width, height) => {
    const page = await digitizePage({ data: new Uint8Array(pixels()), width, height, channels: 1 });
    expect(page.status).toBe('failed');
    expect(page.reasons.some(({ severity, message }) => severity === 'error' && message.length > 10)).toBe(
      true,
    );
    expect(page).toMatchObject({ imageWidth: width, imageHeight: height, signals: [] });
  });
});
