import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryMasked, arbitraryPage, drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { maskWindowArea, trimMask } from '../../core/mask/mask-window.ts';
import { fromRunLengths, toRunLengths } from '../masks/run-lengths.ts';
import { readCoco } from './read-coco.ts';
import { readRleString, writeRleString } from './rle-string.ts';
import { COCO_CATEGORIES, toCocoPage, writeCoco } from './write-coco.ts';

/** The compressed text by the arithmetic of its definition: digits in base 32 of the two's complement. */
function textOf(runs: readonly number[]): string {
  return runs
    .map((run, i) => {
      const value = BigInt(i > 2 ? run - runs[i - 2]! : run);
      for (let groups = 1n; ; groups++) {
        const least = -(1n << (5n * groups - 1n));
        if (value < least || value >= -least) continue;
        const whole = BigInt.asUintN(Number(5n * groups), value)
          .toString(2)
          .padStart(Number(5n * groups), '0');
        const parts = whole.match(/.{5}/g)!.reverse();
        return parts
          .map((bits, k) => String.fromCharCode(parseInt(bits, 2) + (k < parts.length - 1 ? 32 : 0) + 48))
          .join('');
      }
    })
    .join('');
}

/** Runs by reading every pixel, column by column. */
function runsOf(pixels: string[]): number[] {
  const text = Array.from({ length: pixels[0]!.length }, (_, x) => pixels.map((row) => row[x]).join('')).join(
    '',
  );
  const runs = text.match(/\.+|#+/g)!.map((run) => run.length);
  return text.startsWith('#') ? [0, ...runs] : runs;
}

test('run lengths are those a count of every pixel gives, and come back', () => {
  fc.assert(
    fc.property(arbitraryMasked, ({ size, mask }) => {
      const runs = toRunLengths(mask, size);
      expect(runs).toEqual(runsOf(drawnMask(mask, size).split('\n')));
      expect(drawnMask(fromRunLengths(runs, size), size)).toBe(drawnMask(mask, size));
    }),
  );
});

test('compressed runs are what their definition says, and come back', () => {
  const run = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 90_000_000 }));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 30 }), (runs) => {
      const text = writeRleString(runs);
      expect(text).toBe(textOf(runs));
      expect(readRleString(text)).toEqual(runs);
    }),
  );
});

test('a mask of pycocotools is read and written alike', () => {
  // Columns: 0 0 1, 1 1 0, 1 1 0, 0 0 1; differences to the run two before are -1, 2, -1.
  const data = Uint8Array.from([0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]);
  const mask = trimMask({ x0: 0, y0: 0, width: 4, height: 3, data });
  const runs = toRunLengths(mask, { width: 4, height: 3 });
  expect(runs).toEqual([2, 3, 1, 2, 3, 1]);
  expect(writeRleString(runs)).toBe('231O2O');
});

test('what cannot be a mask is refused in words', () => {
  const size = { width: 3, height: 3 };
  expect(() => fromRunLengths([4, 4], size)).toThrow(/8 pixels where the picture has 3 x 3/);
  expect(() => fromRunLengths([10, -1], size)).toThrow(/run lengths/);
  for (const text of ['é', 'P', 'ooooooooooo0']) expect(() => readRleString(text)).toThrow(/damaged/);
});

test('a page comes back from a file, every stretch with its name, role and pixels', () => {
  fc.assert(
    fc.property(arbitraryPage, (page) => {
      const file = writeCoco([toCocoPage(page, 1, 'images/a.png')], 'test');
      const [picture] = readCoco(file);
      expect(picture).toMatchObject({ fileName: 'images/a.png', width: page.width, height: page.height });
      expect(picture!.masks.map(({ name, role }) => [name, role])).toEqual(
        page.leads.map(({ lead, role }) => [lead, role]),
      );
      picture!.masks.forEach(({ mask }, i) => {
        expect(drawnMask(mask, page)).toBe(drawnMask(page.leads[i]!.mask, page));
      });
      expect(writeCoco([toCocoPage(page, 1, 'images/a.png')], 'test')).toBe(file);
    }),
    { numRuns: 50 },
  );
});

test('areas, boxes, polygons and ids are what COCO means by them', () => {
  const mask = trimMask({ x0: 2, y0: 1, width: 3, height: 2, data: Uint8Array.from([1, 1, 0, 0, 1, 1]) });
  const lead = { cellId: 'r0c0', lead: 'aVF', role: 'lead', startSeconds: 0, endSeconds: 2.5, mask } as const;
  const polygon: [number, number][] = [
    [0, 0],
    [4, 0],
    [4, 2],
    [0, 2],
  ];
  const outlines = [{ kind: 'text', text: '25 mm/s', polygon }] as const;
  const { annotations } = toCocoPage({ width: 9, height: 6, leads: [lead], outlines }, 7, 'a.png');
  expect(annotations[0]).toMatchObject({ id: 7000, category_id: 6, bbox: [2, 1, 3, 2], area: 4, iscrowd: 0 });
  expect(maskWindowArea(mask)).toBe(4);
  expect(annotations[1]).toMatchObject({
    id: 7001,
    bbox: [0.5, 0.5, 4, 2],
    area: 8,
    attributes: { text: '25 mm/s' },
  });
  expect(annotations[1]!.segmentation).toEqual([[0.5, 0.5, 4.5, 0.5, 4.5, 2.5, 0.5, 2.5]]);
  expect(new Set(COCO_CATEGORIES.map(({ id }) => id)).size).toBe(COCO_CATEGORIES.length);
});

test('damaged files name what is wrong', () => {
  expect(() => readCoco('{')).toThrow(/not valid JSON/);
  expect(() => readCoco('{"images":[],"categories":[]}')).toThrow(/annotations/);
  const image = { id: 1, file_name: 'a', width: 2, height: 2 };
  const file = (annotation: object) =>
    JSON.stringify({ images: [image], categories: [{ id: 1, name: 'I' }], annotations: [annotation] });
  expect(() => readCoco(file({ id: 3, image_id: 9, category_id: 1 }))).toThrow(/image 9/);
  expect(() => readCoco(file({ id: 3, image_id: 1, category_id: 5 }))).toThrow(/category 5/);
  const huge = {
    images: [{ ...image, width: 90_000_000, height: 90_000_000 }],
    categories: [],
    annotations: [],
  };
  expect(() => readCoco(JSON.stringify(huge))).toThrow(/are not read/);
  const small = { id: 3, image_id: 1, category_id: 1, segmentation: { size: [2, 3], counts: [6] } };
  expect(() => readCoco(file(small))).toThrow(/3 x 2 pixels, its picture 2 x 2/);
});
