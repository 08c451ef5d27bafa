import { expect, test } from 'vitest';
import { EDIT_IDLE, editGesture, type EditGestureEvent, type EditGestureState } from './edit-gesture.ts';

const event = (
  type: EditGestureEvent['type'],
  tool: EditGestureEvent['tool'],
  more: Partial<EditGestureEvent> = {},
): EditGestureEvent => ({
  type,
  tool,
  x: 1,
  y: 2,
  button: 0,
  space: false,
  alt: false,
  shift: false,
  pressure: null,
  ...more,
});

function play(...events: EditGestureEvent[]) {
  let state: EditGestureState = EDIT_IDLE;
  const commands = events.flatMap((e) => {
    const [next, done] = editGesture(state, e);
    state = next;
    return done;
  });
  return { state, names: commands.map((command) => command.do), commands };
}

test('a pin is set down, moved and let go; Alt or the right button removes one', () => {
  expect(play(event('down', 'pin'), event('move', 'pin'), event('up', 'pin')).names).toEqual([
    'pin-down',
    'pin-move',
    'pin-up',
  ]);
  expect(play(event('down', 'pin', { alt: true }), event('up', 'pin')).names).toEqual(['pin-remove']);
  expect(play(event('down', 'pin', { button: 2 })).names).toEqual(['pin-remove']);
});

test('the right button does the opposite of the tool at hand, the eraser of a pen erases with every one', () => {
  const erases = (tool: 'brush' | 'erase', button: number): unknown =>
    play(event('down', tool, { button })).commands[0];
  expect(erases('brush', 0)).toMatchObject({ erase: false });
  expect(erases('brush', 2)).toMatchObject({ erase: true });
  expect(erases('brush', 5)).toMatchObject({ erase: true });
  expect(erases('erase', 0)).toMatchObject({ erase: true });
  expect(erases('erase', 2)).toMatchObject({ erase: false });
  expect(erases('erase', 5)).toMatchObject({ erase: true });
});

test('a stroke tells how hard the pen is pressed', () => {
  const { commands } = play(
    event('down', 'brush', { pressure: 0.2 }),
    event('move', 'brush', { pressure: 0.7 }),
    event('up', 'brush'),
  );
  expect(commands).toMatchObject([{ pressure: 0.2 }, { pressure: 0.7 }, { do: 'stroke-up' }]);
});

test('Space and the middle button pan with every tool', () => {
  for (const more of [{ space: true }, { button: 1 }]) {
    const { names } = play(
      event('down', 'brush', more),
      event('move', 'brush', { x: 5 }),
      event('up', 'brush'),
    );
    expect(names).toEqual(['pan']);
  }
});

test('what is broken off is taken back', () => {
  expect(play(event('down', 'brush'), event('move', 'brush'), event('cancel', 'brush')).names).toEqual([
    'stroke-down',
    'stroke-move',
    'abort',
  ]);
  expect(play(event('move', 'span'), event('cancel', 'span')).names).toEqual(['hover']);
});

test('a second button during a stroke changes nothing', () => {
  const { names, state } = play(event('down', 'brush'), event('down', 'brush', { button: 2 }));
  expect(names).toEqual(['stroke-down']);
  expect(state.kind).toBe('painting');
});

test('a tool with a gesture of its own is told of the opposite by the right button and Alt, and of a pen’s eraser', () => {
  const opposite = (more: Partial<EditGestureEvent>): unknown =>
    play(event('down', 'wand', more)).commands[0];
  expect(opposite({})).toMatchObject({ do: 'use-down', opposite: false });
  for (const more of [{ button: 2 }, { alt: true }])
    expect(opposite(more)).toMatchObject({ opposite: true, eraser: false });
  expect(opposite({ button: 5 })).toMatchObject({ eraser: true });
  expect(play(event('down', 'wand'), event('move', 'wand'), event('up', 'wand')).names).toEqual([
    'use-down',
    'use-move',
    'use-up',
  ]);
});
