import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('gives the published sequence of mulberry32', () => {
    const random = createRandom(1);
    expect([random.next(), random.next()]).toEqual([0.6270739405881613, 0.002735721180215478]);
  });

  it('draws normal deviates of the asked mean and spread', () => {
    const random = createRandom(5);
    const values = Array.from({ length: 20_000 }, () => random.normal(3, 2));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(3, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 1);
  });

  it('forks by name, undisturbed by what was drawn before', () => {
    const a = createRandom(9);
    const first = a.fork('noise').next();
    a.next();
    expect(a.fork('noise').next()).toBe(first);
    expect(a.fork('wander').next()).not.toBe(first);
  });

  it('includes both ends of an integer range', () => {
    const random = createRandom(2);
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(3, 5)));
    expect([...seen].sort()).toEqual([3, 4, 5]);
  });
});
