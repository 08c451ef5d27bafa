import { encode } from 'fast-png';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { arbitraryMasked, drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { LABEL_PALETTE } from './label-palette.ts';
import { maskOfPicture, readBitMask, readMaskPng } from './read-mask-png.ts';
import { writeGrayLabelPng, writeLabelPng, writeMaskPng } from './write-mask-png.ts';

test('a mask comes back from its PNG, here and in another reader', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryMasked, async ({ size, mask }) => {
      const png = writeMaskPng(mask, size);
      const picture = readMaskPng(png);
      expect([picture.width, picture.height]).toEqual([size.width, size.height]);
      expect(drawnMask(maskOfPicture(picture), size)).toBe(drawnMask(mask, size));
      expect(readBitMask(png)).toEqual(maskOfPicture(picture));
      const { data, info } = await sharp(png)
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const other = Array.from({ length: size.height }, (_, y) =>
        Array.from({ length: size.width }, (_, x) =>
          data[(y * size.width + x) * info.channels]! > 127 ? '#' : '.',
        ),
      );
      expect(other.map((row) => row.join('')).join('\n')).toBe(drawnMask(mask, size));
      expect(writeMaskPng(mask, size)).toEqual(png);
    }),
    { numRuns: 40 },
  );
});

test('label maps keep their numbers; the palette colours them for other programs', async () => {
  const labels = Uint8Array.from([0, 1, 2, 13, 12, 7]);
  const size = { width: 3, height: 2 };
  expect([...readMaskPng(writeLabelPng(labels, size)).values]).toEqual([...labels]);
  expect([...readMaskPng(writeGrayLabelPng(labels, size)).values]).toEqual([...labels]);
  const { data } = await sharp(writeLabelPng(labels, size)).raw().toBuffer({ resolveWithObject: true });
  labels.forEach((label, i) =>
    expect([...data.subarray(3 * i, 3 * i + 3)]).toEqual([...LABEL_PALETTE[label]!]),
  );
});

test('masks of other programs: 16-bit planes, colours, transparency', () => {
  const planes = encode({ width: 2, height: 1, data: Uint16Array.from([5, 2]), depth: 16, channels: 1 });
  const picture = readMaskPng(planes);
  expect(drawnMask(maskOfPicture(picture, 0), picture)).toBe('#.');
  expect(drawnMask(maskOfPicture(picture, 1), picture)).toBe('.#');
  const rgba = encode({
    width: 2,
    height: 1,
    data: Uint8Array.from([0, 9, 0, 255, 9, 9, 9, 0]),
    depth: 8,
    channels: 4,
  });
  expect([...readMaskPng(rgba).values]).toEqual([9, 0]);
  expect(readBitMask(rgba)).toEqual({ x0: 0, y0: 0, width: 1, height: 1, data: Uint8Array.of(1) });
});

test('what is no PNG is refused, never a crash', () => {
  const png = writeMaskPng(
    { x0: 0, y0: 0, width: 2, height: 2, data: Uint8Array.from([1, 0, 0, 1]) },
    { width: 20, height: 9 },
  );
  fc.assert(
    fc.property(fc.nat(png.length - 1), fc.nat(255), fc.nat(png.length), (at, value, end) => {
      const damaged = png.slice(0, Math.max(end, at + 1));
      damaged[at] = value;
      try {
        readMaskPng(damaged);
      } catch (error) {
        expect(error).toMatchObject({ name: 'AppError' });
      }
    }),
    { numRuns: 300 },
  );
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 4_000_000);
  new DataView(huge.buffer).setUint32(20, 4_000_000);
  expect(() => readMaskPng(huge)).toThrow(/at most/);
});
