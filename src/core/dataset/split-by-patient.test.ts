import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPLIT_NAMES, splitByPatient, type SplitItem } from './split-by-patient.ts';

const SHARES = { train: 70, val: 15, test: 15 };
const items = fc.array(
  fc.record({
    patient: fc.integer({ min: 0, max: 40 }).map((n) => `p${n}`),
    stratum: fc.constantFrom('3x4', '6x2', '12x1'),
  }),
  { maxLength: 120 },
);

test('no patient is torn apart, and neither order nor other seeds matter to that', () => {
  fc.assert(
    fc.property(items, fc.integer(), (pages, seed) => {
      const parts = splitByPatient(pages, SHARES, seed);
      const of = new Map<string, string>();
      pages.forEach(({ patient }, i) => {
        expect(of.get(patient) ?? parts[i]).toBe(parts[i]);
        of.set(patient, parts[i]!);
      });
      const reversed = splitByPatient([...pages].reverse(), SHARES, seed).reverse();
      expect(reversed).toEqual(parts);
    }),
  );
});

test('every stratum is dealt out in the shares that were asked for', () => {
  const pages: SplitItem[] = Array.from({ length: 400 }, (_, i) => ({
    patient: `p${i}`,
    stratum: i % 4 === 0 ? '6x2' : '3x4',
  }));
  const parts = splitByPatient(pages, SHARES, 1);
  for (const stratum of ['3x4', '6x2']) {
    const here = parts.filter((_, i) => pages[i]!.stratum === stratum);
    for (const name of SPLIT_NAMES) {
      const share = here.filter((part) => part === name).length / here.length;
      expect(Math.abs(share - SHARES[name] / 100)).toBeLessThan(0.02);
    }
  }
  expect(splitByPatient(pages, SHARES, 1)).toEqual(parts);
  expect(splitByPatient(pages, SHARES, 2)).not.toEqual(parts);
});

test('a part without a share stays empty, and nonsense is refused', () => {
  const pages = Array.from({ length: 9 }, (_, i) => ({ patient: `${i}`, stratum: '' }));
  expect(new Set(splitByPatient(pages, { train: 2, val: 1, test: 0 }, 3))).toEqual(new Set(['train', 'val']));
  expect(new Set(splitByPatient(pages, { train: 0, val: 0, test: 1 }, 3))).toEqual(new Set(['test']));
  expect(() => splitByPatient(pages, { train: 0, val: 0, test: 0 }, 3)).toThrow(/not all 0/);
});
