import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { MissingPaper } from './page-conditions.ts';

/** How far inside the paper a point lies, millimetres; negative where the paper is punched or torn away. */
export type PaperDepth = (xMm: number, yMm: number) => number;

const HOLE_RADIUS_MM = 3;
const HOLE_SPACING_MM = 80;

/**
 * Draws which paper is missing: holes of an office punch along one side, sides and corners torn off along a ragged
 * line. The sides of the sheet itself do not count. Null when nothing is missing.
 */
export function createMissingPaper(
  [width, height]: readonly [number, number],
  { punchedHoles, tornSides, tornCorners }: MissingPaper,
  random: Random,
): PaperDepth | null {
  const parts: PaperDepth[] = [];
  if (punchedHoles > 0) {
    const onTop = random.chance(0.5);
    const middle = (onTop ? width : height) / 2 + random.normal(0, 3);
    const inset = random.uniform(7, 14);
    for (let k = 0; k < punchedHoles; k++) {
      const along = middle + (k - (punchedHoles - 1) / 2) * HOLE_SPACING_MM;
      const [cx, cy] = onTop ? [along, inset] : [inset, along];
      parts.push((x, y) => Math.hypot(x - cx, y - cy) - HOLE_RADIUS_MM);
    }
  }
  for (let k = 0; k < tornSides; k++) parts.push(tornSide(width, height, random.fork(`side${k}`)));
  for (let k = 0; k < tornCorners; k++) parts.push(tornCorner(width, height, random.fork(`corner${k}`)));
  if (parts.length === 0) return null;
  return (x, y) => {
    let depth = Infinity;
    for (const part of parts) depth = Math.min(depth, part(x, y));
    return depth;
  };
}

function tornSide(width: number, height: number, random: Random): PaperDepth {
  const side = random.integer(0, 3);
  const inset = random.uniform(1, 9);
  const swing = random.uniform(0.5, 5);
  const coarse = createSmoothNoise(random, 45);
  const fine = createSmoothNoise(random, 2.5);
  const ragged = (along: number) => inset + swing * coarse(along, 0) + 0.5 * fine(along, 0);
  if (side === 0) return (x, y) => x - ragged(y);
  if (side === 1) return (x, y) => width - x - ragged(y);
  if (side === 2) return (x, y) => y - ragged(x);
  return (x, y) => height - y - ragged(x);
}

function tornCorner(width: number, height: number, random: Random): PaperDepth {
  const angle = random.uniform(0.3, Math.PI / 2 - 0.3);
  const size = random.uniform(8, 45);
  const right = random.chance(0.5);
  const low = random.chance(0.5);
  const coarse = createSmoothNoise(random, 12);
  const fine = createSmoothNoise(random, 2);
  return (x, y) => {
    const u = right ? width - x : x;
    const v = low ? height - y : y;
    const across = u * Math.cos(angle) + v * Math.sin(angle);
    const along = v * Math.cos(angle) - u * Math.sin(angle);
    return across - size * 0.7 - 3 * coarse(along, 0) - 0.5 * fine(along, 0);
  };
}
