import type { Random } from '../random.ts';
import type { Furrows } from './page-conditions.ts';
import type { PaperPart } from './soil-paper.ts';

/** Points a furrow is bent at. */
const BENDS = 12;
/** Beyond so many widths nothing of a furrow is left. */
const REACH = 2.6;
/** Light that the deepest furrow leaves. */
const DARKEST = 0.06;

/**
 * The valleys of crumpled paper that no light reaches: short bent strokes, soft like shade but as dark as ink, one flank
 * often steeper than the other. They are what is most easily taken for a trace. In place on a part of a flat RGB page.
 */
export function shadeFurrows(part: PaperPart, furrows: Furrows, random: Random): void {
  for (let k = 0; k < furrows.count; k++) shadeFurrow(part, furrows.depth, random.fork(`furrow${k}`));
}

function shadeFurrow({ picture, frame, full, pxPerMm }: PaperPart, depth: number, random: Random): void {
  const length = Math.exp(random.uniform(Math.log(5), Math.log(60))) * pxPerMm;
  const widest = Math.exp(random.uniform(Math.log(0.25), Math.log(2.6))) * pxPerMm;
  const deepest = Math.min(1 - DARKEST, depth * random.uniform(0.5, 1.3));
  // The light side of a furrow is steep or shallow.
  const skew = Math.exp(random.normal(0, 0.6));
  const points: (readonly [x: number, y: number])[] = [];
  let angle = random.uniform(0, 2 * Math.PI);
  let x = random.uniform(0, full.width) - frame.x0;
  let y = random.uniform(0, full.height) - frame.y0;
  const bend = random.normal(0, 0.09);
  for (let k = 0; k <= BENDS; k++) {
    points.push([x, y]);
    angle += bend + random.normal(0, 0.07);
    x += (Math.cos(angle) * length) / BENDS;
    y += (Math.sin(angle) * length) / BENDS;
  }
  const reach = REACH * widest * Math.max(1, skew);
  const { data, width, height } = picture;
  const [left, right] = span(
    points.map(([px]) => px),
    reach,
    width,
  );
  const [top, bottom] = span(
    points.map(([, py]) => py),
    reach,
    height,
  );
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const { distance, along, outside } = nearest(points, column, row);
      // Furrows begin and end gently.
      const share = Math.sin(Math.PI * along);
      const half = widest * (0.35 + 0.65 * share) * (outside ? skew : 1);
      const u = distance / half;
      if (u > REACH) continue;
      const factor = 1 - deepest * Math.sqrt(share) * Math.exp(-0.5 * u * u);
      const p = (row * width + column) * 3;
      for (let c = p; c < p + 3; c++) data[c] = data[c]! * factor;
    }
  }
}

/** Whole pixels within reach of some coordinates, inside the picture. */
function span(values: readonly number[], reach: number, size: number): [number, number] {
  const start = Math.max(0, Math.floor(Math.min(...values) - reach));
  return [start, Math.min(size, Math.ceil(Math.max(...values) + reach))];
}

/** The nearest point of a chain: distance, share of the chain up to it, and on which side of it one stands. */
function nearest(
  points: readonly (readonly [number, number])[],
  x: number,
  y: number,
): { distance: number; along: number; outside: boolean } {
  let least = Infinity;
  let along = 0;
  let outside = false;
  for (let k = 1; k < points.length; k++) {
    const [ax, ay] = points[k - 1]!;
    const [bx, by] = points[k]!;
    const [ux, uy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * ux + (y - ay) * uy) / (ux * ux + uy * uy)));
    const [dx, dy] = [x - ax - t * ux, y - ay - t * uy];
    const squared = dx * dx + dy * dy;
    if (squared >= least) continue;
    least = squared;
    along = (k - 1 + t) / (points.length - 1);
    outside = ux * dy - uy * dx > 0;
  }
  return { distance: Math.sqrt(least), along, outside };
}
