import { describe, expect, it } from 'vitest';
import { capByPeriod } from './cap-by-period.ts';
import type { LineDensity } from './line-density.ts';

const LINES = 200;
const BLOCKS = 10;

/** Grid lines of level 0.5 every 20 lines; `change` adds what is not grid. */
function field(change: (data: Float32Array) => void): LineDensity {
  const data = new Float32Array(LINES * BLOCKS);
  for (let line = 0; line < LINES; line += 20) data.fill(0.5, line * BLOCKS, (line + 1) * BLOCKS);
  change(data);
  return { lines: LINES, blocks: BLOCKS, blockPx: 100, data, dots: data.slice(), unbroken: data.slice() };
}

describe('capByPeriod', () => {
  it('leaves true lines as they are', () => {
    const capped = capByPeriod(
      field(() => undefined),
      20,
      'keep',
    );
    expect(capped.data[100 * BLOCKS + 4]).toBeCloseTo(0.5, 5);
  });

  it('takes no more than a line is worth where a trace lies along it', () => {
    const capped = capByPeriod(
      field((data) => data.fill(1, 100 * BLOCKS + 3, 100 * BLOCKS + 6)),
      20,
      'keep',
    );
    expect(capped.data[100 * BLOCKS + 4]!).toBeLessThan(0.65);
  });

  it('takes nothing between lines, unless it crosses the page and lines may be lonely', () => {
    const rule = field((data) => data.fill(0.9, 107 * BLOCKS, 108 * BLOCKS));
    expect(capByPeriod(rule, 20, 'keep').data[107 * BLOCKS + 4]!).toBeLessThan(0.1);
    expect(capByPeriod(rule, 20, 'take').data[107 * BLOCKS + 4]!).toBeCloseTo(0.9, 5);
  });

  it('leaves the legs of calibration pulses that stand one below the other', () => {
    const legs = field((data) => data.fill(0.9, 107 * BLOCKS, 108 * BLOCKS));
    legs.unbroken.fill(0, 107 * BLOCKS, 108 * BLOCKS);
    expect(capByPeriod(legs, 20, 'take').data[107 * BLOCKS + 4]!).toBeLessThan(0.1);
  });

  it('knows no lines without a period', () => {
    const capped = capByPeriod(
      field(() => undefined),
      Infinity,
      'keep',
    );
    expect(Math.max(...capped.data)).toBe(0);
  });
});
