import { describe, expect, test } from 'vitest';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { randomEcg, type EcgKind } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import type { PageOptions } from '../../src/core/synthesis/page/page-options.ts';
import { paintStrokes } from '../../src/core/synthesis/page/paint-strokes.ts';
import { renderPage } from '../../src/core/synthesis/page/render-page.ts';
import { textStrokes, type Stroke } from '../../src/core/synthesis/page/text-strokes.ts';
import { createRandom, type Random } from '../../src/core/synthesis/random.ts';

const WIDTH = 720;
const HEIGHT = 540;
const INK: readonly [number, number, number] = [30, 30, 40];

/** A picture whose pixels follow from their place. */
function shaded(
  paint: (x: number, y: number) => readonly [number, number, number],
  [width, height] = [WIDTH, HEIGHT],
): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * 3);
  }
  return { data, width, height, channels: 3 };
}

/** Lines drawn with a pen of two pixels over a picture (white paper unless given). */
function drawn(strokes: readonly Stroke[], over = shaded(() => [255, 255, 255])): Raster {
  const plane = { data: new Uint8Array(WIDTH * HEIGHT), width: WIDTH, height: HEIGHT };
  paintStrokes(plane, strokes, { pxPerMmX: 1, pxPerMmY: 1 }, { widthMm: 2, softnessPx: 1 });
  plane.data.forEach((ink, k) => {
    for (let c = 0; c < 3; c++) over.data[3 * k + c]! += ((INK[c]! - over.data[3 * k + c]!) * ink) / 255;
  });
  return over;
}

const chain = (...points: number[]): Stroke => Float32Array.from(points);
const curve = (from: number, to: number, y: (x: number) => number): Stroke =>
  Float32Array.from({ length: 2 * (to - from) }, (_, k) =>
    k % 2 === 0 ? from + k / 2 : y(from + (k - 1) / 2),
  );

function blankGrid(pitch: number, minor: number, major: number): Raster {
  return shaded((x, y) => {
    const line = x % pitch === 0 || y % pitch === 0;
    const strong = x % (5 * pitch) === 0 || y % (5 * pitch) === 0;
    const level = strong ? major : line ? minor : 250;
    return [250, level, level];
  });
}

function page(random: Random, words: number): Stroke[] {
  const letters = 'etaoinshrdlucmfwypvbgkjqxz ';
  const strokes: Stroke[] = [];
  for (let y = 40; y < HEIGHT - 20; y += 22) {
    const line = Array.from({ length: words * 6 }, () => random.pick([...letters])).join('');
    strokes.push(
      ...textStrokes(line, 30, y, { capMm: 10 }).strokes.filter((s) => s.every((v) => v < WIDTH - 20)),
    );
  }
  return strokes;
}

function table(random: Random): Stroke[] {
  const strokes: Stroke[] = [];
  for (let y = 30; y <= 510; y += 24) {
    strokes.push(chain(30, y, 690, y));
    for (let x = 30; y < 510 && x < 690; x += 110) {
      strokes.push(...textStrokes(random.uniform(0, 9999).toFixed(2), x + 8, y + 18, { capMm: 10 }).strokes);
    }
  }
  for (let x = 30; x <= 690; x += 110) strokes.push(chain(x, 30, x, 510));
  return strokes;
}

function music(random: Random): Stroke[] {
  const strokes: Stroke[] = [];
  for (let y = 50; y < 480; y += 90) {
    for (let k = 0; k < 5; k++) strokes.push(chain(30, y + 9 * k, 690, y + 9 * k));
    for (let x = 60; x < 680; x += 22) {
      const head = y + 4.5 * random.integer(0, 9);
      for (let r = 0; r < 4; r++) strokes.push(chain(x - 5, head - 2 + r, x + 5, head - 2 + r));
      strokes.push(chain(x + 5, head, x + 5, head - 30));
    }
  }
  return strokes;
}

function barChart(random: Random): Stroke[] {
  const strokes: Stroke[] = [chain(40, 30, 40, 500, 690, 500)];
  for (let x = 60; x < 680; x += 36) {
    const top = random.uniform(60, 460);
    for (let k = 0; k < 20; k++) strokes.push(chain(x + k, top, x + k, 500));
  }
  for (let y = 50; y < 500; y += 50) strokes.push(chain(40, y, 690, y));
  return strokes;
}

const random = (): Random => createRandom(5);
const pictures: readonly (readonly [string, () => Raster])[] = [
  [
    'coloured noise',
    () =>
      ((r) => shaded(() => [r.integer(0, 255), r.integer(0, 255), r.integer(0, 255)], [360, 270]))(random()),
  ],
  ['black specks', () => ((r) => shaded(() => (r.chance(0.03) ? INK : [255, 255, 255])))(random())],
  [
    'a checkerboard',
    () => shaded((x, y) => ((Math.floor(x / 20) + Math.floor(y / 20)) % 2 ? [0, 0, 0] : [255, 255, 255])),
  ],
  ['fine pink graph paper', () => blankGrid(5, 215, 160)],
  ['coarse gray graph paper', () => blankGrid(12, 190, 110)],
  [
    'graph paper with a speed and a gain printed on it',
    () => drawn(textStrokes('25mm/s 10mm/mV', 40, 500, { capMm: 14 }).strokes, blankGrid(6, 215, 160)),
  ],
  ['a page of text', () => drawn(page(random(), 11))],
  ['a table of numbers', () => drawn(table(random()))],
  ['sheet music', () => drawn(music(random()))],
  ['a bar chart', () => drawn(barChart(random()))],
  [
    'ruled paper',
    () => drawn(Array.from({ length: 16 }, (_, k) => chain(0, 40 + 30 * k, WIDTH, 40 + 30 * k))),
  ],
  [
    'sine waves',
    () => drawn([0, 1, 2, 3].map((k) => curve(30, 690, (x) => 90 + 120 * k + 30 * Math.sin(x / 18 + k)))),
  ],
  [
    'sine waves on graph paper',
    () =>
      drawn(
        [0, 1, 2].map((k) => curve(30, 690, (x) => 120 + 150 * k + 40 * Math.sin(x / 12 + k))),
        blankGrid(6, 215, 160),
      ),
  ],
  [
    'noisy lines that do not beat',
    () =>
      ((r) => drawn(Array.from({ length: 8 }, (_, k) => curve(30, 690, () => 50 + 60 * k + r.normal(0, 7)))))(
        random(),
      ),
  ],
  [
    'circles',
    () =>
      shaded((x, y) =>
        Math.floor(Math.hypot(x - 360, y - 270) / 4) % 3 === 0 ? [40, 40, 40] : [255, 255, 255],
      ),
  ],
  [
    'hills under a sky',
    () =>
      shaded((x, y) =>
        y > 300 + 80 * Math.sin(x / 90) + 30 * Math.sin(x / 23) ? [50, 90, 40] : [150, 190, 250],
      ),
  ],
];

describe('pictures of other things are refused, and why is said', () => {
  test.each(pictures)('%s', async (_what, paint) => {
    const result = await digitizePage(paint());
    expect(result).toMatchObject({ status: 'failed', confidence: 0, signals: [], paths: [] });
    const errors = result.reasons.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toContain('no-ecg');
    expect(errors[0]!.message).toMatch(/no ecg|no row of ecg/i);
  });
});

const bare: Partial<PageOptions> = { pulse: 'none', footer: '', text: { labels: false }, dpi: 100 };
const pages: readonly (readonly [string, EcgKind, Partial<PageOptions>])[] = [
  ['a normal page', 'normal', { layout: '3x4+1' }],
  ['a slow heart in short leads', 'bradycardia', { layout: '3x4' }],
  ['a fast heart', 'tachycardia', { layout: '6x2' }],
  ['fibrillating atria', 'atrial-fibrillation', { layout: '12x1' }],
  ['premature beats in one strip', 'premature-beats', { layout: 'strip', paperMm: [279, 70] }],
  [
    'wide complexes on gray paper',
    'wide-qrs',
    { layout: '6x2+1', conditions: { colours: 'gray', noise: 4 } },
  ],
  [
    'low voltage, tilted',
    'low-voltage',
    { layout: '3x4+1', conditions: { rotationDegrees: 1.5, blurPx: 0.6 } },
  ],
];

describe('ECGs without lead names, pulses and print are still known by their beats', () => {
  test.each(pages)('%s', async (_what, kind, options) => {
    const source = createRandom(17);
    const ecg = simulateEcg(randomEcg(source, kind), { seconds: 10, fs: 500, random: source });
    const { raster } = renderPage({ signals: ecg.leads, fs: ecg.fs, layout: '3x4', ...bare, ...options });
    const result = await digitizePage(raster);
    expect(result.reasons.filter(({ code }) => code === 'no-ecg')).toEqual([]);
    expect(result.status).toBe('ok');
  });
});

test('what a person states is believed: lines without beats are traced when the layout is given', async () => {
  const waves = drawn(
    [0, 1, 2].map((k) => curve(30, 690, (x) => 120 + 150 * k + 40 * Math.sin(x / 12 + k))),
    blankGrid(6, 215, 160),
  );
  const result = await digitizePage(waves, { overrides: { layout: '3x1' } });
  expect(result.reasons.filter(({ code }) => code === 'no-ecg')).toEqual([]);
  expect(result.signals.length).toBeGreaterThan(0);
});
