import { expect, test } from 'vitest';
import { drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { FloatRaster } from '../image/raster.ts';
import { textStrokes } from '../synthesis/page/text-strokes.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { readLabel } from './read-label.ts';
import { readThrough } from './read-through.ts';

const WIDTH = 400;
const HEIGHT = 120;
const PX_PER_MM = 8;

function blank(): FloatRaster {
  return { data: new Float32Array(WIDTH * HEIGHT), width: WIDTH, height: HEIGHT };
}

function write(text: string, x: number, y: number): FloatRaster {
  const raster = blank();
  const { strokes } = textStrokes(text, x, y, { capMm: 24 });
  for (const stroke of strokes) {
    const points: [number, number][] = [];
    for (let k = 0; k < stroke.length; k += 2) points.push([stroke[k]!, stroke[k + 1]!]);
    drawTrace(raster, points, 2.4);
  }
  return raster;
}

test('a name that a trace runs through is read from its lettering, one that stands apart as it is', () => {
  const through = write('V3', 60, 72);
  const apart = write('aVR', 240, 110);
  const trace = blank();
  drawTrace(
    trace,
    Array.from({ length: 400 }, (_, x): [number, number] => [x, 60 + 3 * Math.sin(x / 9)]),
    2.4,
  );
  const ink = blank();
  const lettering = blank();
  const letteringOnly = blank();
  for (let k = 0; k < ink.data.length; k++) {
    ink.data[k] = Math.max(through.data[k]!, apart.data[k]!, trace.data[k]!);
    lettering.data[k] = through.data[k]!;
    letteringOnly.data[k] = Math.max(0, through.data[k]! - trace.data[k]!);
  }
  const { words, print } = readThrough(ink, { coverage: ink, lettering, letteringOnly }, 0.4, PX_PER_MM);
  const read = words.map(({ box }) => {
    const probabilities = readLabel(print, box);
    return LABEL_CLASSES[probabilities.indexOf(Math.max(...probabilities))];
  });
  expect(read.sort()).toEqual(['V3', 'aVR']);
});
