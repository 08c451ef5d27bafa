import { describe, expect, test } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { rectifyPage } from './rectify-page.ts';
import { imageToCanonical } from './warp-map.ts';

/** Pale red ECG paper, `mmX(x, y)` and `mmY(x, y)` telling the paper point that a pixel shows. */
function drawGrid(
  width: number,
  height: number,
  paper: (x: number, y: number) => readonly [number, number],
  ink: { readonly major: number; readonly minor: number } = { major: 0.6, minor: 0.3 },
): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [mmX, mmY] = paper(x, y);
      const major = Math.max(line(mmX, 5, 0.35), line(mmY, 5, 0.35));
      const minor = Math.max(line(mmX, 1, 0.22), line(mmY, 1, 0.22));
      const dark = Math.max(ink.major * major, ink.minor * minor);
      data.set([250, 245 - 160 * dark, 240 - 150 * dark], (y * width + x) * 3);
    }
  }
  return { data, width, height, channels: 3 };
}

/** Soft line profile: 1 on a multiple of `period`, 0 from `width` away. */
function line(mm: number, period: number, width: number): number {
  return Math.max(0, 1 - Math.abs(mm - period * Math.round(mm / period)) / width);
}

/** Largest distance, in millimetres, from canonical 5-mm lines of points that lie on printed 5-mm crossings. */
function worstCrossing(
  raster: Raster,
  toImage: (mmX: number, mmY: number) => readonly [number, number],
  crossings: readonly (readonly [number, number])[],
): number {
  const { rectification } = rectifyPage(raster).value;
  let worst = 0;
  for (const [mmX, mmY] of crossings) {
    const [x, y] = toImage(mmX, mmY);
    for (const px of imageToCanonical(rectification.warp, x, y)) {
      const mm = px / rectification.canonicalPxPerMm;
      worst = Math.max(worst, Math.abs(mm - 5 * Math.round(mm / 5)));
    }
  }
  return worst;
}

const CROSSINGS = [10, 45, 80].flatMap((x) => [10, 30, 50].map((y) => [x, y] as const));

describe('pages with a grid', () => {
  test('turned by 12 degrees with different scales on the axes', () => {
    const angle = (12 * Math.PI) / 180;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const toImage = (x: number, y: number) =>
      [120 + 7 * c * x - 6 * s * y, 40 + 7 * s * x + 6 * c * y] as const;
    const toPaper = (px: number, py: number) =>
      [(c * (px - 120) + s * (py - 40)) / 7, (c * (py - 40) - s * (px - 120)) / 6] as const;
    const page = drawGrid(800, 560, toPaper);
    expect(worstCrossing(page, toImage, CROSSINGS)).toBeLessThan(0.06);
    const { value, confidence } = rectifyPage(page);
    expect(value.rectification.pxPerMmX).toBeCloseTo(7, 1);
    expect(value.rectification.pxPerMmY).toBeCloseTo(6, 1);
    expect(value.rectification.skewDegrees).toBeCloseTo(12, 0);
    expect(confidence).toBeGreaterThan(0.7);
  });

  test('curled: lines that wave by 3 mm over the page', () => {
    const bend = (x: number) => 3 * Math.sin(x / 25);
    const toImage = (x: number, y: number) => [7 * x, 30 + 7 * (y + bend(x))] as const;
    const page = drawGrid(800, 520, (px, py) => [px / 7, (py - 30) / 7 - bend(px / 7)]);
    expect(worstCrossing(page, toImage, CROSSINGS)).toBeLessThan(0.12);
  });
});

/** Speckles black waves over a page, from the same seed the same. */
function scribble(page: Raster, seed: number): Raster {
  let state = seed;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let row = 60; row < page.height - 60; row += 90) {
    let y = row;
    for (let x = 20; x < page.width - 20; x++) {
      y += (random() - 0.5) * 6 + (row - y) / 20;
      const peak = x % 97 < 3 ? 45 : 1;
      for (let k = 0; k < peak + 2; k++) {
        const at = (Math.max(0, Math.round(y) - k) * page.width + x) * 3;
        page.data.fill(20, at, at + 3);
      }
    }
  }
  return page;
}

/** Largest departure of the lattice from being even over the page, millimetres, whichever line it counts from. */
function worstUnevenness(raster: Raster, pxPerMm: number): number {
  const { rectification } = rectifyPage(raster).value;
  const off: [number[], number[]] = [[], []];
  for (let x = 40; x < raster.width - 40; x += 37) {
    for (let y = 40; y < raster.height - 40; y += 37) {
      imageToCanonical(rectification.warp, x, y).forEach((px, axis) => {
        off[axis as 0 | 1].push(px / rectification.canonicalPxPerMm - (axis === 0 ? x : y) / pxPerMm);
      });
    }
  }
  return Math.max(...off.map((values) => Math.max(...values) - Math.min(...values)));
}

describe('unusual grids', () => {
  test('large and small boxes alike, full of ink: no line is skipped', () => {
    const page = drawGrid(1200, 900, (x, y) => [x / 5.15, y / 5.15], { major: 0.2, minor: 0.19 });
    expect(worstUnevenness(scribble(page, 11), 5.15)).toBeLessThan(0.3);
  });

  test('small boxes alone are taken for 1 mm', () => {
    const page = drawGrid(1250, 640, (x, y) => [x / 6.2, y / 6.2], { major: 0, minor: 0.4 });
    expect(worstUnevenness(scribble(page, 5), 6.2)).toBeLessThan(0.3);
  });

  test('large boxes alone keep even under dense traces', () => {
    const page = drawGrid(1250, 640, (x, y) => [x / 4.5, y / 4.5], { major: 0.3, minor: 0 });
    expect(worstUnevenness(scribble(page, 7), 4.5)).toBeLessThan(0.3);
  });

  test('ink without any grid is no grid', () => {
    const page = drawGrid(1250, 900, () => [0.5, 0.5]);
    const { value, reasons } = rectifyPage(scribble(page, 3));
    expect(value.rectification.gridKind).toBe('none');
    expect(reasons.map((reason) => reason.code)).toContain('grid-missing');
  });
});

describe('pictures without a grid', () => {
  const blank = (width: number, height: number): Raster => ({
    data: new Uint8Array(width * height).fill(255),
    width,
    height,
    channels: 1,
  });

  test.each([
    [1, 1],
    [1, 900],
    [300, 200],
  ])('a blank %i x %i picture gets a guess of low confidence and a reason', (width, height) => {
    const { value, confidence, reasons } = rectifyPage(blank(width, height));
    expect(value.rectification.gridKind).toBe('none');
    expect(confidence).toBeLessThan(0.3);
    expect(reasons.map((reason) => reason.code)).toContain('grid-missing');
  });

  test('a grid that is known to be none is not used', () => {
    const page = drawGrid(1250, 900, (x, y) => [x / 10, y / 10]);
    expect(rectifyPage(page).value.rectification.gridKind).not.toBe('none');
    const { value, reasons } = rectifyPage(page, { noGrid: true });
    expect(value.rectification.gridKind).toBe('none');
    expect(reasons.map((reason) => reason.code)).toContain('grid-missing');
  });

  test('the stated scale is used', () => {
    const { value } = rectifyPage(blank(400, 300), { overrides: { pxPerMm: 8 } });
    expect(value.rectification.pxPerMmX).toBeCloseTo(8, 6);
    expect(value.rectification.canonicalPxPerMm).toBe(8);
  });
});

test('a fired signal stops the work', () => {
  const page = drawGrid(300, 300, (x, y) => [x / 7, y / 7]);
  expect(() => rectifyPage(page, { signal: AbortSignal.abort() })).toThrow();
});
