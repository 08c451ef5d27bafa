import { describe, expect, it } from 'vitest';
import { chooseExtremes } from './choose-extremes.ts';

describe('chooseExtremes', () => {
  it('walks a narrow peak to its tip and back', () => {
    const reach = {
      stepPx: 0.5,
      upper: Float64Array.of(50, 50, 50, 10, 10, 50, 50, 50),
      lower: Float64Array.of(50, 50, 50, 50, 50, 50, 50, 50),
    };
    const line = chooseExtremes(reach);
    expect(Math.min(...line)).toBe(10);
    expect(line[0]).toBe(50);
    expect(line[7]).toBe(50);
  });

  it('climbs a steep step once, without turning back', () => {
    const upper = Float64Array.of(80, 80, 40, 10, 10, 10, 10);
    const lower = Float64Array.of(80, 80, 80, 50, 10, 10, 10);
    const line = chooseExtremes({ stepPx: 0.5, upper, lower });
    for (let k = 1; k < line.length; k++) expect(line[k]!).toBeLessThanOrEqual(line[k - 1]!);
  });

  it('leaves gaps open and starts again after them', () => {
    const upper = Float64Array.of(5, 5, Number.NaN, 7, 7);
    const line = chooseExtremes({ stepPx: 0.5, upper, lower: upper });
    expect([...line]).toEqual([5, 5, Number.NaN, 7, 7]);
  });
});
