import { describe, expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { GridKind, Rectification } from '../page/rectification.ts';
import { extractInk } from './extract-ink.ts';

const WIDTH = 800;
const HEIGHT = 480;
const PX_PER_MM = 8;

type Colour = readonly [number, number, number];

/** Paper with 1-mm and 5-mm lines and a 2.1-px stroke, composed as ink over grid; light falls off to the right. */
function drawPage(fine: Colour | null, coarse: Colour, ink: Colour, gridKind: GridKind) {
  const stroke = blankRaster(WIDTH, HEIGHT);
  drawTrace(
    stroke,
    Array.from({ length: WIDTH }, (_, x) => [x, rowAt(x)] as const),
    2.1,
  );
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const onCoarse = x % 40 === 0 || y % 40 === 0;
      const onFine = x % 8 === 0 || y % 8 === 0;
      const under: Colour = onCoarse ? coarse : onFine && fine ? fine : [255, 250, 245];
      const share = stroke.data[y * WIDTH + x]!;
      const light = 1 - 0.3 * (x / WIDTH);
      for (let k = 0; k < 3; k++) {
        data[(y * WIDTH + x) * 3 + k] = Math.round(light * (under[k]! * (1 - share) + ink[k]! * share));
      }
    }
  }
  const rectification = { canonicalPxPerMm: PX_PER_MM, gridKind } as Rectification;
  return { raster: { data, width: WIDTH, height: HEIGHT, channels: 3 as const }, rectification };
}

function rowAt(x: number): number {
  return 243.3 + 12 * Math.sin(x / 31);
}

/** Root mean square distance of the coverage's centre of mass per column from the true line, and stray ink. */
function judge(coverage: Float32Array): { offPx: number; stray: number } {
  let sum = 0;
  let stray = 0;
  for (let x = 20; x < WIDTH - 20; x++) {
    let mass = 0;
    let moment = 0;
    for (let y = 0; y < HEIGHT; y++) {
      const share = coverage[y * WIDTH + x]!;
      if (Math.abs(y - rowAt(x)) < 4) {
        mass += share;
        moment += share * y;
      } else if (y > 10 && y < HEIGHT - 10) stray = Math.max(stray, share);
    }
    sum += (moment / mass - rowAt(x)) ** 2;
  }
  return { offPx: Math.sqrt(sum / (WIDTH - 40)), stray };
}

describe('extractInk', () => {
  it('says how dark the page was before the grid was taken away, where that is asked for', () => {
    const page = drawPage([215, 215, 215], [150, 150, 150], [20, 20, 20], 'gray');
    const { coverage, darkness } = extractInk(page, { darkness: true }).value;
    const onLine = 40 * WIDTH + 404;
    expect(coverage.data[onLine]).toBeLessThan(0.1);
    expect(darkness!.data[onLine]).toBeGreaterThan(0.25);
    expect(extractInk(page).value.darkness).toBeUndefined();
  });

  it('separates black ink from a red grid to a twentieth of a pixel', () => {
    const { value, confidence } = extractInk(
      drawPage([255, 215, 205], [250, 120, 110], [20, 20, 25], 'colour'),
    );
    const { offPx, stray } = judge(value.coverage.data);
    expect(offPx).toBeLessThan(0.06);
    expect(stray).toBeLessThan(0.12);
    expect(Math.abs(value.strokeWidthPx - 2.1)).toBeLessThan(0.35);
    expect(confidence).toBe(1);
  });

  it('separates blue ink from a red grid', () => {
    const { value } = extractInk(drawPage([255, 215, 205], [250, 120, 110], [40, 50, 150], 'colour'));
    expect(judge(value.coverage.data).offPx).toBeLessThan(0.1);
    expect(judge(value.coverage.data).stray).toBeLessThan(0.2);
  });

  it('takes a gray grid away line by line', () => {
    const { value } = extractInk(drawPage([205, 205, 205], [130, 130, 130], [10, 10, 10], 'gray'));
    expect(judge(value.coverage.data).offPx).toBeLessThan(0.1);
    expect(judge(value.coverage.data).stray).toBeLessThan(0.2);
  });

  it('takes the pen of the traces for full ink, however much darker letters are', () => {
    const page = drawPage(null, [255, 250, 245], [200, 200, 200], 'none');
    for (let x = 40; x < 700; x += 24) {
      for (let y = 60; y < 84; y++) {
        page.raster.data.fill(15, (y * WIDTH + x) * 3, (y * WIDTH + x + 4) * 3);
      }
    }
    const { coverage } = extractInk(page).value;
    const along = Array.from({ length: WIDTH - 200 }, (_, k) => {
      const x = k + 100;
      return coverage.data[Math.round(rowAt(x)) * WIDTH + x]!;
    }).sort((a, b) => a - b);
    expect(along[along.length >> 1]).toBeGreaterThan(0.7);
    expect(coverage.data[72 * WIDTH + 42]).toBeGreaterThan(0.9);
    expect(coverage.data[72 * WIDTH + 56]).toBeLessThan(0.1);
  });

  it('says so when there is no ink', () => {
    const page = drawPage(null, [255, 250, 245], [255, 250, 245], 'none');
    const { confidence, reasons } = extractInk(page);
    expect(confidence).toBe(0);
    expect(reasons.map((reason) => reason.code)).toEqual(['no-ink']);
  });

  it('stops when asked to', () => {
    const page = drawPage(null, [200, 200, 200], [0, 0, 0], 'gray');
    expect(() => extractInk(page, { signal: AbortSignal.abort() })).toThrow(/abort/i);
  });
});
