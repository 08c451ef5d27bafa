import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { burnBoxes } from './burn-boxes.ts';
import { erasePaths } from './erase-paths.ts';
import { findPrint } from './find-print.ts';
import { joinLines } from './join-lines.ts';
import { mergeMarks } from './merge-marks.ts';
import { planRedaction } from './plan-redaction.ts';
import { shiftDate } from './shift-date.ts';

/** Paper with a grid every 10 pixels. */
function gridPaper(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const line = x % 10 === 0 || y % 10 === 0;
      data.set(line ? [240, 170, 170] : [250, 245, 240], (y * width + x) * 3);
    }
  }
  return { data, width, height, channels: 3 };
}

describe('burnBoxes', () => {
  const box = fc.record({
    x0: fc.integer({ min: -10, max: 60 }),
    y0: fc.integer({ min: -10, max: 40 }),
    width: fc.integer({ min: 1, max: 30 }),
    height: fc.integer({ min: 1, max: 20 }),
  });

  it('leaves nothing of what stood in the boxes, and everything outside as it was', () => {
    fc.assert(
      fc.property(
        fc.array(box, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(1, 3),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        (sizes, channels, noise) => {
          const [width, height] = [60, 40];
          const boxes = sizes.map((b) => ({ x0: b.x0, y0: b.y0, x1: b.x0 + b.width, y1: b.y0 + b.height }));
          const hidden = (i: number) => {
            const x = Math.floor(i / channels) % width;
            const y = Math.floor(i / channels / width);
            return boxes.some((b) => x >= b.x0 && x < b.x1 && y >= b.y0 && y < b.y1);
          };
          const random = () => noise.next().value as number;
          const data = Uint8Array.from({ length: width * height * channels }, random);
          const other = data.map((value, i) => (hidden(i) ? random() : value));
          const burnt = burnBoxes({ data, width, height, channels: channels as 1 | 3 }, boxes);
          // The result is a function of the pixels outside: another name in the box, the same picture.
          expect(burnBoxes({ ...burnt, data: other }, boxes).data).toEqual(burnt.data);
          burnt.data.forEach((value, i) => {
            if (!hidden(i) && value !== data[i]) throw new Error(`pixel ${i} outside the boxes was changed`);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets the grid go on', () => {
    const paper = gridPaper(200, 120);
    const written = { ...paper, data: paper.data.slice() };
    for (let y = 50; y < 58; y++) written.data.fill(20, (y * 200 + 60) * 3, (y * 200 + 130) * 3);
    const burnt = burnBoxes(written, [{ x0: 52, y0: 44, x1: 139, y1: 64 }]);
    let worst = 0;
    burnt.data.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - paper.data[i]!))));
    // Crossings of two lines are as dark as both together; everything else is as it was.
    expect(worst).toBeLessThan(60);
    const off = burnt.data.filter((value, i) => Math.abs(value - paper.data[i]!) > 6).length;
    expect(off / burnt.data.length).toBeLessThan(0.002);
  });

  it('fills a picture that is all box', () => {
    const burnt = burnBoxes(gridPaper(20, 20), [{ x0: 0, y0: 0, x1: 20, y1: 20 }]);
    expect(new Set(burnt.data).size).toBe(1);
  });
});

describe('planRedaction', () => {
  const boxes = [
    { x0: 1, y0: 1, x1: 5, y1: 5, kind: 'identity' as const },
    { x0: 9, y0: 1, x1: 12, y1: 5, kind: 'lead-label' as const },
  ];

  it('burns what tells who it is, of pages that were reviewed', () => {
    expect(planRedaction('a', { reviewed: true, boxes })).toEqual([{ x0: 1, y0: 1, x1: 5, y1: 5 }]);
    expect(planRedaction('a', { reviewed: true, boxes }, { kinds: ['identity', 'lead-label'] })).toHaveLength(
      2,
    );
  });

  it('refuses the others unless told otherwise', () => {
    expect(() => planRedaction('page 3', { reviewed: false, boxes })).toThrow(/^page 3: nobody has reviewed/);
    expect(() => planRedaction('page 3', null)).toThrow(/nobody has reviewed/);
    expect(planRedaction('a', { reviewed: false, boxes }, { allowUnreviewed: true })).toHaveLength(1);
    expect(planRedaction('a', null, { allowUnreviewed: true })).toEqual([]);
  });
});

describe('shiftDate', () => {
  it.each([
    ['2024-03-01', -1, '2024-02-29'],
    ['2023-03-01T08:15:00Z', -1, '2023-02-28T08:15:00Z'],
    ['20240101', -1, '20231231'],
    ['20240228093000.000000+0100', 2, '20240301093000.000000+0100'],
    ['28/02/2024', 1, '29/02/2024'],
    ['31.12.1999  23:59', 1, '01.01.2000  23:59'],
  ])('%s by %i days is %s', (text, days, expected) => {
    expect(shiftDate(text, days)).toBe(expected);
  });

  it.each(['31.02.2024', '2024-13-01', 'yesterday', '', '123', '1999'])('takes %j for no date', (text) => {
    expect(shiftDate(text, 5)).toBeNull();
  });

  it('counts days as calendars do, there and back', () => {
    const days = fc.integer({ min: -20_000, max: 20_000 });
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, days, (from, by) => {
        const text = from.toISOString().slice(0, 10);
        const expected = new Date(Date.parse(text) + by * 86_400_000).toISOString().slice(0, 10);
        expect(shiftDate(text, by)).toBe(expected);
        expect(shiftDate(expected, -by)).toBe(text);
      }),
    );
  });
});

describe('findPrint', () => {
  const pxPerMm = 8;
  const page = (marks: readonly (readonly [number, number, number, number])[]) => {
    const [width, height] = [1000, 400];
    const data = new Float32Array(width * height);
    for (const [x, y, w, h] of marks)
      for (let r = y; r < y + h; r++) data.fill(1, r * width + x, r * width + x + w);
    return { data, width, height };
  };

  it('joins letters to lines, and leaves out specks, rules and traces', () => {
    const letters = (x: number, y: number) =>
      Array.from({ length: 8 }, (_, k) => [x + k * 22, y, 14, 20] as const);
    const found = findPrint(
      page([
        ...letters(50, 40),
        ...letters(50, 80),
        ...letters(500, 40),
        [600, 300, 2, 2],
        [20, 350, 900, 4],
      ]),
      0.5,
      pxPerMm,
    );
    expect(found.map(({ pieces }) => pieces)).toEqual([8, 8, 8]);
    expect(found.map(({ box }) => box)).toContainEqual({ x0: 500, y0: 40, x1: 668, y1: 60 });
  });

  it('finds letters that a trace runs through once the trace is erased', () => {
    const letters = Array.from({ length: 5 }, (_, k) => [300 + k * 22, 190, 14, 20] as const);
    const coverage = page([...letters, [0, 205, 1000, 3]]);
    expect(findPrint(coverage, 0.5, pxPerMm)).toEqual([]);
    const path = {
      cellId: 'r0c0',
      x0: 0,
      y: new Float32Array(1000).fill(206),
      confidence: new Float32Array(1000),
      bridged: new Uint8Array(1000),
      strokeWidthPx: 3,
      fineY: new Float32Array(0),
      samplesPerPx: 1,
    };
    const [line, ...rest] = findPrint(erasePaths(coverage, [path], pxPerMm), 0.5, pxPerMm);
    expect(rest).toEqual([]);
    expect(line!.box).toMatchObject({ x0: 300, y0: 190, x1: 402 });
  });
});

describe('joinLines', () => {
  const part = (x0: number, x1: number, pieces: number, y0 = 0) => ({
    box: { x0, y0, x1, y1: y0 + 10 },
    pieces,
  });

  it('joins what faint letters keep apart, and lengthens lines', () => {
    expect(joinLines([part(0, 100, 9), part(135, 160, 2), part(300, 320, 2)])).toEqual([
      { box: { x0: -12, y0: 0, x1: 172, y1: 10 }, pieces: 11 },
      part(300, 320, 2),
    ]);
  });

  it('leaves alone what is on another line, and what may be no letters', () => {
    const alone = [part(0, 20, 2), part(30, 50, 3)];
    expect(joinLines(alone)).toEqual(alone);
    expect(joinLines([part(0, 100, 9), part(110, 160, 9, 7)])).toHaveLength(2);
  });
});

describe('mergeMarks', () => {
  it('adds what goes beyond an earlier look', () => {
    const box = (x0: number, x1: number) => ({ x0, y0: 0, x1, y1: 10, kind: 'identity' as const });
    expect(mergeMarks([[box(0, 100)], [box(0, 98), box(60, 160)]])).toEqual([box(0, 100), box(60, 160)]);
  });
});
