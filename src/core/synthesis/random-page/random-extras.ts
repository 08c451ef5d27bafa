import type { PageExtra } from '../page/page-extra.ts';
import type { PenStyle, Rgb } from '../page/page-options.ts';
import { textStrokes, type Stroke } from '../page/text-strokes.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';
import { hsv } from './random-colour.ts';
import { inventDate, inventMeasurements, inventName, inventStatement } from './random-words.ts';
import { scrawl, writeByHand } from './write-by-hand.ts';

/** What people and offices add to a page: handwriting, stamps, codes, tables, blackened names. */
export function randomExtras(random: Random, [width, height]: readonly [number, number]): PageExtra[] {
  const extras: PageExtra[] = [];
  const somewhere = () => [random.uniform(0.02, 0.85) * width, random.uniform(0.05, 0.97) * height] as const;
  const onTop = () => [random.uniform(0.02, 0.7) * width, random.uniform(3, 18)] as const;
  if (random.chance(0.3)) {
    const pen = ballPen(random);
    for (let k = random.integer(1, 4); k > 0; k--) extras.push(handwriting(random, somewhere(), pen));
  }
  if (random.chance(0.08)) extras.push(stamp(random, somewhere()));
  if (random.chance(0.08)) extras.push(barcode(random, random.chance(0.8) ? onTop() : somewhere()));
  if (random.chance(0.09)) extras.push(table(random, random.chance(0.7) ? onTop() : somewhere()));
  if (random.chance(0.08)) {
    for (let k = random.integer(1, 3); k > 0; k--) extras.push(redaction(random, onTop()));
  }
  return extras;
}

type Place = readonly [number, number];

function ballPen(random: Random): PenStyle {
  const kind = pickWeighted(random, { blue: 5, black: 4, red: 2, pencil: 1 });
  const colours: Record<typeof kind, Rgb> = {
    blue: hsv(random.uniform(215, 245), random.uniform(0.6, 0.95), random.uniform(0.4, 0.8)),
    black: [random.integer(0, 50), random.integer(0, 50), random.integer(0, 60)],
    red: hsv(random.uniform(345, 370), random.uniform(0.7, 1), random.uniform(0.6, 0.9)),
    pencil: [110, 110, 115],
  };
  return {
    colour: colours[kind],
    widthMm: Math.min(1.2, 0.4 * Math.exp(random.normal(0, 0.35))),
    softnessPx: random.uniform(1, 2),
    opacity: kind === 'pencil' ? random.uniform(0.3, 0.7) : random.uniform(0.7, 1),
  };
}

function handwriting(random: Random, [x, y]: Place, pen: PenStyle): PageExtra {
  if (random.chance(0.35)) return { kind: 'handwriting', strokes: scrawl(random, x, y), pen };
  const text = random.pick([
    () => inventName(random),
    () => inventStatement(random),
    () => inventDate(random),
    () => 'OK',
    () => '?',
    () => `${random.integer(50, 120)}/min`,
    () => 'seen 12h',
  ])();
  return { kind: 'handwriting', strokes: writeByHand(random, text, x, y, random.uniform(3, 8)), pen, text };
}

function stamp(random: Random, [x, y]: Place): PageExtra {
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

function barcode(random: Random, [x, y]: Place): PageExtra {
  const unit = random.uniform(0.25, 0.5);
  const tall = random.uniform(5, 12);
  const strokes: Stroke[] = [];
  const square = random.chance(0.2);
  const modules = square ? 25 : random.integer(60, 110);
  for (let j = 0; j < (square ? modules : 1); j++) {
    for (let k = 0; k < modules; k++) {
      if (random.chance(0.5)) continue;
      const at = x + k * unit;
      const top = y + j * unit;
      // A square module is two strokes of half its width.
      strokes.push(
        square ? Float32Array.of(at, top, at + unit * 0.5, top) : Float32Array.of(at, top, at, top + tall),
      );
    }
  }
  const pen = { colour: [15, 15, 15] as const, widthMm: unit, softnessPx: 1, opacity: 1 };
  return { kind: 'barcode', strokes, pen };
}

function table(random: Random, [x, y]: Place): PageExtra {
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

function redaction(random: Random, [x, y]: Place): PageExtra {
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
