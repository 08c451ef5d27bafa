import type { PageExtra } from '../page/page-extra.ts';
import { textStrokes, type Stroke } from '../page/text-strokes.ts';
import type { Random } from '../random.ts';
import { hsv } from './random-colour.ts';
import { inventDate, inventMeasurements, inventName } from './random-words.ts';

type Place = readonly [xMm: number, yMm: number];

/** A square code of random modules with its top left corner at a place. */
export function qrCode(random: Random, [x, y]: Place): PageExtra {
  const unit = random.uniform(0.3, 0.6);
  const modules = 25;
  const corner = (i: number, j: number) => {
    const [u, v] = [Math.min(i, modules - 1 - i), Math.min(j, modules - 1 - j)];
    if (u > 7 || v > 7 || (i > 7 && j > 7)) return null;
    if (u === 7 || v === 7) return false;
    return u === 0 || u === 6 || v === 0 || v === 6 || (u > 1 && u < 5 && v > 1 && v < 5);
  };
  const strokes: Stroke[] = [];
  for (let j = 0; j < modules; j++) {
    for (let i = 0; i < modules; i++) {
      if (!(corner(i, j) ?? random.chance(0.5))) continue;
      strokes.push(Float32Array.of(x + i * unit, y + j * unit, x + (i + 0.3) * unit, y + j * unit));
    }
  }
  const pen = { colour: [15, 15, 15] as const, widthMm: unit, softnessPx: 1, opacity: 1 };
  return { kind: 'barcode', strokes, pen };
}

/** A name and a date in a frame, a little turned, in the ink of a stamp pad. */
export function stamp(random: Random, [x, y]: Place): PageExtra {
  const capMm = random.uniform(2.2, 4.5);
  const lines = [inventName(random).toUpperCase(), inventDate(random)].slice(0, random.integer(1, 2));
  const strokes: Stroke[] = [];
  let widest = 0;
  lines.forEach((line, k) => {
    const { strokes: letters, widthMm } = textStrokes(line, x, y + k * capMm * 1.7, { capMm });
    strokes.push(...letters);
    widest = Math.max(widest, widthMm);
  });
  const [x0, y0] = [x - capMm, y - capMm * 2];
  const [x1, y1] = [x + widest + capMm, y + (lines.length - 1) * capMm * 1.7 + capMm];
  strokes.push(Float32Array.of(x0, y0, x1, y0, x1, y1, x0, y1, x0, y0));
  const angle = random.normal(0, 0.12);
  return {
    kind: 'stamp',
    strokes: strokes.map((stroke) => turned(stroke, x, y, angle)),
    pen: {
      colour: hsv(random.pick([230, 265, 355, 150]), random.uniform(0.5, 0.9), random.uniform(0.4, 0.8)),
      widthMm: random.uniform(0.35, 0.7),
      softnessPx: random.uniform(1.5, 4),
      opacity: random.uniform(0.4, 0.9),
    },
    text: lines.join(' '),
  };
}

/** Bars of random widths. */
export function barcode(random: Random, [x, y]: Place): PageExtra {
  const unit = random.uniform(0.25, 0.5);
  const tall = random.uniform(5, 12);
  const strokes: Stroke[] = [];
  const modules = random.integer(60, 110);
  for (let k = 0; k < modules; k++) {
    if (random.chance(0.5)) strokes.push(Float32Array.of(x + k * unit, y, x + k * unit, y + tall));
  }
  const pen = { colour: [15, 15, 15] as const, widthMm: unit, softnessPx: 1, opacity: 1 };
  return { kind: 'barcode', strokes, pen };
}

/** Measurements, mostly with ruled lines. */
export function table(random: Random, [x, y]: Place): PageExtra {
  const capMm = random.uniform(1.6, 2.4);
  const lines = inventMeasurements(random).slice(0, random.integer(3, 5));
  const pitch = capMm * 1.8;
  const strokes = lines.flatMap(
    (line, k) => textStrokes(line, x + 1, y + (k + 0.8) * pitch, { capMm }).strokes,
  );
  const wide = capMm * 24;
  if (random.chance(0.7)) {
    for (let k = 0; k <= lines.length; k++) {
      strokes.push(Float32Array.of(x, y + k * pitch, x + wide, y + k * pitch));
    }
    for (const at of [x, x + wide * 0.55, x + wide]) {
      strokes.push(Float32Array.of(at, y, at, y + lines.length * pitch));
    }
  }
  const pen = {
    colour: [30, 30, 30] as const,
    widthMm: random.uniform(0.15, 0.3),
    softnessPx: 1,
    opacity: 0.95,
  };
  return { kind: 'table', strokes, pen, text: lines.join(' ') };
}

/** A name that was blackened, or painted over in white or gray. */
export function redaction(random: Random, [x, y]: Place): PageExtra {
  const dark = random.chance(0.6);
  const v = dark ? random.integer(0, 25) : random.integer(170, 255);
  const widthMm = random.uniform(3, 7);
  const long = random.uniform(8, 40);
  const points = [x, y];
  for (let k = random.integer(1, 3); k > 0; k--) {
    points.push(
      x + long + random.normal(0, 2),
      y + random.normal(0, 1),
      x + random.normal(0, 2),
      y + random.normal(0, 1),
    );
  }
  return {
    kind: 'redaction',
    strokes: [Float32Array.from(points)],
    pen: { colour: [v, v, v], widthMm, softnessPx: 1.2, opacity: 1 },
  };
}

function turned(stroke: Stroke, cx: number, cy: number, angle: number): Stroke {
  const result = new Float32Array(stroke.length);
  for (let k = 0; k < stroke.length; k += 2) {
    const u = stroke[k]! - cx;
    const v = stroke[k + 1]! - cy;
    result[k] = cx + u * Math.cos(angle) - v * Math.sin(angle);
    result[k + 1] = cy + u * Math.sin(angle) + v * Math.cos(angle);
  }
  return result;
}
