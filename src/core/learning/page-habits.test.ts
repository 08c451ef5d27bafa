import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STYLE_ENTRIES } from '../explore/picture-style.ts';
import { looksLikeCorrected, usualOfPage, type HabitPage } from './page-habits.ts';

const page = (x: number, y: number, speedMmPerSecond = 50, gainMmPerMillivolt = 10): HabitPage => ({
  style: [x, y],
  speedMmPerSecond,
  gainMmPerMillivolt,
});
const blue = [page(0, 0), page(0.1, 0), page(0, 0.1), page(0.1, 0.1), page(0.05, 0), page(0, 0.05)];

test('pages that look alike share their scale', () => {
  expect(usualOfPage({ pages: blue }, [0.04, 0.04])).toMatchObject({
    speedMmPerSecond: 50,
    gainMmPerMillivolt: 10,
  });
});

test('pages of another look, or too few to tell, teach nothing', () => {
  const none = { speedMmPerSecond: null, gainMmPerMillivolt: null, resolutionsPxPerMm: [], line: null };
  expect(usualOfPage({ pages: blue }, [1, 1])).toEqual(none);
  expect(usualOfPage({ pages: blue.slice(1) }, [0.04, 0.04])).toEqual(none);
  expect(usualOfPage({ pages: [] }, [0, 0])).toEqual(none);
});

test('whether a page looks like corrected ones is said where there are enough of them', () => {
  expect(looksLikeCorrected({ pages: blue }, [0.04, 0.04])).toBe(true);
  expect(looksLikeCorrected({ pages: blue }, [1, 1])).toBe(false);
  expect(looksLikeCorrected({ pages: blue.slice(1) }, [1, 1])).toBeNull();
});

test('one of the nearest that differs is enough for none, and only in what differs', () => {
  const pages = blue.map((one, k) => (k === 2 ? { ...one, gainMmPerMillivolt: 5 } : one));
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.06, noNaN: true }), (x) => {
      const { speedMmPerSecond, gainMmPerMillivolt } = usualOfPage({ pages }, [x, 0.06]);
      expect([speedMmPerSecond, gainMmPerMillivolt]).toEqual([50, null]);
    }),
  );
});

test('other styles in the set neither help nor hinder', () => {
  const others = Array.from({ length: 20 }, (_, k) => page(3 + k / 100, 3, 25, 5));
  expect(usualOfPage({ pages: [...others, ...blue] }, [0.05, 0.05]).speedMmPerSecond).toBe(50);
  expect(usualOfPage({ pages: [...others, ...blue] }, [3.1, 3]).speedMmPerSecond).toBe(25);
});

test('the resolutions of all pages that look alike are told, where they are known', () => {
  const known = blue.map((one, k) => (k < 4 ? { ...one, pxPerMm: 8 - k } : one));
  const others = Array.from({ length: 20 }, () => ({ ...page(3, 3), pxPerMm: 12 }));
  const { resolutionsPxPerMm } = usualOfPage({ pages: [...others, ...known] }, [0.05, 0.05]);
  expect(resolutionsPxPerMm).toEqual([5, 6, 7, 8]);
});

test('a page without a grid is told the resolutions of pages that show one', () => {
  const at = STYLE_ENTRIES.indexOf('grid depth');
  const styled = (depth: number, light: number) =>
    STYLE_ENTRIES.map((_, k) => (k === at ? depth : k === 0 ? light : 0));
  const pages = Array.from({ length: 8 }, (_, k) => ({
    ...page(0, 0),
    style: styled(2, k / 100),
    pxPerMm: 8,
  }));
  const { speedMmPerSecond, resolutionsPxPerMm } = usualOfPage({ pages }, styled(0, 0.03));
  expect([speedMmPerSecond, resolutionsPxPerMm.length]).toEqual([null, 8]);
  expect(usualOfPage({ pages }, styled(0, 1)).resolutionsPxPerMm).toEqual([]);
});

test('how lines lie is told to pages that the model looks at: all but those that surely look otherwise', () => {
  const line = { weights: [0.1, 0, 0, 0, 0, 0, 0, 0] };
  expect(usualOfPage({ pages: blue, line }, [0.04, 0.04]).line).toBe(line);
  expect(usualOfPage({ pages: blue.slice(1), line }, [0.04, 0.04]).line).toBe(line);
  expect(usualOfPage({ pages: blue, line }, [1, 1]).line).toBeNull();
  expect(usualOfPage({ pages: blue }, [0.04, 0.04]).line).toBeNull();
});
