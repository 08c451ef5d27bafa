import { textStrokes, type Stroke } from '../page/text-strokes.ts';
import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';

/** Distance of the points a stroke is bent at, millimetres. */
const STEP_MM = 0.6;

/**
 * Text as a hand writes it: slanted letters of uneven size on a wavering line, the strokes bent and partly joined.
 *
 * @param capMm height of capitals, millimetres
 */
export function writeByHand(random: Random, text: string, x: number, y: number, capMm: number): Stroke[] {
  const slope = random.normal(0, 0.08);
  const shiver = createSmoothNoise(random, capMm * 0.35);
  const sway = createSmoothNoise(random, capMm * 3);
  const lettering = { capMm, stretch: random.uniform(0.8, 1.2), slant: random.normal(0.2, 0.2) };
  const bent = textStrokes(text, x, y, lettering).strokes.map((stroke) => {
    const dense = resampled(stroke);
    for (let k = 0; k < dense.length; k += 2) {
      const [px, py] = [dense[k]!, dense[k + 1]!];
      dense[k] = px + capMm * (0.13 * shiver(px, py) + 0.12 * sway(px, py + 90));
      dense[k + 1] = py + capMm * (0.13 * shiver(px + 70, py) + 0.25 * sway(px, py)) + slope * (px - x);
    }
    return dense;
  });
  if (random.chance(0.5)) return bent;
  const joins = bent.slice(1).flatMap((stroke, k) => {
    const before = bent[k]!;
    const [ax, ay, bx, by] = [before.at(-2)!, before.at(-1)!, stroke[0]!, stroke[1]!];
    const near = Math.hypot(bx - ax, by - ay) < 0.7 * capMm;
    return near && random.chance(0.6)
      ? [Float32Array.of(ax, ay, (ax + bx) / 2, Math.max(ay, by), bx, by)]
      : [];
  });
  return [...bent, ...joins];
}

/** Signatures, circles around a beat, arrows, underlines, ticks. */
export function scrawl(random: Random, x: number, y: number): Stroke[] {
  const size = random.uniform(5, 25);
  const kind = random.integer(0, 4);
  if (kind === 0) {
    // A signature: loops that move on and die out.
    const [fx, fy] = [random.uniform(2, 5), random.uniform(3, 7)];
    const phase = random.uniform(0, 6);
    return [
      curve(80, (t) => [
        x + size * (1.6 * t + 0.16 * Math.sin(2 * Math.PI * fx * t + phase)),
        y +
          size *
            0.3 *
            (1 - 0.6 * t) *
            Math.sin(2 * Math.PI * fy * t) *
            (0.5 + Math.abs(Math.sin(7 * t + phase))),
      ]),
    ];
  }
  if (kind === 1) {
    const [rx, ry] = [size * random.uniform(0.4, 1), size * random.uniform(0.3, 0.7)];
    const over = random.uniform(0.95, 1.15);
    const start = random.uniform(0, 6);
    return [
      curve(60, (t) => {
        const a = start + 2 * Math.PI * over * t;
        return [x + rx * (1 + 0.06 * t) * Math.cos(a), y + ry * (1 + 0.06 * t) * Math.sin(a)];
      }),
    ];
  }
  if (kind === 2) {
    const angle = random.uniform(0, 2 * Math.PI);
    const tip = [x + size * Math.cos(angle), y + size * Math.sin(angle)] as const;
    const barb = (turn: number) => [tip[0] - 3 * Math.cos(angle + turn), tip[1] - 3 * Math.sin(angle + turn)];
    return [Float32Array.of(x, y, ...tip), Float32Array.from([...barb(0.45), ...tip, ...barb(-0.45)])];
  }
  if (kind === 3) {
    const wobble = createSmoothNoise(random, 12);
    const steep = random.normal(0, 0.05);
    return [curve(40, (t) => [x + 2 * size * t, y + steep * size * t + 0.6 * wobble(2 * size * t, 0)])];
  }
  return [Float32Array.of(x, y, x + size * 0.2, y + size * 0.3, x + size * 0.6, y - size * 0.4)];
}

function curve(steps: number, at: (t: number) => readonly [number, number]): Stroke {
  const points = new Float32Array(2 * (steps + 1));
  for (let k = 0; k <= steps; k++) points.set(at(k / steps), 2 * k);
  return points;
}

function resampled(stroke: Stroke): Stroke {
  const points: number[] = [stroke[0]!, stroke[1]!];
  for (let k = 2; k < stroke.length; k += 2) {
    const [ax, ay, bx, by] = [stroke[k - 2]!, stroke[k - 1]!, stroke[k]!, stroke[k + 1]!];
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / STEP_MM));
    for (let s = 1; s <= steps; s++) points.push(ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps);
  }
  return Float32Array.from(points);
}
