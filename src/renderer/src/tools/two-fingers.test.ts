import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_FINGERS, twoFingers, type FingerEvent, type FingerVerdict } from './two-fingers.ts';

const touch = (type: FingerEvent['type'], id: number, x = 0, y = 0): FingerEvent => ({ type, id, x, y });

function verdicts(...events: FingerEvent[]): FingerVerdict[] {
  let state = NO_FINGERS;
  return events.map((event) => {
    const [next, verdict] = twoFingers(state, event);
    state = next;
    return verdict;
  });
}

test('a single finger is the tool’s', () => {
  const all = verdicts(touch('down', 1), touch('move', 1, 5, 5), touch('up', 1));
  expect(all.map((one) => one.do)).toEqual(['pass', 'pass', 'pass']);
});

test('two fingers break the first off, move and zoom the page, and end when all are lifted', () => {
  const all = verdicts(
    touch('down', 1, 100, 100),
    touch('down', 2, 200, 100),
    touch('move', 2, 300, 120),
    touch('up', 2, 300, 120),
    touch('move', 1, 50, 50),
    touch('up', 1, 50, 50),
    touch('down', 1, 0, 0),
  );
  expect(all.map((one) => one.do)).toEqual(['pass', 'begin', 'move', 'keep', 'keep', 'keep', 'pass']);
  expect(all[2]).toMatchObject({ by: { dx: 50, dy: 10, x: 200, y: 110, factor: Math.hypot(200, 20) / 100 } });
});

test('fingers that lie upon each other do not zoom', () => {
  const all = verdicts(touch('down', 1, 0, 0), touch('down', 2, 0, 0), touch('move', 2, 30, 0));
  expect(all[2]).toMatchObject({ by: { factor: 1 } });
});

test('whatever fingers do, the tool hears nothing between the second finger and the last one lifted', () => {
  const event = fc.record({
    type: fc.constantFrom('down', 'move', 'up', 'cancel'),
    id: fc.integer({ min: 1, max: 3 }),
    x: fc.integer({ min: 0, max: 500 }),
    y: fc.integer({ min: 0, max: 500 }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state = NO_FINGERS;
      for (const one of events) {
        const { moving } = state;
        const [next, verdict] = twoFingers(state, one);
        expect(verdict.do === 'pass').toBe(!moving && !next.moving);
        if (verdict.do === 'move') expect(Number.isFinite(verdict.by.factor)).toBe(true);
        if (next.fingers.size === 0) expect(next.moving).toBe(false);
        state = next;
      }
    }),
  );
});
