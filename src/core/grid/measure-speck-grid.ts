import type { Raster } from '../image/raster.ts';
import { findSpecks, type Specks } from './find-specks.ts';
import type { MeasuredGrid } from './measure-grid.ts';
import { layMesh } from './paper-mesh.ts';
import { speckLines, type SpeckLines } from './speck-comb.ts';

/** Fewest specks, by their voices, that a grid is read from. */
const FEWEST = 60;
/** Largest ratio between the scales of the axes, and how far from upright the lines of one may stand on the other's (cosine). */
const MAX_ASPECT = 1.35;
const MAX_COSINE = 0.02;
/** Share of the specks that stand on the lines of an axis by chance is a quarter; those of a grid stand on one or the other. */
const LEAST_SHARE = 0.4;
/** Sheets longer than this are not believed: lines that would make one are the small boxes', 1 mm apart. */
const LONGEST_PAGE_MM = 800;
/** How well the grid is said to fit at its nodes: it was seen on the whole page, but at few of them. */
const AGREEMENT = 0.6;

/**
 * The grid of a flat page of which nothing is left but scattered dots: those that a threshold kept of pale lines. Too few
 * for any tile, they stand in line over the whole page. Null where they do not. About 0.3 s for 2200x1700 pixels.
 */
export function measureSpeckGrid(raster: Raster): MeasuredGrid | null {
  const specks = findSpecks(raster);
  if (specks.weights.reduce((sum, weight) => sum + weight, 0) < FEWEST) return null;
  const across = speckLines(specks, true);
  const down = across && speckLines(specks, false);
  if (across === null || down === null || !isGrid(across, down)) return null;
  const longest = Math.hypot(across.ax, across.ay) * Math.max(raster.width, raster.height);
  const boxes = (5 * longest) / specks.factor > LONGEST_PAGE_MM ? 5 : 1;
  const [u, v] = [across, down].map((lines) => largeBoxes(specks, lines, boxes)) as [SpeckLines, SpeckLines];
  const determinant = u.ax * v.ay - u.ay * v.ax;
  const { width, height, factor } = specks;
  const toPixel = (xMm: number, yMm: number): readonly [number, number] => {
    const du = xMm / 5 - u.c;
    const dv = yMm / 5 - v.c;
    const x = (du * v.ay - dv * u.ay) / determinant + (width - 1) / 2;
    const y = (dv * u.ax - du * v.ax) / determinant + (height - 1) / 2;
    return [x * factor + (factor - 1) / 2, y * factor + (factor - 1) / 2];
  };
  const corners = [-1, 1].flatMap((sx) =>
    [-1, 1].map((sy) => {
      const [x, y] = [(sx * (width - 1)) / 2, (sy * (height - 1)) / 2];
      return [5 * (u.ax * x + u.ay * y + u.c), 5 * (v.ax * x + v.ay * y + v.c)] as const;
    }),
  );
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const box = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
  const mesh = layMesh(box, 5, toPixel);
  return { mesh, agreement: new Float32Array(mesh.xs.length).fill(AGREEMENT), share: 1, channel: 0 };
}

/** Whether two families of lines stand upright on each other, about as far apart, and hold enough of the specks. */
function isGrid(across: SpeckLines, down: SpeckLines): boolean {
  const lengthA = Math.hypot(across.ax, across.ay);
  const lengthD = Math.hypot(down.ax, down.ay);
  const cosine = Math.abs(across.ax * down.ax + across.ay * down.ay) / (lengthA * lengthD);
  const aspect = Math.max(lengthA / lengthD, lengthD / lengthA);
  return aspect <= MAX_ASPECT && cosine <= MAX_COSINE && Math.min(across.share, down.share) >= LEAST_SHARE;
}

/** Every `boxes`-th of the lines, beginning with those on which most specks stand. */
function largeBoxes({ xs, ys, weights }: Specks, lines: SpeckLines, boxes: number): SpeckLines {
  if (boxes === 1) return lines;
  const counts = new Float64Array(boxes);
  xs.forEach((x, k) => {
    const number = Math.round(lines.ax * x + lines.ay * ys[k]! + lines.c);
    counts[((number % boxes) + boxes) % boxes]! += weights[k]!;
  });
  const first = counts.indexOf(Math.max(...counts));
  return { ...lines, ax: lines.ax / boxes, ay: lines.ay / boxes, c: (lines.c - first) / boxes };
}
