import { expect, test } from 'vitest';
import { evenInkStrength } from './ink-strength.ts';

const WIDTH = 400;
const HEIGHT = 60;
const AT = 30 * WIDTH;

/** A flat stroke three pixels high whose ink fades from 1 at the left to 0.3 at the right. */
function fadingStroke(): { ink: Float32Array; share: Float32Array } {
  const ink = new Float32Array(WIDTH * HEIGHT);
  const share = new Float32Array(WIDTH * HEIGHT);
  for (const row of [-WIDTH, 0, WIDTH]) {
    for (let x = 0; x < WIDTH; x++) {
      ink[AT + row + x] = 1 - (0.7 * x) / WIDTH;
      share[AT + row + x] = 1;
    }
  }
  return { ink, share };
}

test('fading ink is brought up, strong ink and clear paper stay as they are', () => {
  const { ink, share } = fadingStroke();
  const before = ink.slice();
  evenInkStrength(ink, share, WIDTH, HEIGHT, 8);
  expect(ink[AT + 5]).toBe(before[AT + 5]);
  for (let x = 0; x < WIDTH; x += 20) expect(ink[AT + x]).toBeGreaterThan(0.75);
  expect(ink.every((value, k) => value >= before[k]! && value <= 1)).toBe(true);
  expect(ink.subarray(0, 20 * WIDTH).every((value) => value === 0)).toBe(true);
});

test('nothing is raised where the model sees no strokes, and nothing more than threefold', () => {
  const { ink, share } = fadingStroke();
  const unseen = ink.slice();
  evenInkStrength(unseen, new Float32Array(share.length), WIDTH, HEIGHT, 8);
  expect(unseen).toEqual(ink);
  const faint = share.map((value) => 0.1 * value);
  evenInkStrength(faint, share, WIDTH, HEIGHT, 8);
  expect(Math.max(...faint)).toBeCloseTo(0.3, 5);
});
