import type { PenStyle, PrinterFaults, Rgb, TextStyle } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';
import { hsv } from './random-colour.ts';

/** The pen of the traces: from a hairline to a felt pen, mostly black. */
export function randomPen(random: Random): PenStyle {
  const head = pickWeighted(random, { smooth: 76, '8': 15, '6': 4, '12': 5 });
  return {
    colour: randomInk(random),
    widthMm: Math.min(0.8, Math.max(0.1, 0.27 * Math.exp(random.normal(0, 0.42)))),
    softnessPx:
      pickWeighted(random, { hard: 1, plain: 7, soft: 2 }) === 'plain' ? 1 : random.uniform(0.2, 2.5),
    opacity: random.chance(0.7) ? random.uniform(0.9, 1) : random.uniform(0.55, 0.9),
    dotsPerMm: head === 'smooth' ? 0 : Number(head),
  };
}

function randomInk(random: Random): Rgb {
  const kind = pickWeighted(random, { black: 66, nearBlack: 14, blue: 11, gray: 5, brown: 2, red: 2 });
  if (kind === 'black') {
    const v = random.integer(0, 30);
    return [v, v, v];
  }
  if (kind === 'nearBlack')
    return hsv(random.uniform(0, 360), random.uniform(0, 0.5), random.uniform(0.1, 0.28));
  if (kind === 'blue')
    return hsv(random.uniform(210, 255), random.uniform(0.5, 0.95), random.uniform(0.25, 0.65));
  if (kind === 'gray') {
    const v = random.integer(60, 125);
    return [v, v, v];
  }
  if (kind === 'brown') return hsv(random.uniform(5, 30), random.uniform(0.4, 0.8), random.uniform(0.2, 0.4));
  return hsv(random.uniform(345, 365), random.uniform(0.8, 1), random.uniform(0.45, 0.8));
}

/** Lettering: plotter, serif or dot letters of many sizes, in the ink of the traces or another. */
export function randomText(random: Random, pen: PenStyle): TextStyle {
  const font = pickWeighted(random, { plain: 56, serif: 26, dots: 18 });
  const capMm = Math.min(5, Math.max(1.5, 2.6 * Math.exp(random.normal(0, 0.25))));
  const share = font === 'plain' ? random.uniform(0.07, 0.2) : random.uniform(0.06, 0.11);
  return {
    pen: {
      colour: random.chance(0.75) ? pen.colour : randomInk(random),
      widthMm: Math.max(0.12, capMm * (font === 'dots' ? random.uniform(0.1, 0.16) : share)),
      softnessPx: pen.softnessPx,
      opacity: random.uniform(0.8, 1),
    },
    capMm,
    stretch: random.uniform(0.75, 1.2),
    slant: random.chance(0.12) ? random.uniform(0.05, 0.25) : 0,
    labels: !random.chance(0.05),
    font,
  };
}

/** Faults of the printer; null for most. */
export function randomPrinter(random: Random): PrinterFaults | null {
  if (random.chance(0.65)) return null;
  return {
    bands: random.chance(0.5) ? random.uniform(0.1, 0.7) : 0,
    deadDots: random.chance(0.4) ? random.integer(1, 12) : 0,
    fading: random.chance(0.4) ? random.uniform(0.1, 0.6) : 0,
    showThrough: random.chance(0.25) ? random.uniform(0.03, 0.14) : 0,
  };
}
