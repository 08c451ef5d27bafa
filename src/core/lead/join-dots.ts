import type { InkComponents } from './ink-components.ts';

/** Sides of a dot of a matrix printer, millimetres. */
const DOT_MM: readonly [number, number] = [0.1, 0.75];
/** Longest way between the edges of neighbouring dots, millimetres: less than between dots of a grid. */
const GAP_MM = 0.4;
/** Fewest dots of a letter. */
const LEAST_DOTS = 5;
/** Heights of a letter, millimetres. */
const HEIGHT_MM: readonly [number, number] = [1.2, 6];
const MAX_WIDTH_MM = 6;

/** Bounding boxes of letters, ends exclusive. */
export type InkBoxes = Pick<InkComponents, 'count' | 'x0' | 'y0' | 'x1' | 'y1' | 'area'>;

/**
 * Adds the letters that a matrix printer made of separate dots: a chain of dots that are nearer to each other than those
 * of a grid, of a letter's size. The pieces themselves keep their numbers; letters follow them. Time grows with the number
 * of dots.
 */
export function joinDots(components: InkComponents, pxPerMm: number): InkBoxes {
  const { x0, y0, x1, y1, area, count } = components;
  const isDot = (c: number): boolean => {
    const wide = x1[c]! - x0[c]!;
    const tall = y1[c]! - y0[c]!;
    return Math.min(wide, tall) >= DOT_MM[0] * pxPerMm && Math.max(wide, tall) <= DOT_MM[1] * pxPerMm;
  };
  const side = Math.ceil((DOT_MM[1] + GAP_MM) * pxPerMm);
  const placeOf = (x: number, y: number): number => Math.floor(y / side) * 65536 + Math.floor(x / side);
  const places = new Map<number, number[]>();
  for (let c = 0; c < count; c++) {
    if (!isDot(c)) continue;
    const place = placeOf(x0[c]!, y0[c]!);
    const there = places.get(place);
    if (there) there.push(c);
    else places.set(place, [c]);
  }
  const gap = GAP_MM * pxPerMm;
  const neighbours = (c: number): number[] => {
    const near: number[] = [];
    for (let dy = -side; dy <= side; dy += side) {
      for (let dx = -side; dx <= side; dx += side) {
        for (const other of places.get(placeOf(x0[c]! + dx, y0[c]! + dy)) ?? []) {
          const across = Math.max(x0[other]! - x1[c]!, x0[c]! - x1[other]!);
          const down = Math.max(y0[other]! - y1[c]!, y0[c]! - y1[other]!);
          if (Math.max(across, down) <= gap) near.push(other);
        }
      }
    }
    return near;
  };
  const taken = new Uint8Array(count);
  const letters: [number, number, number, number, number][] = [];
  for (const first of [...places.values()].flat()) {
    if (taken[first]) continue;
    taken[first] = 1;
    const stack = [first];
    let dots = 0;
    const box: [number, number, number, number, number] = [Infinity, Infinity, 0, 0, 0];
    for (let c = stack.pop(); c !== undefined; c = stack.pop()) {
      dots++;
      box[0] = Math.min(box[0], x0[c]!);
      box[1] = Math.min(box[1], y0[c]!);
      box[2] = Math.max(box[2], x1[c]!);
      box[3] = Math.max(box[3], y1[c]!);
      box[4] += area[c]!;
      for (const other of neighbours(c)) {
        if (taken[other]) continue;
        taken[other] = 1;
        stack.push(other);
      }
    }
    const tall = (box[3] - box[1]) / pxPerMm;
    const wide = (box[2] - box[0]) / pxPerMm;
    if (dots >= LEAST_DOTS && tall >= HEIGHT_MM[0] && tall <= HEIGHT_MM[1] && wide <= MAX_WIDTH_MM)
      letters.push(box);
  }
  if (letters.length === 0) return components;
  const joined = (own: Int32Array, at: number): Int32Array =>
    Int32Array.from([...own, ...letters.map((letter) => letter[at]!)]);
  return {
    count: count + letters.length,
    x0: joined(x0, 0),
    y0: joined(y0, 1),
    x1: joined(x1, 2),
    y1: joined(y1, 3),
    area: joined(area, 4),
  };
}
