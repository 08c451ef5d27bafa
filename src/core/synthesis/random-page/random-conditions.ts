import type { DeskTexture, PageConditions } from '../conditions/page-conditions.ts';
import type { Rgb } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';
import { hsv } from './random-colour.ts';
import type { PageKind } from './synth-preset.ts';

/** Scans that are left as coloured pictures, and the other kinds, each with everything that may befall it. */
export function randomConditions(random: Random, kind: PageKind): PageConditions {
  switch (kind) {
    case 'clean':
      return clean(random);
    case 'copy':
      return copy(random);
    case 'fax':
    case 'faint-fax':
      return fax(random, kind === 'faint-fax');
    case 'photo':
      return photo(random);
    case 'screen':
      return screen(random);
    case 'monitor':
      return monitor(random);
    case 'damaged':
      return damaged(random);
    default:
      return scan(random);
  }
}

/** Present with a probability, else absent. */
function maybe<T>(random: Random, probability: number, value: () => T): T | undefined {
  return random.chance(probability) ? value() : undefined;
}

/** Log-uniform. */
const spread = (random: Random, low: number, high: number) =>
  Math.exp(random.uniform(Math.log(low), Math.log(high)));

function clean(random: Random): PageConditions {
  return {
    blurPx: maybe(random, 0.25, () => random.uniform(0.3, 0.7)),
    noise: maybe(random, 0.25, () => random.uniform(0.3, 3)),
    jpegQuality: maybe(random, 0.35, () => random.integer(35, 95)),
    colours: random.chance(0.12) ? 'gray' : 'rgb',
    surround: maybe(random, 0.15, () => ({
      share: -random.uniform(0.005, 0.05),
      colour: [255, 255, 255] as const,
    })),
  };
}

function scan(random: Random): PageConditions {
  return {
    rotationDegrees: random.chance(0.85) ? random.normal(0, 0.9) : random.normal(0, 4),
    curlMm: maybe(random, 0.3, () => random.uniform(0.1, 1)),
    creases: random.chance(0.25) ? random.integer(1, 3) : 0,
    creaseMm: random.uniform(0.1, 0.5),
    scratches: random.chance(0.2) ? random.integer(1, 6) : 0,
    stains: random.chance(0.1) ? random.integer(1, 2) : 0,
    highlights: random.chance(0.06) ? random.integer(1, 4) : 0,
    grain: maybe(random, 0.5, () => random.uniform(0.5, 4)),
    specks: maybe(random, 0.2, () => spread(random, 1, 40)),
    missing: maybe(random, 0.1, () => punched(random)),
    surround: { share: random.uniform(-0.04, 0.03), colour: lid(random) },
    light: tint(random),
    shadow: maybe(random, 0.12, () => random.uniform(0.05, 0.3)),
    blurPx: random.uniform(0.2, 1.1),
    sharpen: maybe(random, 0.35, () => random.uniform(0.2, 1.5)),
    noise: random.uniform(0, 5),
    gamma: random.uniform(0.75, 1.35),
    levels: maybe(random, 0.4, () => [random.integer(0, 30), random.integer(215, 255)] as const),
    jpegQuality: maybe(random, 0.85, () => Math.round(spread(random, 25, 95))),
    colours: random.chance(0.14) ? 'gray' : 'rgb',
  };
}

function copy(random: Random): PageConditions {
  const bilevel = random.chance(0.4);
  return {
    ...scan(random),
    light: [255, 255, 255],
    surround: {
      share: random.uniform(-0.03, 0.06),
      colour: random.chance(0.6) ? [12, 12, 12] : [250, 250, 250],
    },
    specks: spread(random, 2, 150),
    blurPx: random.uniform(0.4, 1.3),
    noise: random.uniform(1, 8),
    gamma: random.uniform(0.7, 2.2),
    levels: [random.integer(0, 70), random.integer(180, 250)],
    colours: bilevel ? 'bilevel' : 'gray',
    ...threshold(random, 205),
    jpegQuality: bilevel ? undefined : Math.round(spread(random, 30, 95)),
  };
}

function fax(random: Random, faint: boolean): PageConditions {
  return {
    rotationDegrees: random.normal(0, 0.6),
    surround: {
      share: random.uniform(-0.02, 0.02),
      colour: random.chance(0.3) ? [0, 0, 0] : [255, 255, 255],
    },
    specks: maybe(random, 0.5, () => spread(random, 2, 60)),
    shadow: maybe(random, 0.2, () => random.uniform(0.05, 0.25)),
    blurPx: random.uniform(0.3, 1),
    noise: random.uniform(1, 12),
    gamma: faint ? random.uniform(0.35, 0.6) : random.uniform(0.7, 1.6),
    colours: faint && random.chance(0.5) ? 'gray' : 'bilevel',
    ...(faint ? { threshold: random.integer(205, 235) } : threshold(random, 205)),
  };
}

/** Thresholds that keep dark ink; dithering keeps white paper white only below 170. */
function threshold(random: Random, highest: number): Pick<PageConditions, 'threshold' | 'bilevel'> {
  const bilevel = pickWeighted(random, { fixed: 6, local: 5, ordered: 0.7, diffusion: 3 });
  const dithers = bilevel === 'ordered' || bilevel === 'diffusion';
  return { bilevel, threshold: random.integer(125, dithers ? 168 : highest) };
}

function photo(random: Random): PageConditions {
  const dim = random.chance(0.75) ? random.uniform(0.75, 1) : random.uniform(0.4, 0.75);
  const lamp = random.chance(0.8)
    ? hsv(random.uniform(10, 60), random.uniform(0, 0.22), dim)
    : hsv(random.uniform(0, 360), random.uniform(0, 0.3), dim);
  return {
    rotationDegrees: random.normal(0, 3),
    perspective: random.uniform(0, 0.06),
    curlMm: maybe(random, 0.75, () => random.uniform(0.2, 3)),
    creases: random.chance(0.35) ? random.integer(1, 3) : 0,
    creaseMm: random.uniform(0.1, 0.7),
    crumple: maybe(random, 0.3, () => ({
      depth: random.uniform(0.03, 0.25),
      sizeMm: random.uniform(10, 45),
      shiftMm: random.uniform(0.05, 0.4),
    })),
    scratches: random.chance(0.15) ? random.integer(1, 4) : 0,
    stains: random.chance(0.1) ? 1 : 0,
    grain: maybe(random, 0.4, () => random.uniform(0.5, 3)),
    missing: maybe(random, 0.06, () => punched(random)),
    surround: { share: random.uniform(-0.1, 0.1), colour: deskColour(random), texture: desk(random) },
    light: lamp,
    shadow: maybe(random, 0.6, () => random.uniform(0.05, 0.5)),
    hardShadow: maybe(random, 0.2, () => random.uniform(0.1, 0.45)),
    gradient: maybe(random, 0.6, () => random.uniform(0.05, 0.5)),
    vignette: maybe(random, 0.5, () => random.uniform(0.05, 0.35)),
    glare: maybe(random, 0.15, () => ({ spots: random.integer(1, 3), strength: random.uniform(20, 110) })),
    blurPx: spread(random, 0.3, 2.2),
    motionPx: maybe(random, 0.15, () => random.uniform(1, 4)),
    sharpen: maybe(random, 0.5, () => random.uniform(0.2, 1.6)),
    noise: random.uniform(0.5, 9),
    chromaNoise: maybe(random, 0.35, () => random.uniform(0.5, 5)),
    gamma: random.uniform(0.75, 1.3),
    levels: maybe(random, 0.4, () => [random.integer(0, 30), random.integer(200, 255)] as const),
    jpegQuality: Math.round(spread(random, 22, 95)),
    colours: random.chance(0.05) ? 'gray' : 'rgb',
  };
}

function screen(random: Random): PageConditions {
  return {
    ...photo(random),
    crumple: undefined,
    creases: 0,
    scratches: 0,
    stains: 0,
    curlMm: undefined,
    grain: undefined,
    missing: undefined,
    surround: { share: random.uniform(-0.12, 0.05), colour: [18, 18, 20] },
    light: hsv(random.uniform(180, 260), random.uniform(0, 0.15), random.uniform(0.8, 1)),
    moire: random.uniform(0.02, 0.18),
    hardShadow: undefined,
    glare: maybe(random, 0.4, () => ({ spots: random.integer(1, 3), strength: random.uniform(20, 100) })),
  };
}

/** A dark picture that the camera exposed for its lines: what paper bears would leave neither grid nor traces of it. */
function monitor(random: Random): PageConditions {
  const { gamma = 1, ...rest } = screen(random);
  const [red, green, blue] = rest.light!;
  const gain = 255 / Math.max(red, green, blue);
  return {
    ...rest,
    levels: undefined,
    gamma: Math.min(1, gamma),
    light: [red * gain, green * gain, blue * gain],
  };
}

function damaged(random: Random): PageConditions {
  const base = random.chance(0.5) ? scan(random) : photo(random);
  const crumpled = random.chance(0.6);
  return {
    ...base,
    crumple: crumpled
      ? {
          depth: random.uniform(0.1, 0.6),
          sizeMm: random.uniform(9, 35),
          shiftMm: random.uniform(0.05, 0.45),
        }
      : base.crumple,
    curlMm: random.uniform(0, 2),
    creases: random.integer(0, 4),
    creaseMm: random.uniform(0.1, 0.8),
    scratches: random.chance(0.6) ? random.integer(2, 14) : 0,
    stains: random.chance(0.6) ? random.integer(1, 5) : 0,
    mould: random.chance(0.25) ? random.integer(1, 5) : 0,
    highlights: random.chance(0.2) ? random.integer(1, 6) : 0,
    missing: random.chance(0.4)
      ? {
          punchedHoles: random.pick([0, 0, 2, 4] as const),
          tornSides: random.integer(0, 2),
          tornCorners: random.integer(0, 2),
        }
      : undefined,
    colours: random.chance(0.12) ? 'gray' : 'rgb',
  };
}

function punched(random: Random): NonNullable<PageConditions['missing']> {
  return {
    punchedHoles: random.pick([2, 4] as const),
    tornSides: 0,
    tornCorners: random.chance(0.2) ? 1 : 0,
  };
}

/** The colour a lamp or a bad white balance lays over a page; strong once in seven. */
function tint(random: Random): Rgb {
  if (random.chance(0.4)) return [255, 255, 255];
  if (random.chance(0.75))
    return hsv(random.uniform(0, 360), random.uniform(0, 0.08), random.uniform(0.88, 1));
  return hsv(random.uniform(0, 360), random.uniform(0.05, 0.55), random.uniform(0.6, 1));
}

/** What a scanner sees beside the paper. */
function lid(random: Random): Rgb {
  const v = random.pick([255, 250, 235, 20, 0, 128]);
  return [v, v, v];
}

function deskColour(random: Random): Rgb {
  return hsv(
    random.uniform(0, 60) + (random.chance(0.3) ? 180 : 0),
    random.uniform(0, 0.6),
    random.uniform(0.05, 0.9),
  );
}

function desk(random: Random): DeskTexture {
  return pickWeighted(random, { plain: 1, wood: 4, cloth: 2, speckled: 2 });
}
