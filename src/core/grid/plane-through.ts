import { applyHomography, fitHomography } from '../page/homography.ts';
import type { PaperMesh } from './paper-mesh.ts';

const MIN_NODES = 12;
/** Nodes that are enough to fit the plane to. */
const ENOUGH_NODES = 600;
const ROUNDS = 8;

/**
 * The mesh if its paper were plane: every node where the homography through the nodes with `trust` above 0 has it, those
 * that disagree losing their say. `null` when too few are trusted. About 5 ms.
 */
export function planeThrough(mesh: PaperMesh, trust: Float64Array): PaperMesh | null {
  const { columns, stepMm, originXMm, originYMm } = mesh;
  let nodes: number[] = [];
  for (let at = 0; at < trust.length; at++) if (trust[at]! > 0) nodes.push(at);
  if (nodes.length < MIN_NODES) return null;
  const stride = Math.ceil(nodes.length / ENOUGH_NODES);
  nodes = nodes.filter((_, k) => k % stride === 0);
  const paperX = (at: number): number => originXMm + (at % columns) * stepMm;
  const paperY = (at: number): number => originYMm + Math.floor(at / columns) * stepMm;
  const toPixel = fitHomography(
    Float64Array.from(nodes, paperX),
    Float64Array.from(nodes, paperY),
    Float64Array.from(nodes, (at) => mesh.xs[at]!),
    Float64Array.from(nodes, (at) => mesh.ys[at]!),
    ROUNDS,
  );
  if (toPixel === null) return null;
  const xs = new Float64Array(mesh.xs.length);
  const ys = new Float64Array(mesh.ys.length);
  for (let at = 0; at < xs.length; at++) [xs[at], ys[at]] = applyHomography(toPixel, paperX(at), paperY(at));
  return { ...mesh, xs, ys };
}
