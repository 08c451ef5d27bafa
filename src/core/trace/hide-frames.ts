import type { FloatRaster } from '../image/raster.ts';

/** Coverage of a frame's pixel, and the height that it runs unbroken in one column at least: no leg of a peak does. */
const INK = 0.4;
const LEAST_MM = 45;
/** Soft edge beside a frame. */
const SIDE_PX = 1;
/**
 * A frame keeps its edges: in this share of its rows each lies this near to where it usually lies. Complexes of rows that
 * meet are as tall together, but taper.
 */
const STEADY_SHARE = 0.7;
const STEADY_MM = 0.12;
const STEADY_PX = 1;
/** Ink further beside a frame is not looked at, millimetres. */
const BESIDE_MM = 2;

interface Upright {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Hides upright lines taller than any wave (frames, table rules, separators across all rows, cuts of the paper): a trace
 * that meets one must not climb along it. What they cover says nothing. Changes both rasters in place.
 */
export function hideFrames(coverage: FloatRaster, certainty: FloatRaster, pxPerMm: number): void {
  const { data, width, height } = coverage;
  const least = LEAST_MM * pxPerMm;
  const run = new Uint32Array(width);
  const found: Upright[] = [];
  for (let y = 0; y < height; y++) runOn(data.subarray(y * width, (y + 1) * width), y, run, least, found);
  runOn(new Float32Array(width), height, run, least, found);
  const frames = found.filter((upright) => keepsEdges(coverage, upright, pxPerMm));
  for (const { x, from, to } of frames) {
    for (let at = Math.max(0, x - SIDE_PX); at <= Math.min(width - 1, x + SIDE_PX); at++) {
      for (let y = from; y < to; y++) {
        data[y * width + at] = 0;
        certainty.data[y * width + at] = 0;
      }
    }
  }
}

/** Whether the ink about an upright run has the same edges nearly all along it. */
function keepsEdges({ data, width }: FloatRaster, { x, from, to }: Upright, pxPerMm: number): boolean {
  const reach = Math.ceil(BESIDE_MM * pxPerMm);
  const play = Math.max(STEADY_PX, STEADY_MM * pxPerMm);
  return [-1, 1].every((step) => {
    const counts = new Uint32Array(reach + 1);
    for (let y = from; y < to; y++) {
      let beside = 0;
      for (let at = x + step; beside < reach && at >= 0 && at < width; at += step) {
        if (data[y * width + at]! <= INK) break;
        beside++;
      }
      counts[beside]!++;
    }
    let [seen, usual] = [0, 0];
    while (2 * (seen + counts[usual]!) < to - from) seen += counts[usual++]!;
    let steady = 0;
    counts.forEach((count, beside) => {
      if (Math.abs(beside - usual) <= play) steady += count;
    });
    return steady >= STEADY_SHARE * (to - from);
  });
}

/** Lengthens the runs of ink down every column by one row, and notes those that end above it. */
function runOn(row: Float32Array, y: number, run: Uint32Array, least: number, found: Upright[]): void {
  for (let x = 0; x < run.length; x++) {
    if (row[x]! > INK) run[x]!++;
    else if (run[x]! !== 0) {
      if (run[x]! >= least) found.push({ x, from: y - run[x]!, to: y });
      run[x] = 0;
    }
  }
}
