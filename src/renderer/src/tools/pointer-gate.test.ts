import { expect, test } from 'vitest';
import { NO_POINTER, pointerGate, type GatedPointer, type PointerVerdict } from './pointer-gate.ts';

const pen = (type: GatedPointer['type'], at: number): GatedPointer => ({ type, at, id: 1, kind: 'pen' });
const touch = (type: GatedPointer['type'], at: number, id = 2): GatedPointer => ({
  type,
  at,
  id,
  kind: 'touch',
});
const mouse = (type: GatedPointer['type'], at: number): GatedPointer => ({ type, at, id: 9, kind: 'mouse' });

function verdicts(...events: GatedPointer[]): PointerVerdict[] {
  let state = NO_POINTER;
  return events.map((event) => {
    const [next, verdict] = pointerGate(state, event);
    state = next;
    return verdict;
  });
}

test('touch is ignored while a pen is near, and heard again a second later', () => {
  expect(verdicts(pen('move', 0), touch('down', 300), touch('move', 320), touch('up', 340))).toEqual([
    'pass',
    'ignore',
    'ignore',
    'ignore',
  ]);
  expect(verdicts(pen('move', 0), touch('down', 1200), touch('up', 1300))).toEqual(['pass', 'pass', 'pass']);
});

test('a pen takes over from the hand that lay there before it', () => {
  expect(
    verdicts(touch('down', 0), pen('move', 50), pen('down', 60), touch('move', 70), pen('up', 80)),
  ).toEqual(['pass', 'ignore', 'restart', 'ignore', 'pass']);
});

test('a second finger does nothing', () => {
  expect(verdicts(touch('down', 0), touch('down', 10, 3), touch('move', 20, 3), touch('move', 30))).toEqual([
    'pass',
    'ignore',
    'ignore',
    'pass',
  ]);
});

test('a mouse hovers, works and hovers on', () => {
  const events = [mouse('move', 0), mouse('down', 1), mouse('move', 2), mouse('up', 3), mouse('move', 4)];
  expect(new Set(verdicts(...events))).toEqual(new Set(['pass']));
});
