import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likeliestResolution, resolutionChance } from './usual-resolution.ts';

const pxPerMm = fc.double({ min: 2, max: 24, noNaN: true });

test('the resolution that most corrected pages have is the likeliest, whatever a few others have', () => {
  fc.assert(
    fc.property(pxPerMm, fc.array(pxPerMm, { maxLength: 3 }), (usual, others) => {
      const known = [usual, usual * 1.002, usual * 0.998, usual, ...others];
      expect(likeliestResolution(known)! / usual).toBeCloseTo(1, 1);
    }),
  );
  expect(likeliestResolution([])).toBeNull();
});

test('where nothing is known every resolution is as likely; where something is, others stay possible', () => {
  fc.assert(
    fc.property(pxPerMm, pxPerMm, (one, assumed) => {
      expect(resolutionChance(Math.log(one), [], assumed)).toBe(1);
      const chance = (at: number): number =>
        resolutionChance(Math.log(at), Array<number>(12).fill(one), assumed);
      expect(chance(one)).toBeGreaterThan(10 * chance(one * 1.1));
      expect(chance(assumed)).toBeGreaterThan(0);
    }),
  );
});
