import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryMasked, arbitraryPage, drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { stretchName } from '../masks/mask-label.ts';
import { readBrush, writeBrush } from './brush-mask.ts';
import { packBrush, unpackBrush } from './brush-rle.ts';
import { LABEL_STUDIO_CONFIG, readLabelStudio, writeLabelStudioTask } from './label-studio-tasks.ts';

/** A reader of its own, on a text of bits, as the packing is described. */
function valuesOf(packed: Uint8Array): number[] {
  let bits = [...packed].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const take = (n: number): number => {
    const value = parseInt(bits.slice(0, n), 2);
    bits = bits.slice(n);
    return value;
  };
  const total = take(32);
  const word = take(5) + 1;
  const sizes = Array.from({ length: 4 }, () => take(4) + 1);
  const values: number[] = [];
  while (values.length < total) {
    const isRun = take(1) === 1;
    const length = take(sizes[take(2)]!) + 1;
    if (isRun) values.push(...new Array<number>(length).fill(take(word)));
    else for (let i = 0; i < length; i++) values.push(take(word));
  }
  return values;
}

test('a packed brush is what an independent reader sees', () => {
  fc.assert(
    fc.property(arbitraryMasked, ({ size, mask }) => {
      const packed = writeBrush(mask, size);
      const drawn = drawnMask(mask, size).replaceAll('\n', '');
      expect(valuesOf(packed)).toEqual(
        [...drawn].flatMap((pixel) => new Array<number>(4).fill(pixel === '#' ? 255 : 0)),
      );
      expect(drawnMask(readBrush(packed, size), size)).toBe(drawnMask(mask, size));
    }),
  );
});

test('runs of every length, and single values, are read', () => {
  const runs = [
    [1, 3],
    [8, 0],
    [9, 1],
    [256, 2],
    [257, 255],
    [65_536, 7],
    [70_000, 9],
  ] as const;
  const total = runs.reduce((sum, [length]) => sum + length, 0);
  const back = [...unpackBrush(packBrush(runs, total))];
  expect(back.slice(0, 6)).toEqual(runs.slice(0, 6));
  expect(back.slice(6)).toEqual([
    [65_536, 9],
    [4464, 9],
  ]);
  // 5 values, two of them single: 0|00|001|a|b, then a run of three: 1|00|010|c.
  const bits = [5, 7].map((n, i) => n.toString(2).padStart(i === 0 ? 32 : 5, '0')).join('');
  const sizes = [2, 3, 7, 15].map((n) => n.toString(2).padStart(4, '0')).join('');
  const text = `${bits}${sizes}000001${'00001001'}${'00000100'}100010${'11111111'}`.padEnd(104, '0');
  const bytes = text.match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  expect([...unpackBrush(bytes)]).toEqual([
    [1, 9],
    [1, 4],
    [3, 255],
  ]);
});

test('a page comes back from tasks, names and pixels', () => {
  fc.assert(
    fc.property(arbitraryPage, (page) => {
      fc.pre(page.leads.length > 0);
      const json = `[${writeLabelStudioTask(page, 3, '/data/local-files/?d=images/a%20b.png')}]`;
      const [picture] = readLabelStudio(json);
      expect(picture).toMatchObject({ fileName: 'a b.png', width: page.width, height: page.height });
      expect(picture!.masks.map(({ name }) => name)).toEqual(page.leads.map(stretchName));
      picture!.masks.forEach(({ mask }, i) => {
        expect(drawnMask(mask, page)).toBe(drawnMask(page.leads[i]!.mask, page));
      });
    }),
    { numRuns: 50 },
  );
});

test('the annotation counts before the prediction, and uploads lose the prefix of their names', () => {
  const brush = (name: string) => ({
    type: 'brushlabels',
    original_width: 2,
    original_height: 1,
    value: {
      rle: [
        ...writeBrush({ x0: 0, y0: 0, width: 1, height: 1, data: Uint8Array.of(1) }, { width: 2, height: 1 }),
      ],
      brushlabels: [name],
    },
  });
  const task = {
    data: { image: '/data/upload/1/1a2b3c4d-ecg.png' },
    annotations: [{ result: [brush('V2')] }, { result: [brush('V3')], was_cancelled: true }],
    predictions: [{ result: [brush('V1')] }],
  };
  expect(readLabelStudio(JSON.stringify([task]))[0]).toMatchObject({
    fileName: 'ecg.png',
    masks: [{ name: 'V2' }],
  });
});

test('what is damaged is refused in words', () => {
  expect(() => readLabelStudio('[')).toThrow(/JSON/);
  expect(() => readLabelStudio('{}')).toThrow(/does not fit/);
  const packed = writeBrush(
    { x0: 0, y0: 0, width: 1, height: 1, data: Uint8Array.of(1) },
    { width: 4, height: 4 },
  );
  expect(() => readBrush(packed.slice(0, 8), { width: 4, height: 4 })).toThrow(/cut short/);
  expect(() => readBrush(packed, { width: 5, height: 4 })).toThrow(/5 x 4/);
  expect(LABEL_STUDIO_CONFIG).toContain('<Label value="II rhythm"/>');
});
