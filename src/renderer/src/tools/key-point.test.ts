import { expect, test } from 'vitest';
import { keyPoint, type KeyPoint } from './key-point.ts';

const VIEW = { width: 400, height: 300 };
const at = (x: number, y: number, held: KeyPoint['held'] = null): KeyPoint => ({ x, y, held });
const press = (point: KeyPoint, key: string, mods: { shift?: boolean; ctrl?: boolean } = {}) =>
  keyPoint(point, { key, shift: mods.shift ?? false, ctrl: mods.ctrl ?? false }, VIEW);

test('the arrows move the point, finer with Shift and farther with Ctrl', () => {
  expect(press(at(100, 100), 'ArrowRight')).toMatchObject({ point: at(110, 100), type: 'move', pan: [0, 0] });
  expect(press(at(100, 100), 'ArrowUp', { shift: true })!.point).toEqual(at(100, 99));
  expect(press(at(100, 100), 'ArrowDown', { ctrl: true })!.point).toEqual(at(100, 150));
});

test('at the rim the page moves under the point', () => {
  expect(press(at(376, 100), 'ArrowRight')).toMatchObject({ point: at(376, 100), pan: [-10, 0] });
  expect(press(at(100, 30), 'ArrowUp')).toMatchObject({ point: at(100, 24), pan: [0, 4] });
});

test('Space presses and lets go, with Ctrl the right button; Esc breaks off', () => {
  const down = press(at(5, 6), ' ', { ctrl: true })!;
  expect(down).toMatchObject({ type: 'down', button: 2, point: at(5, 6, 2) });
  expect(press(down.point, ' ')).toMatchObject({ type: 'up', button: 2, point: at(5, 6) });
  expect(press(at(5, 6, 0), 'Escape')).toMatchObject({ type: 'cancel', point: at(5, 6) });
  expect(press(at(5, 6), 'Escape')).toBeNull();
  expect(press(at(5, 6), 'p')).toBeNull();
});
