import { describe, expect, it } from 'vitest';
import type { Raster } from '../../image/raster.ts';
import { createRandom } from '../random.ts';
import { sampleField } from '../sample-field.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import { applyLamp } from './apply-lamp.ts';
import { applyMoire } from './apply-moire.ts';
import { applySensor } from './apply-sensor.ts';
import { createBackground } from './background.ts';
import { blackBody } from './black-body.ts';
import { createCrumpleShade } from './crumple-shade.ts';
import { jpegArtefacts } from './jpeg-artefacts.ts';
import { createMissingPaper } from './missing-paper.ts';
import { addPaperGrain } from './paper-grain.ts';
import { shadeFurrows } from './shade-furrows.ts';
import { soilPaper } from './soil-paper.ts';
import { toBilevel } from './to-bilevel.ts';

function picture(width: number, height: number, value: (x: number, y: number) => number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    data.fill(value(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  return { data, width, height, channels: 3 };
}
const gray = (width: number, height: number, value: (x: number, y: number) => number): Raster => ({
  data: Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  width,
  height,
  channels: 1,
});
const mean = (data: ArrayLike<number>) => Array.from(data).reduce((a, b) => a + b, 0) / data.length;
const deviation = (data: ArrayLike<number>) => {
  const middle = mean(data);
  return Math.sqrt(mean(Array.from(data, (value) => (value - middle) ** 2)));
};
const frame = (raster: Raster) => ({ x0: 0, y0: 0, x1: raster.width, y1: raster.height });

describe('fields', () => {
  it('sampleField is exact for planes and close for smooth functions', () => {
    const noise = createSmoothNoise(createRandom(1), 40);
    let worst = 0;
    sampleField(
      { width: 37, height: 29, stepPx: 8 },
      (x, y) => 2 * x - 3 * y + 1,
      (y, row) => {
        for (let x = 0; x < 37; x++) worst = Math.max(worst, Math.abs(row[x]! - (2 * x - 3 * y + 1)));
      },
    );
    expect(worst).toBeLessThan(1e-3);
    sampleField({ width: 60, height: 50, stepPx: 4 }, noise, (y, row) => {
      for (let x = 0; x < 60; x++) worst = Math.max(worst, Math.abs(row[x]! - noise(x, y)));
    });
    expect(worst).toBeLessThan(0.03);
  });

  it('smooth noise stays within its bounds and has no jumps', () => {
    const noise = createSmoothNoise(createRandom(3), 10);
    for (let x = -50; x < 50; x += 0.1) {
      expect(Math.abs(noise(x, 7.3))).toBeLessThanOrEqual(1);
      expect(Math.abs(noise(x + 0.1, 7.3) - noise(x, 7.3))).toBeLessThan(0.04);
    }
  });
});

describe('paper', () => {
  it('punches round holes and tears sides', () => {
    const punched = createMissingPaper(
      [280, 210],
      { punchedHoles: 2, tornSides: 0, tornCorners: 0 },
      createRandom(1),
    )!;
    let missing = 0;
    for (let y = 0; y < 210; y += 0.5) for (let x = 0; x < 280; x += 0.5) if (punched(x, y) < 0) missing++;
    expect(missing / 4).toBeCloseTo(2 * Math.PI * 9, -1);
    const torn = createMissingPaper(
      [280, 210],
      { punchedHoles: 0, tornSides: 1, tornCorners: 1 },
      createRandom(2),
    )!;
    expect(torn(140, 105)).toBeGreaterThan(0);
    const rim = [torn(0.2, 105), torn(279.8, 105), torn(140, 0.2), torn(140, 209.8)];
    expect(Math.min(...rim)).toBeLessThan(0);
    expect(
      createMissingPaper([9, 9], { punchedHoles: 0, tornSides: 0, tornCorners: 0 }, createRandom(1)),
    ).toBeNull();
  });

  it('crumples around full brightness, the more the deeper', () => {
    const spread = (depth: number) => {
      const shade = createCrumpleShade({ depth, sizeMm: 15, shiftMm: 0 }, createRandom(4));
      const values = Array.from({ length: 4000 }, (_, k) => shade((k % 63) * 3, Math.floor(k / 63) * 3));
      expect(mean(values)).toBeCloseTo(1, 0);
      return deviation(values);
    };
    expect(spread(0.5)).toBeGreaterThan(3 * spread(0.1));
  });

  it('roughens paper by the asked deviation', () => {
    const page = picture(200, 200, () => 128);
    addPaperGrain(page, 4, createRandom(1));
    expect(mean(page.data)).toBeCloseTo(128, 0);
    expect(deviation(page.data)).toBeCloseTo(4.8, 0);
  });

  it('highlights without touching black, and specks white', () => {
    const part = (value: number) => {
      const page = picture(400, 300, () => value);
      return { picture: page, frame: frame(page), full: page, paperMm: [100, 75] as const, pxPerMm: 4 };
    };
    const black = part(0);
    soilPaper(black, { highlights: 5, mould: 2, specks: 50 }, createRandom(1));
    expect(black.picture.data.every((value) => value === 0)).toBe(true);
    const white = part(255);
    soilPaper(white, { highlights: 3 }, createRandom(1));
    const coloured = white.picture.data.filter(
      (value, k) => value !== white.picture.data[k - (k % 3)],
    ).length;
    expect(coloured).toBeGreaterThan(1000);
  });
});

describe('light', () => {
  it('falls off to one side, shadows and shines', () => {
    const dim = picture(160, 120, () => 200);
    applyLamp(dim, frame(dim), dim, { gradient: 0.5, hardShadow: 0.3 }, createRandom(1));
    expect(Math.max(...dim.data)).toBeLessThanOrEqual(200);
    expect(Math.min(...dim.data)).toBeLessThan(140);
    const bright = picture(160, 120, () => 100);
    applyLamp(bright, frame(bright), bright, { glare: { spots: 3, strength: 90 } }, createRandom(1));
    expect(Math.min(...bright.data)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...bright.data)).toBeGreaterThan(130);
  });

  it('stripes screens in colours', () => {
    const page = picture(120, 90, () => 200);
    applyMoire(page, frame(page), 0.2, createRandom(5));
    expect(deviation(page.data)).toBeGreaterThan(5);
    expect(Math.max(...page.data)).toBeLessThanOrEqual(200);
    expect(page.data.some((value, k) => k % 3 === 1 && value !== page.data[k - 1])).toBe(true);
  });

  it('knows the colour of lamps', () => {
    expect(blackBody(6500)).toEqual([255, 255, 255]);
    const [r, g, b] = blackBody(2800);
    expect(r > g && g > b).toBe(true);
    expect(blackBody(15_000)[0]).toBeLessThan(blackBody(15_000)[2]);
  });

  it.each(['plain', 'wood', 'cloth', 'speckled'] as const)('lays pages on %s', (texture) => {
    const paint = createBackground([120, 90, 60], texture, 1000, createRandom(2));
    const data = new Uint8Array(3 * 900);
    for (let k = 0; k < 900; k++) paint((k % 30) * 20, Math.floor(k / 30) * 20, data, 3 * k);
    expect(mean(data.filter((_, k) => k % 3 === 0))).toBeCloseTo(120, -2);
    expect(deviation(data.filter((_, k) => k % 3 === 0)) > 1).toBe(texture !== 'plain');
  });
});

describe('sensors', () => {
  it('moves, sharpens, levels and colours', () => {
    const edge = picture(40, 40, (x) => (x < 20 ? 60 : 190));
    const moved = applySensor(edge, { motionPx: 6 }, createRandom(1));
    expect(moved.data[3 * (20 * 40 + 19)]!).toBeGreaterThanOrEqual(60);
    expect(mean(moved.data)).toBeCloseTo(mean(edge.data), 0);
    const sharp = applySensor(edge, { sharpen: 1 }, createRandom(1));
    expect([sharp.data[3 * (20 * 40 + 19)]! < 60, sharp.data[3 * (20 * 40 + 20)]! > 190]).toEqual([
      true,
      true,
    ]);
    const levelled = applySensor(edge, { levels: [60, 190] }, createRandom(1));
    expect([levelled.data[0], levelled.data[3 * 39]]).toEqual([0, 255]);
    const blotched = applySensor(
      picture(80, 80, () => 128),
      { chromaNoise: 4 },
      createRandom(1),
    );
    expect(deviation(blotched.data.filter((_, k) => k % 3 === 0))).toBeGreaterThan(2);
    expect(blotched.data[1]).toBe(128);
  });

  it('JPEG leaves fine quality nearly untouched and spoils low quality, sizes that are no blocks too', () => {
    const page = () => picture(53, 41, (x, y) => 128 + 90 * Math.sin(0.5 * x) * Math.cos(0.3 * y));
    const error = (quality: number, one = page()) => {
      const before = one.data.slice();
      jpegArtefacts(one, quality);
      return Math.sqrt(mean(before.map((value, k) => (value - one.data[k]!) ** 2)));
    };
    expect(error(100)).toBeLessThan(1.5);
    expect(error(10)).toBeGreaterThan(4 * error(95));
    expect(
      error(
        100,
        gray(53, 41, (x, y) => (x * 3 + y * 2) % 256),
      ),
    ).toBeLessThan(1.5);
  });

  it.each(['fixed', 'local', 'ordered', 'diffusion'] as const)('%s leaves black and white only', (method) => {
    const page = gray(64, 64, (x) => (x % 16 < 2 ? 20 : 235));
    toBilevel(page, 160, method);
    expect(new Set(page.data)).toEqual(new Set([0, 255]));
    expect(page.data[64 * 32 + 1]).toBe(0);
    expect(mean(page.data)).toBeGreaterThan(190);
  });

  it('diffusion keeps the mean of half tones', () => {
    const page = gray(80, 80, () => 100);
    toBilevel(page, 170, 'diffusion');
    expect(mean(page.data)).toBeCloseTo(100, -1);
  });
});

describe('furrows', () => {
  const part = (left: number, top: number, width: number, height: number) => ({
    picture: picture(width, height, () => 200),
    frame: { x0: left, y0: top, x1: left + width, y1: top + height },
    full: { width: 400, height: 300 },
    paperMm: [50, 37.5] as const,
    pxPerMm: 8,
  });

  it('are as dark as ink somewhere, soft at their edges, and leave most of the paper as it is', () => {
    const page = part(0, 0, 400, 300);
    shadeFurrows(page, { count: 4, depth: 0.9 }, createRandom(5));
    const { data } = page.picture;
    expect(data.reduce((least, value) => Math.min(least, value))).toBeLessThan(60);
    expect(data.filter((value) => value === 200).length).toBeGreaterThan(0.4 * data.length);
    let steepest = 0;
    for (let i = 3; i < data.length; i += 3) {
      if (i % 1200 > 0) steepest = Math.max(steepest, Math.abs(data[i]! - data[i - 3]!));
    }
    expect(steepest).toBeLessThan(90);
  });

  it('lie at the same place of the page whatever part of it is drawn', () => {
    const whole = part(0, 0, 400, 300);
    const piece = part(120, 80, 90, 70);
    for (const one of [whole, piece]) shadeFurrows(one, { count: 9, depth: 0.7 }, createRandom(2));
    for (const [x, y] of [
      [0, 0],
      [45, 30],
      [89, 69],
    ] as const) {
      const there = whole.picture.data[3 * ((y + 80) * 400 + x + 120)]!;
      expect(Math.abs(piece.picture.data[3 * (y * 90 + x)]! - there)).toBeLessThanOrEqual(1);
    }
  });
});
