import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FloatRaster } from '../image/raster.ts';
import { createRandom } from '../synthesis/random.ts';
import { createClaims } from '../trace/ink-claims.ts';
import { layWire } from './live-wire.ts';

const WIDTH = 7;
const HEIGHT = 6;

function evidenceOf(shares: readonly number[], strokes = shares) {
  const coverage: FloatRaster = { data: Float32Array.from(shares), width: WIDTH, height: HEIGHT };
  const certainty = { ...coverage, data: new Float32Array(WIDTH * HEIGHT).fill(1) };
  const stroke = { ...coverage, data: Float32Array.from(strokes) };
  return { coverage, certainty, stroke, letters: [] };
}

const band = {
  x0: 0,
  x1: WIDTH,
  y0: 0,
  y1: HEIGHT,
  baseline: new Float32Array(WIDTH).fill(2),
  jump: new Uint8Array(WIDTH),
  pxPerMm: 2,
};

/** What a path costs is not told by the wire; it follows from pinning one pixel after the other. */
const pinned = (path: Int16Array, wire: ReturnType<typeof layWire>): boolean =>
  path.every((row, x) => wire.through(x, row).every((other, k) => other === path[k]));

test('the cheapest path is the path through each of its own points', () => {
  fc.assert(
    fc.property(fc.nat(1e6), (seed) => {
      // Random shares between those taken for paper and for full ink, to climb and to pass: no two paths cost the same.
      const random = createRandom(seed);
      const between = (from: number, to: number): number[] =>
        Array.from({ length: WIDTH * HEIGHT }, () => random.uniform(from, to));
      const wire = layWire(
        evidenceOf(between(0.02, 0.28), between(0.22, 0.68)),
        band,
        createClaims(WIDTH, HEIGHT),
        0,
        {
          from: null,
          to: null,
        },
      );
      expect(pinned(wire.cheapest(), wire)).toBe(true);
    }),
  );
});

test('a path passes the point asked for and keeps to its ends', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: WIDTH * HEIGHT,
        maxLength: WIDTH * HEIGHT,
      }),
      fc.nat(WIDTH - 1),
      fc.nat(HEIGHT - 1),
      (shares, x, y) => {
        const wire = layWire(evidenceOf(shares), band, createClaims(WIDTH, HEIGHT), 0, { from: 1, to: 4 });
        expect(wire.through(x, y)[x]).toBe(y);
        if (x !== WIDTH - 1) expect(wire.through(x, y)[WIDTH - 1]).toBe(4);
      },
    ),
  );
});

test('it follows the ink of the stroke it is put on', () => {
  const ink = new Array<number>(WIDTH * HEIGHT).fill(0);
  for (let x = 0; x < WIDTH; x++) {
    ink[1 * WIDTH + x] = 1;
    ink[4 * WIDTH + x] = 1;
  }
  const wire = layWire(evidenceOf(ink), band, createClaims(WIDTH, HEIGHT), 0, { from: null, to: null });
  expect([...wire.cheapest()]).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect([...wire.through(3, 4)]).toEqual([4, 4, 4, 4, 4, 4, 4]);
});

test('ink that another lead claims is dear', () => {
  const ink = new Array<number>(WIDTH * HEIGHT).fill(0);
  for (let x = 0; x < WIDTH; x++) {
    ink[1 * WIDTH + x] = 1;
    ink[4 * WIDTH + x] = 1;
  }
  const claims = createClaims(WIDTH, HEIGHT);
  for (let x = 0; x < WIDTH; x++) claims.bits[WIDTH + x] = 0b10;
  const wire = layWire(evidenceOf(ink), band, claims, 0b10, { from: null, to: null });
  expect([...wire.cheapest()]).toEqual([4, 4, 4, 4, 4, 4, 4]);
});
