import { expect, test } from 'vitest';
import { IDLE, pageGesture, type GestureEvent, type GestureState } from './page-gesture.ts';

const event = (
  type: GestureEvent['type'],
  x: number,
  y: number,
  more: Partial<GestureEvent> = {},
): GestureEvent => ({
  type,
  x,
  y,
  button: 0,
  space: false,
  measuring: false,
  ...more,
});

function play(...events: GestureEvent[]) {
  let state: GestureState = IDLE;
  return events.flatMap((e) => {
    const [next, commands] = pageGesture(state, e);
    state = next;
    return commands;
  });
}

test('a short press is a click, also when the hand trembles', () => {
  expect(play(event('down', 10, 10), event('move', 12, 11), event('up', 12, 11))).toEqual([
    { do: 'click', x: 12, y: 11 },
  ]);
});

test('a drag pans by the way of the pointer and does not click', () => {
  expect(play(event('down', 0, 0), event('move', 10, 0), event('move', 15, 5), event('up', 15, 5))).toEqual([
    { do: 'pan', dx: 10, dy: 0 },
    { do: 'pan', dx: 5, dy: 5 },
  ]);
});

test('Space and the middle button pan while measuring, the left button measures', () => {
  const measuring = true;
  const middle = play(event('down', 0, 0, { button: 1, measuring }), event('move', 1, 1, { measuring }));
  const space = play(event('down', 0, 0, { space: true, measuring }), event('move', 1, 1, { measuring }));
  const left = play(event('down', 3, 4, { measuring }), event('move', 9, 8, { measuring }));
  expect(middle).toEqual([{ do: 'pan', dx: 1, dy: 1 }]);
  expect(space).toEqual(middle);
  expect(left).toEqual([{ do: 'measure', fromX: 3, fromY: 4, x: 9, y: 8 }]);
});

test('moving hovers, the right button is left alone, cancel forgets the press', () => {
  expect(play(event('move', 1, 2))).toEqual([{ do: 'hover', x: 1, y: 2 }]);
  expect(play(event('down', 1, 2, { button: 2 }), event('up', 1, 2, { button: 2 }))).toEqual([]);
  expect(play(event('down', 1, 2), event('cancel', 1, 2), event('up', 1, 2))).toEqual([]);
});
