import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBoxes, type PageTextBoxes } from '../../shared/api/text-boxes.ts';
import {
  addTextBox,
  changeTextBox,
  dropTextBox,
  inReadingOrder,
  missedPrint,
  moveTextBox,
  tidyTextBox,
} from './edit-text-boxes.ts';

const WIDTH = 200;
const HEIGHT = 120;
const place = fc.double({ min: -300, max: 300, noNaN: true });
const box = fc.record({ x0: place, y0: place, x1: place, y1: place });

test('a box drawn anywhere, in any direction, lies within the picture in whole pixels', () => {
  fc.assert(
    fc.property(box, place, place, (drawn, dx, dy) => {
      const tidy = tidyTextBox(drawn, WIDTH, HEIGHT);
      if (!tidy) return;
      for (const each of [tidy, moveTextBox(tidy, dx, dy, WIDTH, HEIGHT)]) {
        expect(Object.values(each).every(Number.isInteger)).toBe(true);
        expect(each.x0).toBeGreaterThanOrEqual(0);
        expect(each.y0).toBeGreaterThanOrEqual(0);
        expect(each.x1).toBeLessThanOrEqual(WIDTH);
        expect(each.y1).toBeLessThanOrEqual(HEIGHT);
        expect(each.x1 - each.x0).toBe(tidy.x1 - tidy.x0);
        expect(each.y1 - each.y0).toBe(tidy.y1 - tidy.y0);
      }
    }),
  );
});

test('boxes are added, changed and dropped, and stay what may be kept', () => {
  const none: PageTextBoxes = { reviewed: true, boxes: [] };
  const two = addTextBox(addTextBox(none, 'identity', { x0: 1, y0: 2, x1: 30, y1: 9 }), 'other', {
    x0: 5,
    y0: 50,
    x1: 30,
    y1: 60,
  });
  expect(two.boxes.map(({ id }) => id)).toEqual(['b0', 'b1']);
  const less = dropTextBox(two, 'b0');
  const more = addTextBox(less, 'scale', { x0: 1, y0: 1, x1: 9, y1: 9 });
  expect(more.boxes.map(({ id, kind }) => [id, kind])).toEqual([
    ['b1', 'other'],
    ['b0', 'scale'],
  ]);
  const changed = changeTextBox(more, 'b1', { kind: 'identity', x1: 44 });
  expect(changed.boxes[0]).toMatchObject({ kind: 'identity', x0: 5, x1: 44 });
  expect(textBoxes.parse(changed)).toEqual(changed);
});

test('the keyboard walks by lines, each from the left', () => {
  const at = (id: string, x0: number, y0: number) => ({
    id,
    kind: 'other' as const,
    text: '',
    x0,
    y0,
    x1: x0 + 20,
    y1: y0 + 10,
  });
  const order = inReadingOrder([at('d', 0, 30), at('b', 60, 2), at('a', 10, 4), at('c', 90, 0)]);
  expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});

test('print that a closer look found is missed where boxes together do not cover most of it', () => {
  const one = addTextBox({ reviewed: true, boxes: [] }, 'scale', { x0: 10, y0: 10, x1: 30, y1: 20 });
  const inside = { kind: 'identity', x0: 11, y0: 10, x1: 34, y1: 20 } as const;
  const beyond = { kind: 'identity', x0: 11, y0: 10, x1: 50, y1: 20 } as const;
  const apart = { kind: 'identity', x0: 90, y0: 10, x1: 99, y1: 20 } as const;
  expect(missedPrint(one, [inside, beyond, apart])).toEqual([beyond, apart]);
  expect(missedPrint({ reviewed: false, boxes: [] }, [inside])).toEqual([inside]);
  const two = addTextBox(one, 'identity', { x0: 32, y0: 9, x1: 50, y1: 20 });
  expect(missedPrint(two, [beyond])).toEqual([]);
});
