import { expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { findWords } from './find-words.ts';
import { findInkComponents } from './ink-components.ts';

const PX_PER_MM = 10;
/** A letter of 5 x 7 dots. */
const V = ['1...1', '1...1', '1...1', '1...1', '.1.1.', '.1.1.', '..1..'];

/** Dots of 0.2 mm, `pitchPx` apart. */
function printed(pitchPx: number) {
  const ink = blankRaster(400, 200);
  V.forEach((line, j) =>
    [...line].forEach((dot, i) => {
      if (dot !== '1') return;
      for (let y = 0; y < 2; y++)
        ink.data.fill(
          1,
          (60 + j * pitchPx + y) * 400 + 100 + i * pitchPx,
          (60 + j * pitchPx + y) * 400 + 102 + i * pitchPx,
        );
    }),
  );
  return findWords(findInkComponents(ink, 0.4), PX_PER_MM);
}

it('makes a letter of the dots of a matrix printer', () => {
  expect(printed(4).map(({ box }) => box)).toEqual([{ x0: 100, y0: 60, x1: 118, y1: 86 }]);
});

it('makes none of dots that are as far apart as those of a grid', () => {
  expect(printed(10)).toEqual([]);
});
