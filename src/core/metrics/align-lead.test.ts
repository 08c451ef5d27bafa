import { describe, expect, it } from 'vitest';
import { alignLead } from './align-lead.ts';

const f64 = (...values: number[]) => new Float64Array(values);

describe('alignLead', () => {
  it('finds the lag and the offset of a shifted copy', () => {
    const result = alignLead(f64(0, 0, 1, 3, 1, 0, 0, 0), f64(5, 5, 5, 5, 6, 8, 6, 5), 4);
    expect(result.lagSamples).toBe(-2);
    expect(result.offset).toBeCloseTo(5, 12);
    expect([...result.aligned]).toEqual([0, 0, 1, 3, 1, 0, NaN, NaN]);
  });

  it('delays a prediction that comes early', () => {
    const result = alignLead(f64(0, 0, 0, 2, 0), f64(0, 2, 0, 0, 0), 2);
    expect(result.lagSamples).toBe(2);
    expect([...result.aligned]).toEqual([NaN, NaN, 0, 2, 0]);
  });

  it('looks no further than the allowed lag', () => {
    const result = alignLead(f64(4, 0, 0, 0, 0, 0), f64(0, 0, 0, 4, 0, 0), 2);
    expect(Math.abs(result.lagSamples)).toBeLessThanOrEqual(2);
  });

  it('prefers no shift among equals, and keeps gaps', () => {
    const result = alignLead(f64(1, -1, 1, -1), f64(2, 2, 2, 2), 3);
    expect(result.lagSamples).toBe(0);
    expect([...result.aligned]).toEqual([0, 0, 0, 0]);
    const gappy = alignLead(f64(0, 3, 0, 0), f64(1, 4, NaN, 1), 2);
    expect([...gappy.aligned]).toEqual([0, 3, NaN, 0]);
  });

  it('refuses signals of different length', () => {
    expect(() => alignLead(f64(1), f64(1, 2), 1)).toThrow(/1 samples.*2/);
  });
});
