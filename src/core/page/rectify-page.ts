import { AppError } from '../../shared/app-error.ts';
import type { Reason, StageResult } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import { bendPoints, HANDLE_REACH_MM, type GridFrame, type GridHandle } from '../grid/bend-mesh.ts';
import { measureGrid, meshScale, type MeasuredGrid } from '../grid/measure-grid.ts';
import { measureSpeckGrid } from '../grid/measure-speck-grid.ts';
import { layMesh, meshToPixel, type PaperMesh } from '../grid/paper-mesh.ts';
import { isColourless } from '../image/is-colourless.ts';
import { isTwoTone } from '../image/is-two-tone.ts';
import { lightPaper } from '../image/light-paper.ts';
import type { Raster } from '../image/raster.ts';
import { warpRaster } from '../image/warp-raster.ts';
import { canonicalStepPx } from './canonical-step.ts';
import { applyHomography, fitHomography, invertHomography } from './homography.ts';
import { hideBorder } from './hide-border.ts';
import { hideSurroundings } from './hide-surroundings.ts';
import { printSkewDegrees } from './print-skew.ts';
import type { CanonicalPage, GridKind, Lattice, WarpMap } from './rectification.ts';
import { softenHalftone } from './soften-halftone.ts';
import { turnPoint, turnRaster, unturnPoint } from './turn-raster.ts';
import { ascending } from '../../shared/ascending.ts';

export interface RectifyOptions {
  readonly overrides?: DigitizeOverrides;
  /** Scale that the print itself gives, for a page without a grid whose scale nobody stated. */
  readonly printedPxPerMm?: number | null;
  /** Scale of corrected pages that look like this one, for a page that shows neither grid nor print to tell it. */
  readonly usualPxPerMm?: number | null;
  /** Whether what looks like a grid is none: rows of traces and lines of text at equal distances can pass for one. */
  readonly noGrid?: boolean;
  readonly signal?: AbortSignal;
}

/** Width of paper assumed when a page shows no grid and nobody stated its scale: the long side of A4. */
const ASSUMED_WIDTH_MM = 270;
/** Longest side of paper that is believed when someone states a scale, millimetres. */
const LONGEST_MM = 1200;
/** Source resolution below which narrow waves cannot be told apart, pixels per millimetre. */
const LOW_PX_PER_MM = 4;
/** Patterns finer than this are no millimetre grid: texture, halftone, print. At 40 dpi no lead could be read. */
const FINEST_PX_PER_MM = 1.5;
/**
 * Traces and text that repeat pass for a grid in few tiles, and its lines then fit hardly anywhere: below 0.45 at three of
 * four crossings. Real grids come to 0.88 there, on photographs and stained copies too.
 */
const FEW_TILES = 0.6;
const LEAST_CLEAR = 0.65;

/** Told of a page that shows light lines on dark ground. */
const NEGATIVE: Reason = {
  code: 'page-negative',
  severity: 'info',
  message: 'The page shows light lines on a dark ground: its negative was read.',
};

/**
 * Brings a page upright and flat: quarter turns, then the lattice of its grid (perspective, skew, separate scales and
 * local bending), then one interpolation of the original pixels to equal canonical scale. Major grid lines (5 mm) come
 * to lie on multiples of `5 * canonicalPxPerMm`, which is a whole number; canonical (0, 0) is a major crossing. Light lines
 * on dark ground become dark on light (`lightPaper`).
 *
 * Without a grid the stated scale (`overrides.pxPerMm`), that of the print, of corrected pages or an assumed one is used, with the reason `grid-missing`.
 */
export function rectifyPage(raster: Raster, options: RectifyOptions = {}): StageResult<CanonicalPage> {
  const { overrides = {}, signal, printedPxPerMm = null, usualPxPerMm = null, noGrid = false } = options;
  const likelyPxPerMm = printedPxPerMm ?? usualPxPerMm;
  const reasons: Reason[] = [];
  const quarterTurns = overrides.quarterTurns ?? 0;
  const shown = lightPaper(raster);
  if (shown !== raster) reasons.push(NEGATIVE);
  const turned = turnRaster(shown, quarterTurns);
  const softened = softenHalftone(turned);
  signal?.throwIfAborted();
  const found = overrides.frame
    ? framedGrid(overrides.frame, softened)
    : noGrid
      ? null
      : printedGrid(softened, signal);
  // The edges of paper with a grid are found on the flat page; but the border of a gray copy, which is no desk, goes before.
  const upright = found === null || isColourless(softened) ? hideBorder(softened, found !== null) : softened;
  signal?.throwIfAborted();
  const handles = (overrides.gridHandles ?? []).map(({ x, y, toX, toY }): GridHandle => {
    const turn = (px: number, py: number) => turnPoint(px, py, quarterTurns, raster.width, raster.height);
    const [[ax, ay], [bx, by]] = [turn(x, y), turn(toX, toY)];
    return { x: ax, y: ay, toX: bx, toY: by };
  });
  const grid = found && { ...found, mesh: bentMesh(found.mesh, handles) };
  const mesh = grid?.mesh ?? bentMesh(statedMesh(upright, overrides.pxPerMm ?? likelyPxPerMm), handles);
  const { pxPerMmX, pxPerMmY } = meshScale(mesh);
  if (grid === null)
    reasons.push(missingGrid(overrides.pxPerMm ?? null, printedPxPerMm, usualPxPerMm, pxPerMmX));
  if (grid !== null && Math.max(pxPerMmX, pxPerMmY) < LOW_PX_PER_MM) {
    reasons.push({
      code: 'low-resolution',
      severity: 'warning',
      message: `The page has only ${pxPerMmX.toFixed(1)} pixels per mm: narrow waves may lose height.`,
    });
  }
  if (quarterTurns !== 0) {
    reasons.push({
      code: 'page-turned',
      severity: 'info',
      message: `The page was turned ${quarterTurns * 90} degrees clockwise.`,
    });
  }
  const stepPx = canonicalStepPx(pxPerMmX, pxPerMmY);
  const warp = toWarp(mesh, stepPx);
  const width = (warp.columns - 1) * stepPx + 1;
  const height = (warp.rows - 1) * stepPx + 1;
  const paper = paperColour(upright, mesh, grid);
  const flat = warpRaster(upright, warp, width, height, paper);
  signal?.throwIfAborted();
  if (grid !== null) {
    const offImage = (node: number) => isOutside(warp.xs[node]!, warp.ys[node]!, upright);
    hideSurroundings(flat, stepPx, warp.columns, warp.rows, grid.agreement, offImage);
  }
  const gridKind: GridKind =
    grid === null ? 'none' : softened === turned ? kindOfGrid(upright, paper) : 'bilevel';
  const back = (x: number, y: number) => unturnPoint(x, y, quarterTurns, raster.width, raster.height);
  const corners = (
    [
      [0, 0],
      [warp.columns - 1, 0],
      [warp.columns - 1, warp.rows - 1],
      [0, warp.rows - 1],
    ] as const
  ).map(([i, j]): [number, number] => {
    const at = j * warp.columns + i;
    return back(clamp(warp.xs[at]!, upright.width), clamp(warp.ys[at]!, upright.height));
  });
  const imageWarp = mapWarp(warp, back);
  return {
    value: {
      raster: flat,
      rectification: {
        quarterTurns,
        skewDegrees: skewOf(mesh),
        corners,
        gridKind,
        pxPerMmX,
        pxPerMmY,
        lattice: grid === null ? null : toLattice(imageWarp, raster),
        canonicalPxPerMm: stepPx / 5,
        canonicalWidth: width,
        canonicalHeight: height,
        warp: imageWarp,
      },
    },
    confidence: grid === null ? trustWithoutGrid(overrides.pxPerMm, usualPxPerMm) : gridConfidence(grid),
    reasons,
  };
}

/** The grid of paper whose place a person stated, over the whole picture as far as the paper can be believed to reach. */
function framedGrid({ corners, widthMm, heightMm }: GridFrame, raster: Raster): MeasuredGrid | null {
  if (!isSpread(corners)) {
    throw new AppError('usage', 'The four points stated for the grid do not go round a piece of paper.');
  }
  const at = (k: 0 | 1): Float64Array => Float64Array.from(corners, (corner) => corner[k]);
  const xs = Float64Array.of(0, widthMm, widthMm, 0);
  const ys = Float64Array.of(0, 0, heightMm, heightMm);
  const toPixel = fitHomography(xs, ys, at(0), at(1));
  if (toPixel === null) return null;
  const toPaper = invertHomography(toPixel);
  const right = raster.width - 1;
  const bottom = raster.height - 1;
  const seen = (
    [
      [0, 0],
      [right, 0],
      [right, bottom],
      [0, bottom],
    ] as const
  ).map(([x, y]) => applyHomography(toPaper, x, y));
  // Beyond its own size again, perspective makes of a frame whatever it likes.
  const limit = (k: 0 | 1, size: number): [number, number] => {
    const values = seen.map((point) => point[k]).filter(Number.isFinite);
    return [Math.max(-size, Math.min(0, ...values)), Math.min(2 * size, Math.max(size, ...values))];
  };
  const [x0, x1] = limit(0, widthMm);
  const [y0, y1] = limit(1, heightMm);
  const mesh = layMesh({ x0, y0, x1, y1 }, 5, (x, y) => applyHomography(toPixel, x, y));
  const agreement = Float32Array.from(mesh.xs, (x, node) => (isOutside(x, mesh.ys[node]!, raster) ? 0 : 1));
  return { mesh, agreement, share: 1, channel: 0 };
}

/** Whether points go round in the same direction, with room between them. */
function isSpread(corners: GridFrame['corners']): boolean {
  return corners.every(([x, y], i) => {
    const [bx, by] = corners[(i + 1) % 4]!;
    const [cx, cy] = corners[(i + 2) % 4]!;
    return (bx - x) * (cy - by) - (by - y) * (cx - bx) > 100;
  });
}

function bentMesh(mesh: PaperMesh, handles: readonly GridHandle[]): PaperMesh {
  if (handles.length === 0) return mesh;
  const { pxPerMmX, pxPerMmY } = meshScale(mesh);
  const xs = mesh.xs.slice();
  const ys = mesh.ys.slice();
  bendPoints(xs, ys, handles, (HANDLE_REACH_MM * (pxPerMmX + pxPerMmY)) / 2);
  return { ...mesh, xs, ys };
}

/** The grid that tiles show, where few or none do the one that scattered specks show. */
function printedGrid(raster: Raster, signal?: AbortSignal): MeasuredGrid | null {
  const grid = measureGrid(raster, signal);
  if (grid !== null && grid.share >= FEW_TILES) return believable(grid);
  signal?.throwIfAborted();
  return measureSpeckGrid(raster) ?? believable(grid);
}

function believable(grid: MeasuredGrid | null): MeasuredGrid | null {
  if (grid === null) return null;
  const { pxPerMmX, pxPerMmY } = meshScale(grid.mesh);
  if (Math.max(pxPerMmX, pxPerMmY) < FINEST_PX_PER_MM) return null;
  const agreement = Float32Array.from(grid.agreement).sort();
  const clear = agreement[Math.floor(0.75 * (agreement.length - 1))]!;
  return grid.share < FEW_TILES && clear < LEAST_CLEAR ? null : grid;
}

function isOutside(x: number, y: number, raster: Raster): boolean {
  return !(x >= 0 && y >= 0 && x <= raster.width - 1 && y <= raster.height - 1);
}

const clamp = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value));

/** A stated scale is surer than that of pages which look alike, and this surer than what is read off columns or assumed. */
const trustWithoutGrid = (stated: number | null | undefined, usual: number | null): number =>
  stated ? 0.5 : usual ? 0.35 : 0.2;

function missingGrid(
  statedPxPerMm: number | null,
  printedPxPerMm: number | null,
  usualPxPerMm: number | null,
  pxPerMm: number,
): Reason {
  const habit = `corrected pages that look like this one have ${usualPxPerMm?.toFixed(1)} pixels per mm, and ${pxPerMm.toFixed(1)} are taken here. Check the scale.`;
  const found = usualPxPerMm
    ? habit
    : printedPxPerMm
      ? `by the columns and calibration pulses ${pxPerMm.toFixed(1)} pixels are a mm. Check the scale.`
      : `${pxPerMm.toFixed(1)} pixels per mm are assumed. State the scale to get calibrated signals.`;
  return {
    code: 'grid-missing',
    severity: 'warning',
    message: statedPxPerMm
      ? `No grid was found; the stated scale of ${statedPxPerMm} pixels per mm is used.`
      : `No grid was found; ${found}`,
  };
}

/** A straight mesh over the whole picture, turned as its print is. */
function statedMesh(raster: Raster, statedPxPerMm: number | null): PaperMesh {
  const { width, height } = raster;
  const side = Math.max(width, height);
  const pxPerMm = Math.max(statedPxPerMm ?? side / ASSUMED_WIDTH_MM, side / LONGEST_MM);
  const turn = (printSkewDegrees(raster) * Math.PI) / 180;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const across = width * cos + height * Math.abs(sin);
  const down = height * cos + width * Math.abs(sin);
  return layMesh({ x0: 0, y0: 0, x1: across / pxPerMm, y1: down / pxPerMm }, 5, (xMm, yMm) => {
    const x = xMm * pxPerMm - across / 2;
    const y = yMm * pxPerMm - down / 2;
    return [width / 2 + x * cos - y * sin, height / 2 + x * sin + y * cos];
  });
}

function toWarp(mesh: PaperMesh, stepPx: number): WarpMap {
  const { columns, rows } = mesh;
  return { stepPx, columns, rows, xs: Float32Array.from(mesh.xs), ys: Float32Array.from(mesh.ys) };
}

function mapWarp(warp: WarpMap, map: (x: number, y: number) => [number, number]): WarpMap {
  const xs = new Float32Array(warp.xs.length);
  const ys = new Float32Array(warp.ys.length);
  for (let at = 0; at < xs.length; at++) [xs[at], ys[at]] = map(warp.xs[at]!, warp.ys[at]!);
  return { ...warp, xs, ys };
}

function toLattice(warp: WarpMap, raster: Raster): Lattice {
  const xs = Float32Array.from(warp.xs);
  const ys = Float32Array.from(warp.ys);
  for (let at = 0; at < xs.length; at++) {
    if (isOutside(xs[at]!, ys[at]!, raster)) xs[at] = ys[at] = NaN;
  }
  return { spacingMm: 5, columns: warp.columns, rows: warp.rows, xs, ys };
}

function skewOf(mesh: PaperMesh): number {
  const y = mesh.originYMm + ((mesh.rows - 1) * mesh.stepMm) / 2;
  const [ax, ay] = meshToPixel(mesh, mesh.originXMm, y);
  const [bx, by] = meshToPixel(mesh, mesh.originXMm + (mesh.columns - 1) * mesh.stepMm, y);
  return (Math.atan2(by - ay, bx - ax) * 180) / Math.PI;
}

function gridConfidence(grid: MeasuredGrid): number {
  const seen = Float32Array.from(grid.agreement.filter((value) => value > 0)).sort();
  const median = seen[seen.length >> 1] ?? 0;
  return Math.max(0.1, Math.min(1, 0.2 + median));
}

/** Median colour of the paper at the lattice nodes that show the grid, one value per channel. */
function paperColour(raster: Raster, mesh: PaperMesh, grid: MeasuredGrid | null): number[] {
  const samples: number[][] = Array.from({ length: raster.channels }, () => []);
  for (let at = 0; at < mesh.xs.length; at++) {
    if (grid !== null && grid.agreement[at]! < 0.3) continue;
    for (const [dx, dy] of [
      [3, 3],
      [-4, 5],
    ] as const) {
      const x = Math.round(mesh.xs[at]! + dx);
      const y = Math.round(mesh.ys[at]! + dy);
      if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) continue;
      for (let c = 0; c < raster.channels; c++) {
        samples[c]!.push(raster.data[(y * raster.width + x) * raster.channels + c]!);
      }
    }
  }
  return samples.map((values) => values.sort(ascending)[values.length >> 1] ?? 255);
}

function kindOfGrid(raster: Raster, paper: readonly number[]): GridKind {
  if (raster.channels === 1) return isTwoTone(raster) ? 'bilevel' : 'gray';
  let chroma = 0;
  let count = 0;
  for (let at = 0; at + 2 < raster.data.length; at += 3 * 997) {
    const r = raster.data[at]! - paper[0]!;
    const g = raster.data[at + 1]! - paper[1]!;
    const b = raster.data[at + 2]! - paper[2]!;
    if (Math.abs(r) + Math.abs(g) + Math.abs(b) < 24) continue;
    chroma += Math.max(r, g, b) - Math.min(r, g, b);
    count += (Math.abs(r) + Math.abs(g) + Math.abs(b)) / 3;
  }
  if (count > 0 && chroma / count > 0.25) return 'colour';
  return isTwoTone(raster) ? 'bilevel' : 'gray';
}
