import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterStyles } from './cluster-styles.ts';
import { placeStyles } from './place-styles.ts';
import { STYLE_ENTRIES } from './picture-style.ts';
import { styleWords } from './style-words.ts';

const anyStyles = fc.array(
  fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
  {
    maxLength: 60,
  },
);

test('three heaps are three clusters, the largest first, the most typical page first', () => {
  const heap = (x: number, y: number, count: number) =>
    Array.from({ length: count }, (_, k) => [x + 0.1 * k, y]);
  const clusters = clusterStyles([...heap(0, 0, 3), ...heap(5, 0, 5), ...heap(0, 5, 1)]);
  expect(clusters.map(({ members }) => members.length)).toEqual([5, 3, 1]);
  expect(clusters[0]!.members[0]).toBe(5);
  expect(clusters[1]!.centre[0]).toBeCloseTo(0.1, 10);
});

test('every page is in one cluster, and the same pages give the same', () => {
  fc.assert(
    fc.property(anyStyles, (styles) => {
      const clusters = clusterStyles(styles);
      expect(clusters.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(
        styles.map((_, k) => k),
      );
      expect(clusterStyles(styles)).toEqual(clusters);
      const places = placeStyles(styles);
      expect(places).toHaveLength(styles.length);
      for (const { x, y } of places) for (const at of [x, y]) expect(at >= 0 && at <= 1).toBe(true);
    }),
  );
});

test('on the map alike pages lie nearer than unlike ones, and an odd one leaves room to the others', () => {
  const styles = [
    [0, 0],
    [0.1, 0],
    [1, 0],
    [1.1, 0],
    [0.5, 0.6],
    [40, 0],
  ];
  const places = placeStyles(styles);
  const gap = (a: number, b: number) => Math.hypot(places[a]!.x - places[b]!.x, places[a]!.y - places[b]!.y);
  expect(gap(0, 1)).toBeLessThan(gap(0, 2));
  expect(gap(2, 3)).toBeLessThan(gap(1, 2) + 1e-9);
  expect(gap(0, 3)).toBeGreaterThan(0.2);
});

test('styles are told in words', () => {
  const style = (entries: Partial<Record<(typeof STYLE_ENTRIES)[number], number>>) =>
    STYLE_ENTRIES.map((entry) => entries[entry] ?? (entry === 'ink depth' ? 1 : 0));
  expect(
    styleWords(style({ 'paper brightness': 1.45, 'grid depth': 0.4, 'grid red against green': -0.6 })),
  ).toBe('white paper, red grid');
  expect(styleWords(style({ 'paper brightness': 0.1, 'light on dark': 2 }))).toBe(
    'light lines on dark, hardly any grid',
  );
  expect(styleWords(style({ 'paper brightness': 1.5, 'black and white': 1, 'ink depth': 0.2 }))).toBe(
    'black and white, hardly any grid, faint ink',
  );
  expect(
    styleWords(
      style({
        'paper brightness': 1.45,
        'grid depth': 0.6,
        'grid red against green': 0.3,
        'grid green against blue': 0.3,
        shade: 1,
      }),
    ),
  ).toBe('white paper, blue grid, uneven light');
});
