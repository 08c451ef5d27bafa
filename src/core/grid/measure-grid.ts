import { cropRaster } from '../image/crop-raster.ts';
import { reduceChannel } from '../image/reduce-channel.ts';
import type { FloatRaster, Raster } from '../image/raster.ts';
import { applyHomography, fitHomography } from '../page/homography.ts';
import { growMesh } from './grow-mesh.ts';
import { lineEvidence } from './line-evidence.ts';
import { layMesh, meshToPixel, shiftMesh, type PaperMesh } from './paper-mesh.ts';
import { refineMesh } from './refine-mesh.ts';
import { straightenMesh } from './straighten-mesh.ts';
import { smoothSurface } from './smooth-surface.ts';
import { anchorTiles, type AnchoredTile } from './tile-phase.ts';
import { gridClarity, TILE_SIZE, trackTiles } from './track-tiles.ts';

/** Length of the longer side at which the grid is looked for, pixels. */
const WORKING_LENGTH = 1250;
const EVIDENCE_RADIUS = 20;
/** Farthest that the mesh is continued beyond the outermost tile that shows the grid, millimetres. */
const MARGIN_MM = 200;

/** The grid of a page, measured. */
export interface MeasuredGrid {
  /** Nodes 5 mm apart in pixels of the raster that was measured. */
  readonly mesh: PaperMesh;
  /** Per node, how well the lines fit there, -1..1. */
  readonly agreement: Float32Array;
  /** Share of the tiles in which the grid shows. */
  readonly share: number;
  /** Channel in which the grid is clearest, 0..2. */
  readonly channel: number;
}

/**
 * Measures the grid lattice of a page that is upright within +-30 degrees: combs of lines in overlapping tiles, phases
 * numbered over the page, a homography through them, then the mesh bent to the lines in three passes from coarse to fine.
 * `null` when no grid shows. About 250 ms for 2200x1700 pixels.
 */
export function measureGrid(raster: Raster, signal?: AbortSignal): MeasuredGrid | null {
  const factor = Math.max(1, Math.round(Math.max(raster.width, raster.height) / WORKING_LENGTH));
  const channel = clearestChannel(raster, factor);
  const evidence = lineEvidence(reduceChannel(raster, factor, channel), EVIDENCE_RADIUS);
  signal?.throwIfAborted();
  const tracked = trackTiles(evidence);
  if (tracked === null) return null;
  const anchored = anchorTiles(evidence, tracked);
  const start = startMesh(evidence, anchored.tiles);
  if (start === null) return null;
  signal?.throwIfAborted();
  let mesh = growMesh(evidence, start, anchored.templates, tracked.seed.x, tracked.seed.y);
  let templates = anchored.templates;
  let agreement = new Float32Array(mesh.xs.length);
  for (const options of [
    { spread: 1, reachMm: 0.5, stiffness: 0.3 },
    { spread: 1, reachMm: 0.35, stiffness: 0.3 },
  ]) {
    signal?.throwIfAborted();
    const refined = refineMesh(evidence, mesh, templates, options);
    mesh = refined.mesh;
    templates = refined.templates;
    agreement = Float32Array.from(refined.agreement);
  }
  mesh = straightenMesh(mesh, agreement);
  return { mesh: scaleMesh(mesh, factor), agreement, share: tracked.share, channel };
}

/** Channel whose evidence shows the grid most clearly in two places right and left of the middle. */
function clearestChannel(raster: Raster, factor: number): number {
  if (raster.channels === 1) return 0;
  const side = TILE_SIZE * factor;
  const pieces = [
    [0.33, 0.4],
    [0.67, 0.6],
  ].map(([x, y]) => {
    const x0 = Math.max(0, Math.min(raster.width - side, Math.round(x! * raster.width - side / 2)));
    const y0 = Math.max(0, Math.min(raster.height - side, Math.round(y! * raster.height - side / 2)));
    return cropRaster(raster, { x0, y0, x1: x0 + side, y1: y0 + side });
  });
  let best = -1;
  let channel = 0;
  for (let c = 0; c < raster.channels; c++) {
    const [a, b] = pieces.map((piece) => lineEvidence(reduceChannel(piece, factor, c), EVIDENCE_RADIUS));
    const clarity = gridClarity(a!, b!);
    if (clarity > best) {
      best = clarity;
      channel = c;
    }
  }
  return channel;
}

/** Mesh through the anchored tiles: a homography plus the smooth surface through what it leaves. */
function startMesh(evidence: FloatRaster, tiles: readonly AnchoredTile[]): PaperMesh | null {
  const good = tiles.filter((tile) => tile.correlation > 0.3);
  const used = good.length >= 2 ? good : tiles;
  const fromX: number[] = [];
  const fromY: number[] = [];
  const toX: number[] = [];
  const toY: number[] = [];
  for (const { tile, u, v, gradient } of used) {
    const [ux, uy, vx, vy] = gradient;
    for (const [dx, dy] of [
      [0, 0],
      [-60, -60],
      [60, -60],
      [60, 60],
      [-60, 60],
    ] as const) {
      fromX.push(5 * (u + ux * dx + uy * dy));
      fromY.push(5 * (v + vx * dx + vy * dy));
      toX.push(tile.x + dx);
      toY.push(tile.y + dy);
    }
  }
  const toPixel = fitHomography(...([fromX, fromY, toX, toY].map((p) => Float64Array.from(p)) as Four));
  const toPaper = fitHomography(...([toX, toY, fromX, fromY].map((p) => Float64Array.from(p)) as Four));
  if (toPixel === null || toPaper === null) return null;
  const box = paperBox(evidence, toPaper, fromX, fromY);
  const mesh = layMesh(box, 5, (x, y) => applyHomography(toPixel, x, y));
  return bendToTiles(mesh, used, toPaper);
}

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];

/** Part of the paper that the image shows, no farther from the seen grid than the margin. */
function paperBox(evidence: FloatRaster, toPaper: Float64Array, fromX: number[], fromY: number[]) {
  const corners = [
    [0, 0],
    [evidence.width - 1, 0],
    [evidence.width - 1, evidence.height - 1],
    [0, evidence.height - 1],
  ].map(([x, y]) => applyHomography(toPaper, x!, y!));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    x0: Math.max(Math.min(...xs), Math.min(...fromX) - MARGIN_MM),
    y0: Math.max(Math.min(...ys), Math.min(...fromY) - MARGIN_MM),
    x1: Math.min(Math.max(...xs), Math.max(...fromX) + MARGIN_MM),
    y1: Math.min(Math.max(...ys), Math.max(...fromY) + MARGIN_MM),
  };
}

function bendToTiles(mesh: PaperMesh, tiles: readonly AnchoredTile[], toPaper: Float64Array): PaperMesh {
  const { columns, rows } = mesh;
  const sums = [new Float64Array(columns * rows), new Float64Array(columns * rows)] as const;
  const weights = new Float64Array(columns * rows);
  for (const { tile, u, v, correlation } of tiles) {
    const [x, y] = applyHomography(toPaper, tile.x, tile.y);
    const i = Math.max(0, Math.min(columns - 1, Math.round((x - mesh.originXMm) / 5)));
    const j = Math.max(0, Math.min(rows - 1, Math.round((y - mesh.originYMm) / 5)));
    const at = j * columns + i;
    const weight = Math.max(0.05, correlation) ** 2;
    sums[0][at] = (weights[at]! * sums[0][at]! + weight * (x - 5 * u)) / (weights[at]! + weight);
    sums[1][at] = (weights[at]! * sums[1][at]! + weight * (y - 5 * v)) / (weights[at]! + weight);
    weights[at] = weights[at]! + weight;
  }
  const dx = smoothSurface({ columns, rows, values: sums[0], weights }, 0.05);
  const dy = smoothSurface({ columns, rows, values: sums[1], weights }, 0.05);
  return shiftMesh(mesh, dx, dy);
}

/** The mesh in pixels of the raster before it was reduced by `factor`. */
function scaleMesh(mesh: PaperMesh, factor: number): PaperMesh {
  const offset = (factor - 1) / 2;
  return {
    ...mesh,
    xs: mesh.xs.map((x) => x * factor + offset),
    ys: mesh.ys.map((y) => y * factor + offset),
  };
}

/** Mean pixels per millimetre along and across the paper, over the middle four fifths of the mesh. */
export function meshScale(mesh: PaperMesh): { pxPerMmX: number; pxPerMmY: number } {
  const reachX = 0.4 * (mesh.columns - 1) * mesh.stepMm;
  const reachY = 0.4 * (mesh.rows - 1) * mesh.stepMm;
  const x = mesh.originXMm + 1.25 * reachX;
  const y = mesh.originYMm + 1.25 * reachY;
  const [ax, ay] = meshToPixel(mesh, x - reachX, y);
  const [bx, by] = meshToPixel(mesh, x + reachX, y);
  const [cx, cy] = meshToPixel(mesh, x, y - reachY);
  const [dx, dy] = meshToPixel(mesh, x, y + reachY);
  return {
    pxPerMmX: Math.hypot(bx - ax, by - ay) / (2 * reachX),
    pxPerMmY: Math.hypot(dx - cx, dy - cy) / (2 * reachY),
  };
}
