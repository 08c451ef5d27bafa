import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resampleLine } from './resample-line.ts';

describe('resampleLine', () => {
  it('reads between vertices on the straight line', () => {
    expect([...resampleLine(Float32Array.of(0, 2, 4, 8), 0.5, 1, 3)]).toEqual([1, 3, 6]);
  });

  it('holds the end values outside', () => {
    expect([...resampleLine(Float32Array.of(5, 6), -3, 2, 4)]).toEqual([5, 5, 6, 6]);
  });

  it('averages when the result is much coarser than the line, so a fast ripple vanishes', () => {
    const ripple = Float32Array.from({ length: 400 }, (_, k) => (k % 2 === 0 ? 1 : -1));
    for (const value of resampleLine(ripple, 20, 8, 40)) expect(Math.abs(value)).toBeLessThan(0.05);
  });

  it('keeps any straight line, at any step', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 6, noNaN: true }),
        (slope, step) => {
          const line = Float32Array.from({ length: 200 }, (_, k) => slope * k);
          const result = resampleLine(line, 20, step, 20);
          for (let i = 0; i < 20; i++)
            expect(Math.abs(result[i]! - slope * (20 + i * step))).toBeLessThan(2.6);
        },
      ),
    );
  });
});
