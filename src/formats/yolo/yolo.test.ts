import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryPage, drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { labelOf } from '../masks/mask-label.ts';
import { readYoloLabels, writeYoloConfig, writeYoloLabels } from './yolo-segments.ts';

test('stretches come back from a label file, pixel by pixel', () => {
  fc.assert(
    fc.property(arbitraryPage, (page) => {
      const text = writeYoloLabels(page);
      const drawn = page.leads.filter(({ mask }) => mask.width > 0);
      const back = readYoloLabels(text, page);
      expect(back.map(({ classIndex }) => classIndex)).toEqual(drawn.map((lead) => labelOf(lead) - 1));
      back.forEach(({ mask }, i) => expect(drawnMask(mask, page)).toBe(drawnMask(drawn[i]!.mask, page)));
      for (const word of text.split(/\s+/)) expect(Number(word)).toBeLessThanOrEqual(12);
    }),
  );
});

test('large pictures keep their pixels through the decimals', () => {
  const data = Uint8Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? 1 : 0));
  const page = {
    width: 3311,
    height: 2557,
    leads: [{ cellId: 'a', lead: 'I', role: 'lead', startSeconds: 0, endSeconds: 1 } as const].map(
      (lead) => ({
        ...lead,
        mask: { x0: 211, y0: 1999, width: 3000, height: 1, data },
      }),
    ),
    outlines: [],
  };
  const [line] = readYoloLabels(writeYoloLabels(page), page);
  expect(line!.mask.x0).toBe(211);
  expect([...line!.mask.data]).toEqual([...data.subarray(0, line!.mask.width)]);
});

test('configuration names the classes, damaged lines are named', () => {
  expect(writeYoloConfig({ train: true, val: false, test: true })).toContain(
    'train: images/train\ntest: images/test\nnames:\n  0: I\n',
  );
  const size = { width: 2, height: 2 };
  expect(() => readYoloLabels('0 0 0 1 0 1 1\n0 0 0 1', size)).toThrow(/Line 2/);
  expect(() => readYoloLabels('x 0 0 1 0 1 1', size)).toThrow(/Line 1/);
});
