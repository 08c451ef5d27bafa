import { expect, test } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { silenceUnseen } from './silence-unseen.ts';

const WIDTH = 60;
const HEIGHT = 80;
const PX_PER_MM = 6;
const X0 = 10;

/** A level line of 40 columns at row 40; a stroke at column 20 goes 20 rows up. */
function line(): TracePath {
  const y = new Float32Array(40).fill(40);
  const fineY = new Float32Array(79).fill(40);
  fineY[40] = 20;
  return {
    cellId: 'r0c0',
    x0: X0,
    y,
    fineY,
    samplesPerPx: 2,
    confidence: y,
    bridged: new Uint8Array(40),
    strokeWidthPx: 3,
  };
}

test('what is known stays where a line lies on ink, and goes where it does not', () => {
  const known = { data: new Uint8Array(WIDTH * HEIGHT).fill(255), width: WIDTH, height: HEIGHT };
  const ink = blankRaster(WIDTH, HEIGHT);
  // Ink from column 15 of the line on; the stroke has none but at its foot.
  for (let x = X0 + 15; x < X0 + 40; x++) for (let y = 39; y <= 41; y++) ink.data[y * WIDTH + x] = 1;
  silenceUnseen(known, ink, line(), PX_PER_MM);
  const at = (column: number, row: number): number => known.data[row * WIDTH + X0 + column]!;
  expect([at(5, 40), at(5, 33), at(5, 48), at(5, 25), at(5, 60)]).toEqual([0, 0, 0, 255, 255]);
  expect([at(30, 40), at(30, 33)]).toEqual([255, 255]);
  expect([at(20, 40), at(20, 20), at(20, 12), at(20, 5)]).toEqual([0, 0, 0, 255]);
  expect([at(-1, 40), at(40, 40)]).toEqual([255, 255]);
});

test('a gap in the line stays as it is', () => {
  const known = { data: new Uint8Array(WIDTH * HEIGHT).fill(255), width: WIDTH, height: HEIGHT };
  const path = line();
  path.y.fill(NaN);
  path.fineY.fill(NaN);
  silenceUnseen(known, blankRaster(WIDTH, HEIGHT), path, PX_PER_MM);
  expect(known.data.every((value) => value === 255)).toBe(true);
});
