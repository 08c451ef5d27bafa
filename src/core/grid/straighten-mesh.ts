import { applyHomography, fitHomography } from '../page/homography.ts';
import type { PaperMesh } from './paper-mesh.ts';

/** Agreement from which a node has a say. */
const TRUSTED = 0.4;
const MIN_NODES = 24;
/**
 * Typical and largest (95th percentile) distance between the nodes and a plane page up to which the distances are taken
 * for the grid's own inaccuracy: renderers and scanners set lines on whole pixels.
 */
const TYPICAL_MM = 0.04;
const LARGEST_MM = 0.1;

/**
 * The mesh of a plane page without the jitter of its printed lines: when a homography explains the trusted nodes to
 * within a few hundredths of a millimetre, every node is put where it says; otherwise (bent paper) the mesh is returned
 * as it is.
 */
export function straightenMesh(mesh: PaperMesh, agreement: Float32Array): PaperMesh {
  const { columns, stepMm, originXMm, originYMm } = mesh;
  const trusted: number[] = [];
  for (let at = 0; at < agreement.length; at++) if (agreement[at]! >= TRUSTED) trusted.push(at);
  if (trusted.length < MIN_NODES) return mesh;
  const paperX = (at: number): number => originXMm + (at % columns) * stepMm;
  const paperY = (at: number): number => originYMm + Math.floor(at / columns) * stepMm;
  const fromX = Float64Array.from(trusted, paperX);
  const fromY = Float64Array.from(trusted, paperY);
  const toX = Float64Array.from(trusted, (at) => mesh.xs[at]!);
  const toY = Float64Array.from(trusted, (at) => mesh.ys[at]!);
  const toPixel = fitHomography(fromX, fromY, toX, toY);
  const toPaper = fitHomography(toX, toY, fromX, fromY);
  if (toPixel === null || toPaper === null) return mesh;
  const offX = new Float64Array(trusted.length);
  const offY = new Float64Array(trusted.length);
  for (let k = 0; k < trusted.length; k++) {
    const [x, y] = applyHomography(toPaper, toX[k]!, toY[k]!);
    offX[k] = Math.abs(x - fromX[k]!);
    offY[k] = Math.abs(y - fromY[k]!);
  }
  offX.sort();
  offY.sort();
  const typical = Math.max(offX[offX.length >> 1]!, offY[offY.length >> 1]!);
  const largest = Math.max(offX[Math.floor(0.95 * offX.length)]!, offY[Math.floor(0.95 * offY.length)]!);
  if (typical > TYPICAL_MM || largest > LARGEST_MM) return mesh;
  const xs = new Float64Array(mesh.xs.length);
  const ys = new Float64Array(mesh.ys.length);
  for (let at = 0; at < xs.length; at++) [xs[at], ys[at]] = applyHomography(toPixel, paperX(at), paperY(at));
  return { ...mesh, xs, ys };
}
