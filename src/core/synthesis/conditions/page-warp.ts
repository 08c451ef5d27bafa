import type { Random } from '../random.ts';
import { applyHomography, boxToQuad, invertHomography, type Point } from './homography.ts';
import type { Crumple, PageConditions } from './page-conditions.ts';

/** Where each point of the flat page lies in the picture. Pixels, centres at integers, both ways. */
export interface PageWarp {
  /** Size of the picture. */
  readonly width: number;
  readonly height: number;
  readonly toImage: (x: number, y: number) => [number, number];
  readonly toFlat: (x: number, y: number) => [number, number];
  /** The folds of the paper, for their shading: a point on the line and its direction, flat pixels. */
  readonly creases: readonly Crease[];
}

/** A straight fold: points p with `normal . p = offset`. */
export interface Crease {
  readonly normal: Point;
  readonly offset: number;
  /** Reach of its effect, pixels. */
  readonly reachPx: number;
}

/** Rounds of the fixed-point search for the inverse of the bend; each gains about an order of magnitude. */
const INVERSE_ROUNDS = 8;

/**
 * Draws the geometry of a page's journey: folds and curl shift the paper within itself, then a homography (skew,
 * perspective, surround) puts it before the camera. Null when the page stays as it is.
 *
 * @param pxPerMm pixels per millimetre of the flat page
 */
export function createPageWarp(
  flat: { readonly width: number; readonly height: number; readonly pxPerMm: number },
  conditions: PageConditions,
  random: Random,
): PageWarp | null {
  const {
    rotationDegrees = 0,
    perspective = 0,
    curlMm = 0,
    creases = 0,
    creaseMm = 0.4,
    surround,
    crumple,
  } = conditions;
  const flatPage = rotationDegrees === 0 && perspective === 0 && curlMm === 0 && creases === 0;
  if (flatPage && !surround && !crumple) return null;
  const { width: w, height: h, pxPerMm } = flat;
  const share = surround?.share ?? 0;
  const width = Math.round(w * (1 + 2 * share));
  const height = Math.round(h * (1 + 2 * share));
  const quad = cameraQuad(w, h, width, height, rotationDegrees, perspective, random.fork('camera'));
  const forward = boxToQuad(w, h, quad);
  const backward = invertHomography(forward);
  const folds = drawCreases(w, h, creases, random.fork('creases'));
  const gentle = createBend(w, h, curlMm * pxPerMm, creaseMm * pxPerMm, folds, random.fork('curl'));
  const bend = crumple ? addCrumple(gentle, crumple, pxPerMm, random.fork('crumple')) : gentle;
  return {
    width,
    height,
    creases: folds,
    // The homography works on pixel corners, the outside on pixel centres.
    toImage: (x, y) => {
      const [dx, dy] = bend(x, y);
      const [ix, iy] = applyHomography(forward, x + dx + 0.5, y + dy + 0.5);
      return [ix - 0.5, iy - 0.5];
    },
    toFlat: (x, y) => {
      const [fx, fy] = applyHomography(backward, x + 0.5, y + 0.5);
      let ux = fx - 0.5;
      let uy = fy - 0.5;
      for (let round = 0; round < INVERSE_ROUNDS; round++) {
        const [dx, dy] = bend(ux, uy);
        ux = fx - 0.5 - dx;
        uy = fy - 0.5 - dy;
      }
      return [ux, uy];
    },
  };
}

/** Corners of the paper in the picture: turned about the middle, each corner pushed inwards at random. */
function cameraQuad(
  w: number,
  h: number,
  width: number,
  height: number,
  rotationDegrees: number,
  perspective: number,
  random: Random,
): Point[] {
  const a = (rotationDegrees * Math.PI) / 180;
  const corners: Point[] = [
    [-w / 2, -h / 2],
    [w / 2, -h / 2],
    [w / 2, h / 2],
    [-w / 2, h / 2],
  ];
  return corners.map(([x, y]) => {
    const px = x * (1 - 2 * perspective * random.next());
    const py = y * (1 - 2 * perspective * random.next());
    return [
      width / 2 + px * Math.cos(a) - py * Math.sin(a),
      height / 2 + px * Math.sin(a) + py * Math.cos(a),
    ];
  });
}

function drawCreases(w: number, h: number, count: number, random: Random): Crease[] {
  return Array.from({ length: count }, (_, k) => {
    // Folds run mostly across or along the page, the first one across its middle.
    const along = k % 2 === 0 ? 0 : Math.PI / 2;
    const angle = along + random.normal(0, 0.03);
    const normal: Point = [Math.cos(angle), Math.sin(angle)];
    const x = w * (k === 0 ? random.normal(0.5, 0.02) : random.uniform(0.2, 0.8));
    const y = h * (k === 1 ? random.normal(0.5, 0.02) : random.uniform(0.2, 0.8));
    return { normal, offset: normal[0] * x + normal[1] * y, reachPx: 0.03 * (w + h) };
  });
}

type Bend = (x: number, y: number) => [number, number];

/** Waves as long as two facets, in two directions, on top of a bend. */
function addCrumple(bend: Bend, { sizeMm, shiftMm }: Crumple, pxPerMm: number, random: Random): Bend {
  const wave = () => {
    const angle = random.uniform(0, Math.PI);
    const k = Math.PI / (sizeMm * pxPerMm * random.uniform(1, 2));
    return { kx: k * Math.cos(angle), ky: k * Math.sin(angle), phase: random.uniform(0, 2 * Math.PI) };
  };
  const [a, b] = [wave(), wave()];
  const height = shiftMm * pxPerMm;
  return (x, y) => {
    const [dx, dy] = bend(x, y);
    return [
      dx + height * Math.sin(a.kx * x + a.ky * y + a.phase),
      dy + height * Math.sin(b.kx * x + b.ky * y + b.phase),
    ];
  };
}

/** Shift of the paper within itself at each of its points, pixels. */
function createBend(
  w: number,
  h: number,
  curlPx: number,
  creasePx: number,
  folds: readonly Crease[],
  random: Random,
): Bend {
  const wave = () => ({
    kx: (random.uniform(0.3, 1.1) * 2 * Math.PI) / w,
    ky: (random.uniform(0.2, 0.8) * 2 * Math.PI) / h,
    phase: random.uniform(0, 2 * Math.PI),
    height: curlPx * random.uniform(0.35, 0.5),
  });
  const wavesX = [wave(), wave()];
  const wavesY = [wave(), wave()];
  return (x, y) => {
    let dx = 0;
    let dy = 0;
    for (const { kx, ky, phase, height } of wavesX) dx += 0.5 * height * Math.sin(kx * x + ky * y + phase);
    for (const { kx, ky, phase, height } of wavesY) dy += height * Math.sin(kx * x + ky * y + phase);
    for (const { normal, offset, reachPx } of folds) {
      const s = (normal[0] * x + normal[1] * y - offset) / reachPx;
      // Both sides are drawn towards the fold, most at one reach from it (1.65 = 1 / max of s exp(-s^2 / 2)).
      const pull = -creasePx * 1.65 * s * Math.exp(-0.5 * s * s);
      dx += pull * normal[0];
      dy += pull * normal[1];
    }
    return [dx, dy];
  };
}
