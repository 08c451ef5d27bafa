import type { GridStyle, Rgb } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';
import { hsv, mix } from './random-colour.ts';

/** Hues of grid inks in degrees; `dark` and `gray` have none. */
const HUES = {
  red: 355,
  pink: 340,
  orange: 22,
  brown: 14,
  green: 140,
  blue: 215,
  violet: 285,
  gray: 0,
  dark: 0,
};

/**
 * The printed grid of a random page: ink, strength of fine and strong lines, dots, borders. Null for pages without one.
 * Never dots in blue, a style that is kept apart.
 */
export function randomGrid(random: Random, paper: Rgb, headerMm: number): GridStyle | null {
  if (random.chance(0.035)) return null;
  const family = pickWeighted(random, {
    red: 26,
    pink: 20,
    orange: 9,
    brown: 7,
    green: 6,
    blue: 5,
    violet: 3,
    gray: 13,
    dark: 11,
  });
  const ink = gridInk(random, family);
  // Some papers print the fine lines in another ink.
  const fineInk = random.chance(0.08) ? gridInk(random, 'green') : ink;
  const strong = family === 'dark' ? random.uniform(0.65, 1) : random.uniform(0.3, 1);
  const fine = strong * (random.chance(0.15) ? random.uniform(0.85, 1) : random.uniform(0.25, 0.85));
  const dots = family === 'blue' ? 0 : 1;
  const minor = pickWeighted(random, { line: 80, dot: 10 * dots, none: 9 });
  const major = pickWeighted(random, { line: 92, dotted: 5 * dots, none: minor === 'none' ? 0 : 2 });
  const majorMm = Math.exp(random.uniform(Math.log(0.1), Math.log(0.42)));
  const minorMm =
    minor === 'dot' ? random.uniform(0.18, 0.35) : Math.max(0.06, majorMm * random.uniform(0.35, 0.9));
  return {
    minor,
    major,
    minorColour: mix(paper, fineInk, minor === 'dot' ? Math.max(fine, 0.5) : fine),
    majorColour: mix(paper, ink, strong),
    minorMm,
    majorMm: major === 'dotted' ? Math.max(0.2, majorMm) : majorMm,
    borderMm: random.chance(0.6) ? 0 : random.uniform(1, 12),
    blankTopMm: headerMm > 0 && random.chance(0.4) ? headerMm : 0,
    minorOnTop: random.chance(0.2),
    snapped: random.chance(0.3),
  };
}

function gridInk(random: Random, family: keyof typeof HUES): Rgb {
  if (family === 'gray') {
    const v = random.integer(60, 190);
    return [v, v + random.integer(-6, 6), v + random.integer(-6, 6)];
  }
  if (family === 'dark') {
    const v = random.integer(5, 70);
    return [v, v, v];
  }
  const hue = HUES[family] + random.normal(0, 8);
  const value = family === 'brown' ? random.uniform(0.35, 0.6) : random.uniform(0.6, 1);
  return hsv(hue, random.uniform(0.35, 1), value);
}
