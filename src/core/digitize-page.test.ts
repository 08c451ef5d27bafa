import { expect, test } from 'vitest';
import { AppError } from '../shared/app-error.ts';
import { digitizePage } from './digitize-page.ts';
import { pictureStyle } from './explore/picture-style.ts';
import type { Raster } from './image/raster.ts';
import type { Segmentation } from './mask/segmentation.ts';
import { randomEcg } from './synthesis/ecg/random-ecg.ts';
import { simulateEcg } from './synthesis/ecg/simulate-ecg.ts';
import { renderPage } from './synthesis/page/render-page.ts';
import { createRandom } from './synthesis/random.ts';

const random = createRandom(5);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 500, random });
const { raster } = renderPage({
  signals: ecg.leads,
  fs: ecg.fs,
  layout: '3x1',
  dpi: 100,
  text: { labels: false },
});

test('a page whose model fails is digitized without it, and says so', async () => {
  const alone = await digitizePage(raster);
  const page = await digitizePage(raster, {
    segment: () => Promise.reject(new AppError('unsupported', 'ONNX Runtime refuses the model.')),
  });
  expect(page.status).toBe('ok');
  expect(page.signals).toEqual(alone.signals);
  const reason = page.reasons.find(({ code }) => code === 'model-failed');
  expect(reason?.message).toBe('The page was digitized without the model. ONNX Runtime refuses the model.');
});

test('a page that is sure is not shown to the model', async () => {
  const { raster } = renderPage({ signals: ecg.leads, fs: ecg.fs, layout: '3x1', dpi: 130 });
  let looks = 0;
  const segment = () => Promise.resolve((looks++, null));
  const page = await digitizePage(raster, { segment });
  expect([page.status, looks]).toEqual(['ok', 0]);
});

test('what a model sees is forgotten where it brings nothing', async () => {
  const plain = await digitizePage(raster);
  const blind = ({ width, height }: Raster): Promise<Segmentation> => {
    const plane = new Float32Array(width * height);
    return Promise.resolve({
      width,
      height,
      planes: { trace: plane, mark: plane, text: plane, grid: plane },
    });
  };
  const page = await digitizePage(raster, { segment: blind });
  expect(page.signals).toEqual(plain.signals);
  expect(page.reasons.map(({ code }) => code)).not.toContain('model-helped');
});

test('of two models the one whose reading is trusted more is taken, and named where it is the general one', async () => {
  const { width, height } = raster;
  const data = raster.data.slice();
  const channels = data.length / (width * height);
  // Blue waves across the page, which only a model tells from the black traces.
  for (let wave = 1; wave < 9; wave++) {
    for (let x = 0; x < width; x++) {
      const y = Math.round((wave * height) / 9 + 14 * Math.sin(x / 17 + wave));
      for (let row = y - 1; row <= y + 1; row++)
        data.set([30, 30, 200].slice(0, channels), (row * width + x) * channels);
    }
  }
  const planesOf = (flat: Raster, isTrace: (k: number) => boolean): Segmentation => {
    const none = new Float32Array(flat.width * flat.height);
    const trace = none.map((_, k) => (isTrace(k) ? 1 : 0));
    return { width: flat.width, height: flat.height, planes: { trace, mark: none, text: none, grid: none } };
  };
  const seeing = (flat: Raster) =>
    Promise.resolve(planesOf(flat, (k) => flat.data[k * 3 + 2]! < 110 && flat.data[k * 3]! < 110));
  const blind = (flat: Raster) => Promise.resolve(planesOf(flat, () => false));
  const spoilt = { ...raster, data };
  const codes = async (segment: typeof seeing, general: typeof seeing | null) =>
    (await digitizePage(spoilt, { segment, general })).reasons.map(({ code }) => code);

  expect(await codes(blind, null)).not.toContain('model-helped');
  expect(await codes(blind, seeing)).toEqual(expect.arrayContaining(['model-helped', 'general-model']));
  const own = await codes(seeing, blind);
  expect(own).toContain('model-helped');
  expect(own).not.toContain('general-model');
});

test('lines of leads that are not clear are drawn as corrected pages showed, and the page says by how much', async () => {
  const line = { weights: [-0.1, -0.02, 0, 0, 0, 0, 0, 0] };
  const plain = await digitizePage(raster);
  const sharper = await digitizePage(raster, { habits: { pages: [], line } });
  expect(sharper.reasons.find(({ code }) => code === 'lines-by-habit')?.message).toMatch(
    /by 0\.\d\d mm at most/,
  );
  for (const [index, { millivolts }] of sharper.signals.entries()) {
    const before = plain.signals[index]!.millivolts;
    const [most, most0] = [millivolts, before].map((all) => all.reduce((top, one) => Math.max(top, one), 0));
    if (plain.signals[index]!.trust! < 0.8) expect(most).toBeGreaterThan(most0!);
    else expect(most).toBe(most0);
    expect(most! - most0!).toBeLessThan(0.2);
  }
  const clear = plain.signals.filter(({ trust }) => trust! >= 0.8);
  expect([clear.length > 0, clear.length < plain.signals.length]).toEqual([true, true]);
});

test('a cancelled page does not go on without its model', async () => {
  const stop = new AbortController();
  const page = digitizePage(raster, {
    signal: stop.signal,
    segment: () => {
      stop.abort();
      return Promise.reject(new Error('stopped'));
    },
  });
  await expect(page).rejects.toMatchObject({ code: 'cancelled' });
});

test('a page whose bars look like traces on their side is read as it was given', async () => {
  const labelled = renderPage({ signals: ecg.leads, fs: ecg.fs, layout: '3x1', dpi: 100 }).raster;
  const { width, height } = labelled;
  const data = labelled.data.slice();
  const channels = data.length / (width * height);
  for (let bar = 1; bar < 40; bar++) {
    const x = Math.round((bar * width) / 40 + 5 * Math.sin(3 * bar));
    for (let y = 0; y < height; y++) data.fill(0, (y * width + x) * channels, (y * width + x + 3) * channels);
  }
  const page = await digitizePage({ ...labelled, data });
  expect(page.rectification?.quarterTurns).toBe(0);
  expect(page.status).not.toBe('failed');
});

test('a page without a grid takes the resolution of corrected pages that look like it, and says so', async () => {
  const pxPerMm = 150 / 25.4;
  const { raster: bare } = renderPage({
    signals: ecg.leads,
    fs: ecg.fs,
    layout: '3x4',
    seconds: 8,
    dpi: 150,
    grid: null,
    pulse: 'none',
  });
  const style = [...pictureStyle(bare)];
  const like = { style, speedMmPerSecond: 25, gainMmPerMillivolt: 10, pxPerMm };
  const alone = await digitizePage(bare);
  const page = await digitizePage(bare, {
    habits: { pages: Array.from({ length: 8 }, () => ({ ...like })) },
  });
  expect(Math.abs(alone.rectification!.pxPerMmX / pxPerMm - 1)).toBeGreaterThan(0.05);
  expect(page.rectification!.pxPerMmX / pxPerMm).toBeCloseTo(1, 2);
  expect(page.reasons.find(({ code }) => code === 'grid-missing')?.message).toContain('corrected pages');
});
