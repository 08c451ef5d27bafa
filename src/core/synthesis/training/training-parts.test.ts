import { describe, expect, it } from 'vitest';
import type { LeadName } from '../../../shared/lead-name.ts';
import type { Raster } from '../../image/raster.ts';
import { paintGrid } from '../page/paint-grid.ts';
import { PINK_GRID } from '../page/page-options.ts';
import { createRandom } from '../random.ts';
import { dropUnseen } from './drop-unseen.ts';
import { gridStrokes } from './grid-strokes.ts';
import { varySignals } from './vary-signals.ts';

describe('dropUnseen', () => {
  const [width, height] = [60, 30];
  const scene = () => {
    const data = new Uint8Array(width * height * 3).fill(220);
    const plane = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (const x of [5, 15, 25, 35, 45, 55]) {
        plane[y * width + x] = 255;
        // The lines of the right half are as light as the paper.
        if (x < 30) data.fill(180, 3 * (y * width + x), 3 * (y * width + x) + 3);
      }
    }
    return { raster: { data, width, height, channels: 3 } as Raster, plane };
  };

  it('empties blocks whose ink nobody sees, and their weight when asked', () => {
    const { raster, plane } = scene();
    const weight = new Uint8Array(width * height).fill(255);
    dropUnseen(raster, plane, [], 30, weight);
    expect([plane[5], plane[25], plane[35], plane[55]]).toEqual([255, 255, 0, 0]);
    expect([weight[5], weight[35], weight[29], weight[30]]).toEqual([255, 0, 255, 0]);
  });

  it('does not take other ink for the one that is sought', () => {
    const { raster, plane } = scene();
    const other = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) other.fill(255, y * width, y * width + 30);
    dropUnseen(raster, plane, [other], 30);
    // Under other ink nothing can be said, so nothing is taken away.
    expect(plane[5]).toBe(255);
  });

  it('keeps blocks without ink as they are', () => {
    const { raster } = scene();
    const plane = new Uint8Array(width * height);
    const weight = new Uint8Array(width * height).fill(255);
    dropUnseen(raster, plane, [], 30, weight);
    expect(weight.every((value) => value === 255)).toBe(true);
  });
});

describe('gridStrokes', () => {
  const box = { x0: 2, y0: 3, x1: 42, y1: 33 };
  const scale = { pxPerMmX: 7.87, pxPerMmY: 7.87 };

  it.each([false, true])('names the lines that paintGrid prints, snapped: %s', (snapped) => {
    const style = { ...PINK_GRID, snapped };
    const [fine, strong] = gridStrokes(box, style, scale, { x0: 0, y0: 0, x1: 50, y1: 50 });
    expect([fine.strokes.length, strong.strokes.length]).toEqual([41 + 31, 9 + 7]);
    const { major } = paintGrid(400, 300, box, style, scale);
    for (const { 0: x, 1: y, 2: next } of strong.strokes) {
      if (x !== next) continue;
      const column = Math.floor(x! * scale.pxPerMmX);
      const row = Math.floor((y! + 2.5) * scale.pxPerMmY);
      const around = [-1, 0, 1].map((d) => major.data[row * 400 + column + d]!);
      expect(Math.max(...around)).toBeGreaterThan(80);
    }
    if (snapped) expect(strong.widthMm * scale.pxPerMmX).toBeCloseTo(2, 6);
  });

  it('leaves out what lies outside the area', () => {
    const [fine] = gridStrokes(box, { ...PINK_GRID, minor: 'dot' }, scale, {
      x0: 10,
      y0: 10,
      x1: 20,
      y1: 15,
    });
    expect(fine.strokes).toHaveLength(11 * 6);
  });
});

describe('varySignals', () => {
  const source = new Map<LeadName, Float32Array>(
    (['I', 'II', 'V1'] as const).map((lead, k) => [
      lead,
      Float32Array.from({ length: 500 }, (_, i) => Math.sin(0.05 * i + k)),
    ]),
  );

  it('keeps leads and lengths, leaves its source alone, and is the same for the same seed', () => {
    const before = source.get('I')!.slice();
    const once = varySignals(source, 250, createRandom(9));
    expect([...once.keys()]).toEqual(['I', 'II', 'V1']);
    expect(once.get('V1')).toHaveLength(500);
    expect(source.get('I')).toEqual(before);
    expect(varySignals(source, 250, createRandom(9))).toEqual(once);
  });

  it('varies heights within bounds', () => {
    const peaks = Array.from({ length: 60 }, (_, seed) =>
      Math.max(...varySignals(source, 250, createRandom(seed)).get('II')!),
    );
    expect(new Set(peaks).size).toBe(60);
    expect(Math.max(...peaks)).toBeLessThan(6);
    expect(peaks.filter((peak) => peak > 0.4).length).toBeGreaterThan(50);
  });
});
