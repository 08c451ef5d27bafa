import type { FloatRaster } from '../image/raster.ts';
import { PROFILE_BINS, PROFILE_HARMONICS, profileShift, profileSpectrum } from './line-profile.ts';
import type { PaperMesh } from './paper-mesh.ts';
import { slippedPlane } from './plane-of-most.ts';
import { planeThrough } from './plane-through.ts';
import { robustSurface } from './smooth-surface.ts';
import type { LineTemplates } from './tile-phase.ts';

/** Correlation with the line pattern from which a node is trusted. */
const TRUST = 0.5;
/** Steps of trust in which the growing front is ordered, the clearest nodes going first. */
const TRUST_LEVELS = 200;
/** How often a node that was not trusted is tried again once more of its neighbours are. */
const TRIES = 6;
/** Farthest that lines may lie from where the neighbours predict them, millimetres; at the seed anywhere in the period. */
const REACH_MM = 0.6;
const SEED_REACH_MM = 2.5;
/** Weight of the inherited lattice vectors against the measured neighbours. */
const INHERITANCE = 1;
/** Stiffnesses, in the order they are tried, of the surface that joins the trusted nodes and goes on beyond them. */
const STIFFNESSES = [1, 0.2, 0.03];
/** How far, and how many, trusted nodes may be left off that surface: millimetres, share. */
const JOIN_SLACK_MM = 0.25;
const MOST_OFF = 0.03;
/** From this share of trusted nodes within so many millimetres of a plane the paper is plane, and strays are doubted. */
const PLANE_SHARE = 0.6;
const PLANE_MM = 0.15;
const STRAY_MM = 0.35;
/** How much worse a doubted node may fit on the plane than where it strayed to and still belong on the plane. */
const PLANE_BONUS = 0.1;
/** Disagreement between neighbouring nodes that is never held against them, evidence pixels. */
const QUIET_PX = 0.2;
/** Samples per 5-mm cell while measuring a node. */
const SAMPLES = 20;

/** Lattice vectors at a node, pixels per mesh step: [x along i, y along i, x along j, y along j]. */
type Basis = readonly [number, number, number, number];

/** A mesh on its way: its nodes, how they were found, and from which of them to go on, by trust. */
interface Growth {
  readonly evidence: FloatRaster;
  readonly templates: LineTemplates;
  readonly start: PaperMesh;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly trust: Float64Array;
  readonly bases: (Basis | undefined)[];
  readonly tries: Uint8Array;
  readonly front: readonly number[][];
}

/**
 * Follows the grid node by node outwards from where it is clearest: every node is predicted from its trusted neighbours,
 * measured by the line pattern in the 10 mm around it, and trusted when the pattern fits. So a page may bend away from
 * any perspective as far as it likes, as long as it bends gradually. Nodes never reached continue the surface.
 *
 * `start` tells the size of the mesh and where to begin, (`seedX`, `seedY`) being a pixel near the clearest grid.
 * About 60 ms for 2,700 nodes.
 */
export function growMesh(
  evidence: FloatRaster,
  start: PaperMesh,
  templates: LineTemplates,
  seedX: number,
  seedY: number,
): PaperMesh {
  const { columns, rows } = start;
  const xs = Float64Array.from(start.xs);
  const ys = Float64Array.from(start.ys);
  const trust = new Float64Array(columns * rows);
  const bases = new Array<Basis | undefined>(columns * rows);
  const tries = new Uint8Array(columns * rows);
  const front: number[][] = Array.from({ length: TRUST_LEVELS }, () => []);
  const growth: Growth = { evidence, templates, start, xs, ys, trust, bases, tries, front };

  const seeds = nearestNodes(start, seedX, seedY, 9);
  const move = seedMove(evidence, start, seeds, templates);
  for (const at of seeds) {
    const basis = startBasis(start, at);
    const x = (start.xs[at] as number) + move.u * basis[0] + move.v * basis[2];
    const y = (start.ys[at] as number) + move.u * basis[1] + move.v * basis[3];
    attempt(growth, at, x, y, basis, REACH_MM);
  }
  for (;;) {
    let level = front.length - 1;
    while (level >= 0 && front[level]!.length === 0) level--;
    if (level < 0) break;
    const from = front[level]!.pop()!;
    attemptAround(growth, from);
  }
  const grown = { ...start, xs, ys };
  const plane = planeThrough(grown, trust);
  if (plane !== null && callBack(evidence, plane, xs, ys, trust, templates)) {
    return joinTrusted(plane, xs, ys, trust);
  }
  const slipped = slippedPlane(grown, trust, PLANE_SHARE);
  if (slipped !== null) callBack(evidence, slipped, xs, ys, trust, templates, true);
  return joinTrusted(slipped ?? start, xs, ys, trust);
}

/**
 * Where nearly all nodes lie on a plane, a growth that strayed (along ink, or by a small box) is called back: nodes far
 * off the plane go where the plane has them if the lines fit there nearly as well, and are no longer trusted otherwise.
 * Returns whether the paper is plane, which `isPlane` says beforehand.
 */
function callBack(
  evidence: FloatRaster,
  plane: PaperMesh,
  xs: Float64Array,
  ys: Float64Array,
  trust: Float64Array,
  templates: LineTemplates,
  isPlane = false,
): boolean {
  const [ax, ay] = startBasis(plane, Math.floor(xs.length / 2));
  const pxPerMm = Math.hypot(ax, ay) / plane.stepMm;
  const offX = xs.map((x, at) => (x - plane.xs[at]!) / pxPerMm);
  const offY = ys.map((y, at) => (y - plane.ys[at]!) / pxPerMm);
  const strayed: number[] = [];
  let trusted = 0;
  let close = 0;
  for (let at = 0; at < trust.length; at++) {
    if (trust[at] === 0) continue;
    trusted++;
    const common = Math.hypot(
      meanAround(offX, trust, at, plane.columns),
      meanAround(offY, trust, at, plane.columns),
    );
    if (common < PLANE_MM) close++;
    if (Math.max(common, Math.hypot(offX[at]!, offY[at]!)) > STRAY_MM) strayed.push(at);
  }
  if (!isPlane && close < PLANE_SHARE * trusted) return false;
  for (const at of strayed) {
    const x = plane.xs[at]!;
    const y = plane.ys[at]!;
    const basis = startBasis(plane, at);
    const found = measureNode(evidence, x, y, basis, templates, REACH_MM / plane.stepMm);
    const fits = found !== null && found.correlation >= Math.max(TRUST, trust[at]!) - PLANE_BONUS;
    trust[at] = fits ? found.correlation : 0;
    if (!fits) continue;
    xs[at] = x + found.u * basis[0] + found.v * basis[2];
    ys[at] = y + found.u * basis[1] + found.v * basis[3];
  }
  return true;
}

/** Tries the nodes around `from` that are not trusted yet. */
function attemptAround(growth: Growth, from: number): void {
  const { xs, ys, trust, bases, tries } = growth;
  const { columns, rows } = growth.start;
  const column = from % columns;
  const row = Math.floor(from / columns);
  for (let j = Math.max(0, row - 1); j <= Math.min(rows - 1, row + 1); j++) {
    for (let i = Math.max(0, column - 1); i <= Math.min(columns - 1, column + 1); i++) {
      const at = j * columns + i;
      if ((trust[at] as number) > 0 || (tries[at] as number) >= TRIES) continue;
      const guess = predict(i, j, xs, ys, trust, bases, columns, rows);
      attempt(growth, at, guess.x, guess.y, guess.basis, REACH_MM);
    }
  }
}

function attempt(growth: Growth, at: number, x: number, y: number, basis: Basis, reachMm: number): void {
  const { evidence, templates, xs, ys, trust, bases, tries, front } = growth;
  const { columns, rows, stepMm } = growth.start;
  tries[at] = (tries[at] as number) + 1;
  const found = measureNode(evidence, x, y, basis, templates, reachMm / stepMm);
  if (found === null || found.correlation < TRUST) return;
  xs[at] = x + found.u * basis[0] + found.v * basis[2];
  ys[at] = y + found.u * basis[1] + found.v * basis[3];
  trust[at] = found.correlation;
  bases[at] = localBasis(at, xs, ys, trust, columns, rows, basis);
  (front[Math.min(TRUST_LEVELS - 1, Math.floor(found.correlation * TRUST_LEVELS))] as number[]).push(at);
}

function nearestNodes(mesh: PaperMesh, x: number, y: number, count: number): number[] {
  const order: { at: number; far: number }[] = [];
  for (let at = 0; at < mesh.xs.length; at++) {
    order.push({ at, far: Math.hypot(mesh.xs[at]! - x, mesh.ys[at]! - y) });
  }
  return order
    .sort(byDistance)
    .slice(0, count)
    .map((entry) => entry.at);
}

function byDistance(a: { far: number }, b: { far: number }): number {
  return a.far - b.far;
}

/**
 * Where the lines lie about the seeds, in mesh steps from where the start has them: as the clearest of the nodes tells.
 * All begin from there, for where all lines look alike each by itself might take another one for the major line.
 */
function seedMove(
  evidence: FloatRaster,
  start: PaperMesh,
  seeds: readonly number[],
  templates: LineTemplates,
): { u: number; v: number } {
  let best = { u: 0, v: 0, correlation: TRUST };
  for (const at of seeds) {
    const basis = startBasis(start, at);
    const reach = SEED_REACH_MM / start.stepMm;
    const found = measureNode(evidence, start.xs[at]!, start.ys[at]!, basis, templates, reach);
    if (found !== null && found.correlation > best.correlation) best = found;
  }
  return best;
}

function startBasis(mesh: PaperMesh, at: number): Basis {
  const { columns, rows, xs, ys } = mesh;
  const i = Math.min(columns - 2, at % columns);
  const j = Math.min(rows - 2, Math.floor(at / columns));
  const node = j * columns + i;
  const x = xs[node] as number;
  const y = ys[node] as number;
  return [
    (xs[node + 1] as number) - x,
    (ys[node + 1] as number) - y,
    (xs[node + columns] as number) - x,
    (ys[node + columns] as number) - y,
  ];
}

function predict(
  column: number,
  row: number,
  xs: Float64Array,
  ys: Float64Array,
  trust: Float64Array,
  bases: (Basis | undefined)[],
  columns: number,
  rows: number,
): { x: number; y: number; basis: Basis } {
  let total = 0;
  let x = 0;
  let y = 0;
  const mean: [number, number, number, number] = [0, 0, 0, 0];
  for (let j = Math.max(0, row - 1); j <= Math.min(rows - 1, row + 1); j++) {
    for (let i = Math.max(0, column - 1); i <= Math.min(columns - 1, column + 1); i++) {
      const at = j * columns + i;
      const basis = bases[at];
      if (basis === undefined) continue;
      const di = column - i;
      const dj = row - j;
      const weight = (trust[at] as number) / (di * di + dj * dj);
      total += weight;
      x += weight * ((xs[at] as number) + di * basis[0] + dj * basis[2]);
      y += weight * ((ys[at] as number) + di * basis[1] + dj * basis[3]);
      for (let k = 0; k < 4; k++) mean[k] = (mean[k] as number) + weight * (basis[k] as number);
    }
  }
  const [a, b, c, d] = mean;
  return { x: x / total, y: y / total, basis: [a / total, b / total, c / total, d / total] };
}

/** Lattice vectors that fit the trusted nodes within two steps, drawn towards the inherited ones. */
function localBasis(
  at: number,
  xs: Float64Array,
  ys: Float64Array,
  trust: Float64Array,
  columns: number,
  rows: number,
  inherited: Basis,
): Basis {
  const column = at % columns;
  const row = Math.floor(at / columns);
  let ii = INHERITANCE;
  let jj = INHERITANCE;
  let ij = 0;
  let xi = INHERITANCE * inherited[0];
  let yi = INHERITANCE * inherited[1];
  let xj = INHERITANCE * inherited[2];
  let yj = INHERITANCE * inherited[3];
  for (let j = Math.max(0, row - 2); j <= Math.min(rows - 1, row + 2); j++) {
    for (let i = Math.max(0, column - 2); i <= Math.min(columns - 1, column + 2); i++) {
      const other = j * columns + i;
      if (other === at || trust[other] === 0) continue;
      const di = i - column;
      const dj = j - row;
      const weight = (trust[other] as number) / (di * di + dj * dj);
      const dx = (xs[other] as number) - (xs[at] as number);
      const dy = (ys[other] as number) - (ys[at] as number);
      ii += weight * di * di;
      ij += weight * di * dj;
      jj += weight * dj * dj;
      xi += weight * di * dx;
      yi += weight * di * dy;
      xj += weight * dj * dx;
      yj += weight * dj * dy;
    }
  }
  const determinant = ii * jj - ij * ij;
  return [
    (xi * jj - xj * ij) / determinant,
    (yi * jj - yj * ij) / determinant,
    (xj * ii - xi * ij) / determinant,
    (yj * ii - yi * ij) / determinant,
  ];
}

const foldAcross = new Float32Array(PROFILE_BINS);
const foldDown = new Float32Array(PROFILE_BINS);
const spectrum = new Float64Array(2 * PROFILE_HARMONICS);

/** Shift of the lines at a node in mesh steps along both axes; `null` when too little of the image lies there. */
function measureNode(
  evidence: FloatRaster,
  x: number,
  y: number,
  basis: Basis,
  templates: LineTemplates,
  reach: number,
): { u: number; v: number; correlation: number } | null {
  const { data, width, height } = evidence;
  foldAcross.fill(0);
  foldDown.fill(0);
  const bins = PROFILE_BINS / SAMPLES;
  let seen = 0;
  for (let sj = -SAMPLES; sj < SAMPLES; sj++) {
    const b = sj / SAMPLES;
    const binDown = ((sj + SAMPLES) % SAMPLES) * bins;
    const rowX = x + b * basis[2];
    const rowY = y + b * basis[3];
    let sum = 0;
    for (let si = -SAMPLES; si < SAMPLES; si++) {
      const a = si / SAMPLES;
      const px = rowX + a * basis[0];
      const py = rowY + a * basis[1];
      if (!(px >= 0 && py >= 0 && px < width - 1 && py < height - 1)) continue;
      const ix = px | 0;
      const iy = py | 0;
      const fx = px - ix;
      const p = iy * width + ix;
      const upper = (data[p] as number) + fx * ((data[p + 1] as number) - (data[p] as number));
      const q = p + width;
      const lower = (data[q] as number) + fx * ((data[q + 1] as number) - (data[q] as number));
      const value = upper + (py - iy) * (lower - upper);
      sum += value;
      seen++;
      const binAcross = ((si + SAMPLES) % SAMPLES) * bins;
      foldAcross[binAcross] = (foldAcross[binAcross] as number) + value;
    }
    foldDown[binDown] = (foldDown[binDown] as number) + sum;
  }
  if (seen < 1.2 * SAMPLES * SAMPLES) return null;
  profileSpectrum(foldAcross, 0, spectrum);
  const u = profileShift(spectrum, templates.across, 0, reach);
  profileSpectrum(foldDown, 0, spectrum);
  const v = profileShift(spectrum, templates.down, 0, reach);
  if (Math.max(Math.abs(u.shift), Math.abs(v.shift)) > 0.98 * reach && reach < 0.5) return null;
  return { u: u.shift, v: v.shift, correlation: Math.min(u.correlation, v.correlation) };
}

/** The stiffest surface through the trusted nodes that leaves nearly all of them within reach of a refinement. */
function joinTrusted(start: PaperMesh, xs: Float64Array, ys: Float64Array, trust: Float64Array): PaperMesh {
  const { columns, rows, stepMm } = start;
  const shiftX = xs.map((x, at) => x - (start.xs[at] as number));
  const shiftY = ys.map((y, at) => y - (start.ys[at] as number));
  const [ax, ay] = startBasis(start, Math.floor(xs.length / 2));
  const slackPx = (JOIN_SLACK_MM / stepMm) * Math.hypot(ax, ay);
  let moveX: Float64Array = shiftX;
  let moveY: Float64Array = shiftY;
  for (const stiffness of STIFFNESSES) {
    moveX = robustSurface({ columns, rows, values: shiftX, weights: trust }, stiffness, QUIET_PX, 200);
    moveY = robustSurface({ columns, rows, values: shiftY, weights: trust }, stiffness, QUIET_PX, 200);
    const offX = moveX.map((move, at) => (shiftX[at] as number) - move);
    const offY = moveY.map((move, at) => (shiftY[at] as number) - move);
    let trusted = 0;
    let off = 0;
    for (let at = 0; at < trust.length; at++) {
      if (trust[at] === 0) continue;
      trusted++;
      if (Math.hypot(meanAround(offX, trust, at, columns), meanAround(offY, trust, at, columns)) > slackPx)
        off++;
    }
    if (off <= MOST_OFF * trusted) break;
  }
  return {
    ...start,
    xs: start.xs.map((x, at) => x + (moveX[at] as number)),
    ys: start.ys.map((y, at) => y + (moveY[at] as number)),
  };
}

/** Mean over the trusted nodes among the nine around a node: what they have in common, not their scatter. */
function meanAround(values: Float64Array, trust: Float64Array, at: number, columns: number): number {
  let sum = 0;
  let count = 0;
  for (const row of [at - columns, at, at + columns]) {
    for (let near = row - 1; near <= row + 1; near++) {
      if (!(near >= 0 && near < trust.length) || trust[near] === 0) continue;
      sum += values[near] as number;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}
