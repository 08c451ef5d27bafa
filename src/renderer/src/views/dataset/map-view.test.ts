import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveView, picturePlaces, toFrame, WHOLE, zoomView } from './map-view.ts';

const frame = { width: 800, height: 400 };
const share = fc.double({ min: 0, max: 1, noNaN: true });

test('the whole map fits into the frame', () => {
  expect(toFrame({ x: 0, y: 0 }, WHOLE, frame)).toEqual({ x: 52, y: 52 });
  expect(toFrame({ x: 1, y: 1 }, WHOLE, frame)).toEqual({ x: 748, y: 348 });
});

test('zooming keeps what is under the cursor, where the edge of the map allows it', () => {
  const view = { x: 0.5, y: 0.5, zoom: 4 };
  fc.assert(
    fc.property(
      fc.double({ min: 0.4, max: 0.6, noNaN: true }),
      fc.double({ min: 1, max: 3, noNaN: true }),
      (place, factor) => {
        const at = toFrame({ x: place, y: place }, view, frame);
        const after = toFrame({ x: place, y: place }, zoomView(view, factor, at, frame), frame);
        expect(after.x).toBeCloseTo(at.x, 6);
        expect(after.y).toBeCloseTo(at.y, 6);
      },
    ),
  );
  expect(zoomView(view, 0.01, { x: 3, y: 9 }, frame)).toEqual(WHOLE);
  expect(zoomView(view, 1000, { x: 0, y: 0 }, frame).zoom).toBe(24);
});

test('the map cannot be pushed out of sight', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -9999, max: 9999 }), (dx, dy) => {
      const { x, y } = moveView({ x: 0.5, y: 0.5, zoom: 2 }, dx, dy, frame);
      expect(x >= 0.25 && x <= 0.75 && y >= 0.25 && y <= 0.75).toBe(true);
    }),
  );
});

test('pictures never overlap, lie inside the frame, and the first in order gets its own', () => {
  const size = { width: 84, height: 64 };
  fc.assert(
    fc.property(fc.array(fc.record({ x: share, y: share }), { minLength: 1, maxLength: 80 }), (places) => {
      const at = places.map((place) => toFrame(place, WHOLE, frame));
      const order = at.map((_, k) => k);
      const shown = picturePlaces(at, order, frame, size);
      expect(shown[0]).toBe(0);
      for (const a of shown) {
        for (const b of shown) {
          if (a === b) continue;
          const apart =
            Math.abs(at[a]!.x - at[b]!.x) >= size.width || Math.abs(at[a]!.y - at[b]!.y) >= size.height;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});
