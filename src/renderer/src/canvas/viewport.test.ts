import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  containViewport,
  fitViewport,
  focusViewport,
  MAX_SCALE,
  MIN_SCALE,
  COVERED,
  panBy,
  revealBox,
  toImage,
  toScreen,
  wheelFactor,
  zoomAt,
} from './viewport.ts';

const view = { width: 1000, height: 600 };
const anyViewport = fc.record({
  scale: fc.double({ min: MIN_SCALE, max: MAX_SCALE, noNaN: true }),
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 5000, noNaN: true }),
});

test('a fitted page is centred and touches the margin on its tighter side', () => {
  const fitted = fitViewport(view, { width: 2200, height: 1700 }, 24);
  expect(fitted.scale).toBeCloseTo((600 - 48) / 1700);
  expect(fitted.y).toBeCloseTo(24);
  expect(fitted.x).toBeCloseTo((1000 - 2200 * fitted.scale) / 2);
});

test('an image that would lie under the tools is shown beside them', () => {
  const image = { width: 2200, height: 1100 };
  const high = fitViewport({ width: 700, height: 700 }, image);
  expect(high.x).toBeCloseTo(COVERED.left);
  expect(high.scale).toBeCloseTo((700 - COVERED.left - 24) / 2200);
  expect(fitViewport({ width: 700, height: 420 }, image).x).toBeGreaterThan(COVERED.left + 20);
});

test('zooming keeps the image pixel under the cursor in place', () => {
  fc.assert(
    fc.property(
      anyViewport,
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 600, noNaN: true }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (viewport, x, y, factor) => {
        const [u, v] = toImage(viewport, x, y);
        const zoomed = zoomAt(viewport, x, y, factor);
        const [sx, sy] = toScreen(zoomed, u, v);
        expect(sx).toBeCloseTo(x, 3);
        expect(sy).toBeCloseTo(y, 3);
        expect(zoomed.scale).toBeGreaterThanOrEqual(MIN_SCALE);
        expect(zoomed.scale).toBeLessThanOrEqual(MAX_SCALE);
      },
    ),
  );
});

test('panned however far, a part of the page stays in view', () => {
  fc.assert(
    fc.property(anyViewport, (viewport) => {
      const image = { width: 2200, height: 1700 };
      const kept = containViewport(panBy(viewport, 9000, -9000), view, image);
      const right = kept.x + image.width * kept.scale;
      const bottom = kept.y + image.height * kept.scale;
      expect(kept.x).toBeLessThan(view.width);
      expect(kept.y).toBeLessThan(view.height);
      expect(right).toBeGreaterThan(0);
      expect(bottom).toBeGreaterThan(0);
    }),
  );
});

test('focusing centres a box and leaves air around it', () => {
  const focused = focusViewport(view, { x0: 100, y0: 100, x1: 500, y1: 200 }, 0.8);
  expect(focused.scale).toBeCloseTo(2);
  expect(toScreen(focused, 300, 150)).toEqual([500, 300]);
});

test('a wheel notch zooms by about a fifth, and back again', () => {
  expect(wheelFactor(-100, 0)).toBeCloseTo(1.21, 2);
  expect(wheelFactor(-100, 0) * wheelFactor(100, 0)).toBeCloseTo(1);
  expect(wheelFactor(-3, 1)).toBeCloseTo(wheelFactor(-99, 0));
});

test('a box that is brought out lies in the open, and does not move when it does already', () => {
  const side = fc.double({ min: 1, max: 100, noNaN: true });
  fc.assert(
    fc.property(anyViewport, fc.integer({ max: 3000 }), side, side, (viewport, at, width, height) => {
      const box = {
        x0: at,
        y0: at / 2,
        x1: at + width / viewport.scale,
        y1: at / 2 + height / viewport.scale,
      };
      const shown = revealBox(viewport, view, box);
      const [x0, y0] = toScreen(shown, box.x0, box.y0);
      const [x1, y1] = toScreen(shown, box.x1, box.y1);
      expect(x0).toBeGreaterThan(COVERED.left - 0.01);
      expect(y0).toBeGreaterThan(COVERED.top - 0.01);
      expect(x1).toBeLessThan(view.width - COVERED.right + 0.01);
      expect(y1).toBeLessThan(view.height - COVERED.bottom + 0.01);
      const again = revealBox(shown, view, box);
      expect(Math.hypot(again.x - shown.x, again.y - shown.y)).toBeLessThan(0.01);
    }),
  );
});
