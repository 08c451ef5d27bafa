import { describe, expect, it } from 'vitest';
import { applySegmentation } from './apply-segmentation.ts';
import type { InkMap } from './ink-map.ts';
import type { Segmentation } from './segmentation.ts';

const WIDTH = 120;
const HEIGHT = 80;
const at = (x: number, y: number): number => y * WIDTH + x;

/** A trace along y = 40, a letter's stem at x = 60 that crosses it, a dark crease in the corner. */
function page(): { ink: InkMap; seen: Segmentation } {
  const plane = (): Float32Array => new Float32Array(WIDTH * HEIGHT);
  const [coverage, trace, text] = [plane(), plane(), plane()];
  for (let x = 0; x < WIDTH; x++) for (const y of [39, 40, 41]) coverage[at(x, y)] = trace[at(x, y)] = 1;
  for (let y = 25; y < 55; y++) for (const x of [59, 60, 61]) coverage[at(x, y)] = text[at(x, y)] = 1;
  for (let y = 5; y < 20; y++) for (let x = 5; x < 30; x++) coverage[at(x, y)] = 0.7;
  return {
    ink: { coverage: { data: coverage, width: WIDTH, height: HEIGHT }, strokeWidthPx: 3 },
    seen: { width: WIDTH, height: HEIGHT, planes: { trace, text, mark: plane(), grid: plane() } },
  };
}

describe('applySegmentation', () => {
  it('takes out what the model does not see and keeps the rest as it was measured', () => {
    const { ink, seen } = page();
    ink.coverage.data[at(20, 38)] = 0.4; // The edge of the stroke, next to what is seen.
    const { kinds, coverage } = applySegmentation(ink, seen, 8);
    expect(kinds!.coverage.data[at(15, 10)]).toBe(0);
    expect(coverage.data[at(15, 10)]).toBeGreaterThan(0.6);
    expect(kinds!.coverage.data[at(20, 40)]).toBe(1);
    expect(kinds!.coverage.data[at(20, 38)]).toBeCloseTo(0.4, 5);
  });

  it('tells lettering from the trace that crosses it', () => {
    const { ink, seen } = page();
    const { lettering, letteringOnly } = applySegmentation(ink, seen, 8).kinds!;
    expect([lettering.data[at(60, 30)], letteringOnly.data[at(60, 30)]]).toEqual([1, 1]);
    expect([lettering.data[at(60, 40)], letteringOnly.data[at(60, 40)]]).toEqual([1, 0]);
    expect([lettering.data[at(20, 40)], letteringOnly.data[at(20, 40)]]).toEqual([0, 0]);
  });

  it('refuses a look at another page', () => {
    const { ink, seen } = page();
    expect(() => applySegmentation(ink, { ...seen, width: WIDTH + 1 }, 8)).toThrow(RangeError);
  });
});
