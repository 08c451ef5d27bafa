import { applyHomography, fitHomography } from '../page/homography.ts';
import type { PaperMesh } from './paper-mesh.ts';

const MIN_NODES = 12;
/** Nodes that are enough to fit the plane to, and to count how many agree with it. */
const ENOUGH_NODES = 600;
/** Places from which a plane is tried, along either side of the page. */
const STARTS = 4;
/** Distances, in mesh steps, within which nodes are added one round after the other. */
const REACHES = [4, 6, 9, 14, 21, 32, 48, 72, Infinity];
/** How far from the plane so far a node may lie, boxes not counted, in mesh steps. */
const NEAR_STEPS = 0.06;

/** Share of the trusted nodes that must have been counted wrong for paper to be plane that does not look so. */
const COUNTED_WRONG = 0.05;

/** A trusted node: mesh column and row, and pixel. */
interface Node {
  readonly at: number;
  readonly i: number;
  readonly j: number;
  readonly x: number;
  readonly y: number;
}

/** The plane of `planeOfMost` where `leastShare` of the trusted nodes lie on it and boxes were counted wrong; else `null`. */
export function slippedPlane(mesh: PaperMesh, trust: Float64Array, leastShare: number): PaperMesh | null {
  const most = planeOfMost(mesh, trust);
  return most !== null && most.share >= leastShare && most.off >= COUNTED_WRONG ? most.plane : null;
}

/**
 * The mesh if its paper were plane and boxes were counted wrong here and there: where lines are lost from sight over a few
 * centimetres, a growth comes out at the far side a whole box off. Planes are grown from several places, whole boxes never
 * being held against a node, and that on which most nodes lie is returned; `null` when too few are trusted.
 *
 * @returns the plane mesh, the share of the trusted nodes that lie on it but for whole boxes, and of those that are whole boxes off
 */
export function planeOfMost(
  mesh: PaperMesh,
  trust: Float64Array,
): { readonly plane: PaperMesh; readonly share: number; readonly off: number } | null {
  const { columns, rows } = mesh;
  const trusted: Node[] = [];
  for (let at = 0; at < trust.length; at++) {
    if (trust[at]! <= 0) continue;
    trusted.push({ at, i: at % columns, j: Math.floor(at / columns), x: mesh.xs[at]!, y: mesh.ys[at]! });
  }
  if (trusted.length < MIN_NODES) return null;
  const stride = Math.ceil(trusted.length / ENOUGH_NODES);
  let best: { toPixel: Float64Array; on: readonly Placed[] } | null = null;
  for (let v = 0; v < STARTS; v++) {
    for (let u = 0; u < STARTS; u++) {
      const inside = trusted.filter(
        ({ i, j }) => Math.floor((STARTS * i) / columns) === u && Math.floor((STARTS * j) / rows) === v,
      );
      if (inside.length === 0) continue;
      const seed = inside.reduce((a, b) => (trust[b.at]! > trust[a.at]! ? b : a));
      const toPixel = growPlane(trusted, seed, stride);
      if (toPixel === null) continue;
      const on = nodesOn(trusted, toPixel);
      if (best === null || on.length > best.on.length) best = { toPixel, on };
    }
  }
  if (best === null) return null;
  const xs = new Float64Array(mesh.xs.length);
  const ys = new Float64Array(mesh.ys.length);
  for (let at = 0; at < xs.length; at++) {
    [xs[at], ys[at]] = applyHomography(best.toPixel, at % columns, Math.floor(at / columns));
  }
  const off = best.on.filter(({ isOff }) => isOff).length;
  return {
    plane: { ...mesh, xs, ys },
    share: best.on.length / trusted.length,
    off: off / trusted.length,
  };
}

/** The plane through the nodes around `seed`, and on from there through those that lie on it; mesh steps to pixels. */
function growPlane(nodes: readonly Node[], seed: Node, stride: number): Float64Array | null {
  let toPixel: Float64Array | null = null;
  for (const reach of REACHES) {
    const near = nodes.filter(({ i, j }) => Math.hypot(i - seed.i, j - seed.j) <= reach);
    const on: readonly Placed[] =
      toPixel === null
        ? near.map(({ i, j, x, y }) => ({ u: i, v: j, x, y, isOff: false }))
        : nodesOn(near, toPixel);
    if (on.length < MIN_NODES) {
      if (toPixel !== null) return null;
      continue;
    }
    const used = reach === Infinity ? on.filter((_, k) => k % stride === 0) : on;
    const fitted = reach === Infinity ? homographyThrough(used) : affineThrough(used);
    if (fitted === null) return null;
    toPixel = fitted;
  }
  return toPixel;
}

/** A node with the place on the paper that it turned out to have, mesh steps. */
interface Placed {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  /** Whether it had been counted otherwise. */
  readonly isOff: boolean;
}

/** The nodes that lie on a plane but for whole boxes, with the places that they have there. */
function nodesOn(nodes: readonly Node[], toPixel: Float64Array): Placed[] {
  const on: Placed[] = [];
  for (const { i, j, x, y } of nodes) {
    const [px, py] = applyHomography(toPixel, i, j);
    const [ax, ay] = applyHomography(toPixel, i + 1, j);
    const [bx, by] = applyHomography(toPixel, i, j + 1);
    const determinant = (ax - px) * (by - py) - (ay - py) * (bx - px);
    if (!(Math.abs(determinant) > 0)) continue;
    const du = ((x - px) * (by - py) - (y - py) * (bx - px)) / determinant;
    const dv = ((ax - px) * (y - py) - (ay - py) * (x - px)) / determinant;
    const [wholeU, wholeV] = [Math.round(du), Math.round(dv)];
    if (Math.hypot(du - wholeU, dv - wholeV) > NEAR_STEPS) continue;
    on.push({ u: i + wholeU, v: j + wholeV, x, y, isOff: wholeU !== 0 || wholeV !== 0 });
  }
  return on;
}

function homographyThrough(nodes: readonly Placed[]): Float64Array | null {
  const column = (get: (node: Placed) => number): Float64Array => Float64Array.from(nodes, get);
  return fitHomography(
    column(({ u }) => u),
    column(({ v }) => v),
    column(({ x }) => x),
    column(({ y }) => y),
  );
}

/** Least squares: pixels as an affine map of mesh steps, written as a homography. Local perspective is too weak to be measured. */
function affineThrough(nodes: readonly Placed[]): Float64Array | null {
  const n = nodes.length;
  const mean = (get: (node: Placed) => number): number => nodes.reduce((sum, node) => sum + get(node), 0) / n;
  const [u0, v0, x0, y0] = [mean(({ u }) => u), mean(({ v }) => v), mean(({ x }) => x), mean(({ y }) => y)];
  let [uu, uv, vv, ux, vx, uy, vy] = [0, 0, 0, 0, 0, 0, 0];
  for (const { u, v, x, y } of nodes) {
    uu += (u - u0) ** 2;
    uv += (u - u0) * (v - v0);
    vv += (v - v0) ** 2;
    ux += (u - u0) * (x - x0);
    vx += (v - v0) * (x - x0);
    uy += (u - u0) * (y - y0);
    vy += (v - v0) * (y - y0);
  }
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-6)) return null;
  const [a, b] = [(ux * vv - vx * uv) / determinant, (vx * uu - ux * uv) / determinant];
  const [c, d] = [(uy * vv - vy * uv) / determinant, (vy * uu - uy * uv) / determinant];
  return Float64Array.of(a, b, x0 - a * u0 - b * v0, c, d, y0 - c * u0 - d * v0, 0, 0, 1);
}
