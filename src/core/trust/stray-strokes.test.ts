import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import { checkStrayStrokes } from '../lint/check-stray-strokes.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { strayStrokes } from './stray-strokes.ts';

const PX_PER_MM = 6;
const WIDTH = 700;
const BASELINES = [100, 220, 340];

const cells = BASELINES.map((baselineY, row) => {
  const lead = (['V4', 'V5', 'V6'] as const)[row]!;
  return { id: `r${row}c0`, lead, x0: 50, x1: 650, baselineY, startSeconds: 7.5 } as LeadCell;
});
const paths = cells.map(({ id, baselineY }): TracePath => {
  const line = new Float32Array(600).fill(baselineY);
  const about = { confidence: line, bridged: new Uint8Array(600), strokeWidthPx: 3, samplesPerPx: 1 };
  return { cellId: id, x0: 50, y: line, fineY: line, ...about };
});

/** Level traces, and a stroke so many columns wide between these rows. */
function page(x: number, y0: number, y1: number, columns = 6) {
  const ink = blankRaster(WIDTH, 440);
  for (const y of BASELINES)
    for (let dy = -1; dy <= 1; dy++) ink.data.fill(1, (y + dy) * WIDTH + 50, (y + dy) * WIDTH + 650);
  for (let y = y0; y < y1; y++) ink.data.fill(1, y * WIDTH + x, y * WIDTH + x + columns);
  return ink;
}

const leadsOf = (strays: ReadonlyMap<string, readonly number[]>) => [...strays.keys()];

describe('strayStrokes', () => {
  it('finds a tall stroke without a line, and the rows it may belong to', () => {
    const strays = strayStrokes(page(350, 130, 230), paths, cells, [], PX_PER_MM);
    expect(leadsOf(strays)).toEqual(['r0c0', 'r1c0']);
    const [finding] = checkStrayStrokes(strays, { cells } as unknown as Layout, 150);
    expect(finding!.leads).toEqual(['V4', 'V5']);
    expect(finding!.startSeconds).toBeCloseTo(7.5 + 300 / 150, 2);
  });

  it('finds a wave that was cut short at a label', () => {
    const label = { x0: 345, y0: 190, x1: 375, y1: 210 };
    const strays = strayStrokes(page(350, 110, 200), paths, cells, [label], PX_PER_MM);
    expect(leadsOf(strays)).toEqual(['r0c0', 'r1c0']);
    const tall = { ...label, y0: 125 };
    expect(leadsOf(strayStrokes(page(350, 110, 200), paths, cells, [tall], PX_PER_MM))).toEqual([]);
  });

  it('finds a thin stroke when it is tall', () => {
    expect(leadsOf(strayStrokes(page(350, 130, 160, 3), paths, cells, [], PX_PER_MM))).toEqual([]);
    expect(leadsOf(strayStrokes(page(350, 130, 190, 3), paths, cells, [], PX_PER_MM))).toEqual([
      'r0c0',
      'r1c0',
    ]);
  });

  it('finds what is left of a wave far above its baseline, where its line was cut short', () => {
    const climbing = paths.map((path, row) => {
      const fineY = path.fineY.map((y, k) => (row === 2 && k > 290 && k < 320 ? y - 45 * (k % 2) : y));
      return { ...path, fineY };
    });
    const [first] = [page(350, 265, 295)];
    expect(leadsOf(strayStrokes(first, paths, cells, [], PX_PER_MM))).toEqual([]);
    expect(leadsOf(strayStrokes(first, climbing, cells, [], PX_PER_MM))).toEqual(['r2c0']);
  });

  it('is not alarmed by short strokes, print, frames and strokes that lines explain', () => {
    expect(leadsOf(strayStrokes(page(350, 240, 260), paths, cells, [], PX_PER_MM))).toEqual([]);
    const label = { x0: 345, y0: 130, x1: 360, y1: 200 };
    expect(leadsOf(strayStrokes(page(350, 130, 200), paths, cells, [label], PX_PER_MM))).toEqual([]);
    expect(leadsOf(strayStrokes(page(20, 0, 440), paths, cells, [], PX_PER_MM))).toEqual([]);
    const climbing = paths.map((path, row) => {
      const fineY = path.fineY.map((y, k) => (row === 0 && k > 290 && k < 320 ? y + 130 * (k % 2) : y));
      return { ...path, fineY };
    });
    expect(leadsOf(strayStrokes(page(350, 130, 200), climbing, cells, [], PX_PER_MM))).toEqual([]);
    expect(checkStrayStrokes(new Map(), { cells } as unknown as Layout, 150)).toEqual([]);
  });
});
