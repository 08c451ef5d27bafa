import type { PageExtra } from '../page/page-extra.ts';
import type { PenStyle, Rgb } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';
import { hsv } from './random-colour.ts';
import { inventDate, inventName, inventStatement, inventWord } from './random-words.ts';
import { scrawl, writeByHand } from './write-by-hand.ts';

type Place = readonly [xMm: number, yMm: number];

/** So many notes of one hand; the first at a given place, the others anywhere. Heights of capitals in millimetres. */
export function handwriting(
  random: Random,
  [width, height]: readonly [number, number],
  count: number,
  [smallest, largest]: readonly [number, number],
  at?: Place,
): PageExtra[] {
  const pen = ballPen(random);
  return Array.from({ length: count }, (_, k) => {
    const place =
      k === 0 && at
        ? at
        : ([random.uniform(0.03, 0.8) * width, random.uniform(0.08, 0.96) * height] as const);
    const text = inventWord(random);
    return {
      kind: 'handwriting',
      strokes: writeByHand(random, text, ...place, random.uniform(smallest, largest)),
      pen,
      text,
    };
  });
}

/** A note as people leave it on a page: a name, a finding, a date, a sign. */
export function handwrittenNote(random: Random, [x, y]: Place, pen: PenStyle): PageExtra {
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

/** A pen or pencil of one of the usual colours. */
export function ballPen(random: Random): PenStyle {
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
