import type { FloatRaster } from '../image/raster.ts';

/** A short, nearly vertical stroke: a piece of a separator, a letter, a pulse or a QRS. Canonical pixels. */
export interface Upright {
  /** Centre line, weighted by ink. */
  readonly x: number;
  readonly widthPx: number;
  readonly y0: number;
  readonly y1: number;
}

const THRESHOLD = 0.4;
/** Columns of ink at least this tall are looked at; uprights are no wider than this. */
const MIN_HEIGHT_MM = 1.4;
const MAX_HEIGHT_MM = 14;
const MAX_WIDTH_MM = 1.6;
/** Neighbouring columns belong together when their ends differ by less. */
const END_TOLERANCE_MM = 0.6;

interface Growing {
  lastX: number;
  x0: number;
  y0: number;
  y1: number;
  lastY0: number;
  lastY1: number;
  mass: number;
  moment: number;
}

/**
 * Finds upright strokes whose ends are square: neighbouring columns start and end at the same height, as printed
 * bars and dashes do and waves do not. Cost: one reading of the raster.
 */
export function findUprights(coverage: FloatRaster, pxPerMm: number): Upright[] {
  const { data, width, height } = coverage;
  const minHeight = Math.round(MIN_HEIGHT_MM * pxPerMm);
  const maxHeight = Math.round(MAX_HEIGHT_MM * pxPerMm);
  const tolerance = Math.max(1, END_TOLERANCE_MM * pxPerMm);
  const starts = new Int32Array(width).fill(-1);
  const columns: [number, number][][] = Array.from({ length: width }, () => []);
  for (let y = 0; y <= height; y++) {
    endRuns(coverage, y, starts, (x, y0) => {
      if (y - y0 >= minHeight && y - y0 <= maxHeight) columns[x].push([y0, y]);
    });
  }
  const uprights: Upright[] = [];
  let growing: Growing[] = [];
  for (let x = 0; x < width; x++) {
    for (const [y0, y1] of columns[x]) {
      let mass = 0;
      for (let y = y0; y < y1; y++) mass += data[y * width + x];
      const home = growing.find(
        (g) =>
          g.lastX === x - 1 && Math.abs(g.lastY0 - y0) <= tolerance && Math.abs(g.lastY1 - y1) <= tolerance,
      );
      if (home) {
        home.lastX = x;
        home.lastY0 = y0;
        home.lastY1 = y1;
        home.y0 = Math.min(home.y0, y0);
        home.y1 = Math.max(home.y1, y1);
        home.mass += mass;
        home.moment += mass * x;
      } else {
        growing.push({ lastX: x, x0: x, y0, y1, lastY0: y0, lastY1: y1, mass, moment: mass * x });
      }
    }
    const open: Growing[] = [];
    for (const g of growing) {
      if (g.lastX === x) open.push(g);
      else close(g, pxPerMm, uprights);
    }
    growing = open;
  }
  for (const g of growing) close(g, pxPerMm, uprights);
  return uprights;
}

/** Follows the runs of ink down all columns by one row, telling those that end above it. */
function endRuns(
  { data, width, height }: FloatRaster,
  y: number,
  starts: Int32Array,
  onEnd: (x: number, y0: number) => void,
): void {
  const offset = y * width;
  for (let x = 0; x < width; x++) {
    const on = y < height && data[offset + x] >= THRESHOLD;
    if (on) {
      if (starts[x] < 0) starts[x] = y;
    } else if (starts[x] >= 0) {
      onEnd(x, starts[x]);
      starts[x] = -1;
    }
  }
}

function close(g: Growing, pxPerMm: number, uprights: Upright[]): void {
  const widthPx = g.lastX + 1 - g.x0;
  if (widthPx > MAX_WIDTH_MM * pxPerMm) return;
  uprights.push({ x: g.moment / g.mass, widthPx, y0: g.y0, y1: g.y1 });
}
