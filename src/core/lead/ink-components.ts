import type { FloatRaster } from '../image/raster.ts';

/**
 * Connected pieces of ink (8-connected). Component k has the bounding box `x0[k]..x1[k]`, `y0[k]..y1[k]` (ends
 * exclusive) and `area[k]` pixels. Runs are the horizontal stretches of ink in raster order; `runComponent` says to
 * which component each belongs.
 */
export interface InkComponents {
  readonly count: number;
  readonly x0: Int32Array;
  readonly y0: Int32Array;
  readonly x1: Int32Array;
  readonly y1: Int32Array;
  readonly area: Int32Array;
  readonly runCount: number;
  readonly runY: Int32Array;
  readonly runX0: Int32Array;
  readonly runX1: Int32Array;
  readonly runComponent: Int32Array;
}

/**
 * Finds the connected pieces of a coverage raster where it reaches `threshold` (0..1).
 * Two passes over runs with union-find; cost: one reading of the raster plus the number of runs.
 */
export function findInkComponents(coverage: FloatRaster, threshold: number): InkComponents {
  const { data, width, height } = coverage;
  let capacity = 1 << 14;
  let runY = new Int32Array(capacity);
  let runX0 = new Int32Array(capacity);
  let runX1 = new Int32Array(capacity);
  let parent = new Int32Array(capacity);
  let runs = 0;
  let previousStart = 0;
  let previousEnd = 0;
  for (let y = 0; y < height; y++) {
    const rowStart = runs;
    let candidate = previousStart;
    const offset = y * width;
    const rowEnd = offset + width;
    let x = 0;
    for (;;) {
      const start = nextInk(data, offset + x, rowEnd, threshold) - offset;
      if (start === width) break;
      x = nextPaper(data, offset + start, rowEnd, threshold) - offset;
      if (runs === capacity) {
        capacity *= 2;
        runY = grow(runY, capacity);
        runX0 = grow(runX0, capacity);
        runX1 = grow(runX1, capacity);
        parent = grow(parent, capacity);
      }
      runY[runs] = y;
      runX0[runs] = start;
      runX1[runs] = x;
      parent[runs] = runs;
      while (candidate < previousEnd && runX1[candidate] < start) candidate++;
      for (let k = candidate; k < previousEnd && runX0[k] <= x; k++) {
        const a = rootOf(parent, k);
        const b = rootOf(parent, runs);
        if (a < b) parent[b] = a;
        else parent[a] = b;
      }
      runs++;
    }
    previousStart = rowStart;
    previousEnd = runs;
  }
  const runComponent = new Int32Array(runs);
  let count = 0;
  for (let k = 0; k < runs; k++) {
    const root = rootOf(parent, k);
    runComponent[k] = root === k ? count++ : runComponent[root];
  }
  const x0 = new Int32Array(count).fill(width);
  const y0 = new Int32Array(count).fill(height);
  const x1 = new Int32Array(count);
  const y1 = new Int32Array(count);
  const area = new Int32Array(count);
  for (let k = 0; k < runs; k++) {
    const c = runComponent[k];
    if (runX0[k] < x0[c]) x0[c] = runX0[k];
    if (runX1[k] > x1[c]) x1[c] = runX1[k];
    if (runY[k] < y0[c]) y0[c] = runY[k];
    if (runY[k] + 1 > y1[c]) y1[c] = runY[k] + 1;
    area[c] += runX1[k] - runX0[k];
  }
  return { count, x0, y0, x1, y1, area, runCount: runs, runY, runX0, runX1, runComponent };
}

/** First pixel from `at` on, before `end`, that is ink; `end` when there is none. */
function nextInk(data: Float32Array, at: number, end: number, threshold: number): number {
  while (at < end && !(data[at] >= threshold)) at++;
  return at;
}

function nextPaper(data: Float32Array, at: number, end: number, threshold: number): number {
  while (at < end && data[at] >= threshold) at++;
  return at;
}

function rootOf(parent: Int32Array, k: number): number {
  let root = k;
  while (parent[root] !== root) root = parent[root];
  while (parent[k] !== root) {
    const next = parent[k];
    parent[k] = root;
    k = next;
  }
  return root;
}

function grow(values: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(values);
  return larger;
}
