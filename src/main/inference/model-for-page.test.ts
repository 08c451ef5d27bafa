import { expect, test } from 'vitest';
import { pictureStyle } from '../../core/explore/picture-style.ts';
import type { Raster } from '../../core/image/raster.ts';
import { modelFileOf } from './model-file.ts';
import { modelForPage } from './model-for-page.ts';

/** A page of lines in one ink on one paper. */
function page(paper: readonly number[], ink: readonly number[], step: number): Raster {
  const [width, height] = [240, 180];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const isInk = (i % width) % step === 0 || Math.floor(i / width) % step === 0;
    data.set(isInk ? ink : paper, 3 * i);
  }
  return { data, width, height, channels: 3 };
}

const own = Array.from({ length: 8 }, (_, k) => page([250 - k, 250, 255], [40, 60, 200 - k], 12));
const habits = {
  pages: own.map((raster) => ({
    style: [...pictureStyle(raster)],
    speedMmPerSecond: 50,
    gainMmPerMillivolt: 10,
  })),
};
const general = modelFileOf('/models/general.onnx', 'general.onnx', 'aa');
const tuned = { ...modelFileOf('/models/tuned.onnx', 'tuned.onnx', 'bb'), habits, general, mirror: true };
const like = page([246, 250, 255], [40, 60, 197], 12);
const unlike = page([40, 35, 20], [250, 200, 10], 31);

test('a model looks at pages like those it learnt from, the general one at others', () => {
  expect(modelForPage(tuned, like)).toBe(tuned);
  expect(modelForPage(tuned, unlike)).toEqual({ ...general, mirror: true });
});

test('a model that has no general one, or learnt from too few pages to tell, looks at all', () => {
  for (const model of [
    null,
    general,
    { ...tuned, general: null },
    { ...tuned, habits: { pages: habits.pages.slice(0, 5) } },
  ]) {
    expect(modelForPage(model, unlike)).toBe(model);
  }
});
