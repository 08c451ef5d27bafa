import { LAYOUT_KINDS, type LayoutKind } from '../../core/lead/layout.ts';
import { GRID_COLOURS, type PageWishes } from '../../core/synthesis/random-page/page-wishes.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { numberFlag } from './parse-flags.ts';
import { chanceFlag, choiceFlag, rangeFlag } from './range-flag.ts';

/** The part of `synth --help` on what a page is like. */
export const WISHES_HELP = `  --layout <kind>          ${LAYOUT_KINDS.join(', ')}
  --columns N              1, 2, 3 or 4 columns of leads, with --rhythm for strips below
  --rhythm <leads>         none, or up to three leads of strips below, as in II or II,V1,V5
  --cabrera                limb leads in Cabrera's order
  --same-time              all columns show the same seconds
  --seconds S              length of a row
  --speed <mm/s>           paper speed, 5 to 200
  --gain <mm/mV>           amplitude, 1 to 80
  --dpi RANGE              pixels per inch, 72 to 600
  --padding RANGE          blank paper around everything, millimetres
  --pulse <side>|CHANCE    calibration pulses left, right, none, or left with a probability
  --labels yes|no          lead names
  --header CHANCE          lines of text above and below
  --grid CHANCE            the grid
  --grid-colour <name>     ${GRID_COLOURS.join(', ')}
  --black-and-white CHANCE black ink on white paper
  --qr CHANCE              a square code
  --handwriting CHANCE     notes of a pen, with --words RANGE, --handwriting-size RANGE (mm) and --handwriting-at x,y (mm)
  --wrinkles CHANCE        paper that was crumpled
  --folds-down RANGE       number of folds from top to bottom, evenly spaced
  --folds-across RANGE     number of folds from left to right
  --fold-angle RANGE       turns them, degrees
  --rotate RANGE           degrees clockwise; --rotate=-3..3 for both ways
  --turn <degrees>         0, 90, 180 or 270: the whole picture on its side
  --noise RANGE            of the sensor, gray levels
  --blur RANGE             of the lens, pixels
  --crop RANGE             share of the page cut off at each side, 0 to 0.3
  --temperature RANGE      colour of the light, kelvin, 2000 to 40000
  --colours <kind>         rgb, gray, bilevel
  --jpeg RANGE             quality, 1 to 100
`;

/** The flags of WISHES_HELP for `parseFlags`. */
export const WISH_FLAGS = {
  layout: { type: 'string' },
  columns: { type: 'string' },
  rhythm: { type: 'string' },
  cabrera: { type: 'boolean', default: false },
  'same-time': { type: 'boolean', default: false },
  seconds: { type: 'string' },
  speed: { type: 'string' },
  gain: { type: 'string' },
  dpi: { type: 'string' },
  padding: { type: 'string' },
  pulse: { type: 'string' },
  labels: { type: 'string' },
  header: { type: 'string' },
  grid: { type: 'string' },
  'grid-colour': { type: 'string' },
  'black-and-white': { type: 'string' },
  qr: { type: 'string' },
  handwriting: { type: 'string' },
  words: { type: 'string' },
  'handwriting-size': { type: 'string' },
  'handwriting-at': { type: 'string' },
  wrinkles: { type: 'string' },
  'folds-down': { type: 'string' },
  'folds-across': { type: 'string' },
  'fold-angle': { type: 'string' },
  rotate: { type: 'string' },
  turn: { type: 'string' },
  noise: { type: 'string' },
  blur: { type: 'string' },
  crop: { type: 'string' },
  temperature: { type: 'string' },
  colours: { type: 'string' },
  jpeg: { type: 'string' },
} as const;

type WishValues = {
  readonly [K in keyof typeof WISH_FLAGS]?: (typeof WISH_FLAGS)[K]['type'] extends 'string'
    ? string
    : boolean;
};

/** What the flags want of every page; flags that are absent leave no key. @throws AppError `usage` */
export function parseWishes(values: WishValues): PageWishes {
  const rhythm = rhythmFlag(values.rhythm);
  const wishes: PageWishes = {
    layout: layoutFlag(values, rhythm),
    cabrera: values.cabrera ? true : undefined,
    rhythmLeads: rhythm && rhythm.length > 0 ? rhythm : undefined,
    simultaneous: values['same-time'] ? true : undefined,
    seconds: numberFlag('seconds', values.seconds, { min: 1, max: 60 }) ?? undefined,
    speedMmPerSecond: numberFlag('speed', values.speed, { min: 5, max: 200 }) ?? undefined,
    gainMmPerMillivolt: numberFlag('gain', values.gain, { min: 1, max: 80 }) ?? undefined,
    dpi: rangeFlag('dpi', values.dpi, { min: 72, max: 600 }),
    paddingMm: rangeFlag('padding', values.padding, { min: 0, max: 100 }),
    pulse: pulseFlag(values.pulse),
    labels: labelsFlag(values.labels),
    header: chanceFlag('header', values.header),
    grid: chanceFlag('grid', values.grid),
    gridColour: choiceFlag('grid-colour', values['grid-colour'], GRID_COLOURS),
    blackAndWhite: chanceFlag('black-and-white', values['black-and-white']),
    qrCode: chanceFlag('qr', values.qr),
    handwriting: chanceFlag('handwriting', values.handwriting),
    words: rangeFlag('words', values.words, { min: 1, max: 100 }),
    handwritingMm: rangeFlag('handwriting-size', values['handwriting-size'], { min: 1, max: 50 }),
    handwritingAt: placeFlag(values['handwriting-at']),
    wrinkles: chanceFlag('wrinkles', values.wrinkles),
    foldsDown: rangeFlag('folds-down', values['folds-down'], { min: 0, max: 40 }),
    foldsAcross: rangeFlag('folds-across', values['folds-across'], { min: 0, max: 40 }),
    foldDegrees: rangeFlag('fold-angle', values['fold-angle'], { min: -180, max: 180 }),
    rotate: rangeFlag('rotate', values.rotate, { min: -45, max: 45 }),
    quarterTurns: turnFlag(values.turn),
    noise: rangeFlag('noise', values.noise, { min: 0, max: 100 }),
    blur: rangeFlag('blur', values.blur, { min: 0, max: 20 }),
    crop: rangeFlag('crop', values.crop, { min: 0, max: 0.3 }),
    temperature: rangeFlag('temperature', values.temperature, { min: 2000, max: 40_000 }),
    colours: choiceFlag('colours', values.colours, ['rgb', 'gray', 'bilevel']),
    jpegQuality: rangeFlag('jpeg', values.jpeg, { min: 1, max: 100 }),
  };
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
}

function rhythmFlag(text: string | undefined): LeadName[] | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return [];
  const leads = text.split(',').map((name) => LEAD_NAMES.find((lead) => lead === name.trim()));
  if (leads.length > 3 || leads.some((lead) => lead === undefined)) {
    throw new AppError(
      'usage',
      `--rhythm takes none or up to three of ${LEAD_NAMES.join(', ')}, not "${text}".`,
    );
  }
  return leads as LeadName[];
}

const BY_COLUMNS: Record<number, string> = { 1: '12x1', 2: '6x2', 3: '4x3', 4: '3x4' };

function layoutFlag(values: WishValues, rhythm: readonly LeadName[] | undefined): LayoutKind | undefined {
  const columns = numberFlag('columns', values.columns, { min: 1, max: 4, integer: true });
  if (values.layout !== undefined) {
    if (columns !== null) throw new AppError('usage', '--layout and --columns contradict each other.');
    return choiceFlag('layout', values.layout, LAYOUT_KINDS);
  }
  if (columns === null && rhythm === undefined) return undefined;
  const base = BY_COLUMNS[columns ?? 4]!;
  const strips = rhythm?.length ?? 0;
  const kind = LAYOUT_KINDS.find((known) => known === (strips > 0 ? `${base}+${strips}` : base));
  if (!kind) {
    throw new AppError('usage', `No page prints ${base} with ${strips} rhythm strips; see --layout.`);
  }
  return kind;
}

function pulseFlag(text: string | undefined): PageWishes['pulse'] {
  if (text === 'left' || text === 'right' || text === 'none') return text;
  return chanceFlag('pulse', text);
}

function labelsFlag(text: string | undefined): boolean | undefined {
  const word = choiceFlag('labels', text, ['yes', 'no']);
  return word === undefined ? undefined : word === 'yes';
}

function placeFlag(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (numbers.length !== 2 || numbers.some((value) => !(value >= 0 && value <= 2000))) {
    throw new AppError('usage', `--handwriting-at takes x,y in millimetres, not "${text}".`);
  }
  return [numbers[0]!, numbers[1]!];
}

function turnFlag(text: string | undefined): PageWishes['quarterTurns'] {
  const word = choiceFlag('turn', text, ['0', '90', '180', '270']);
  return word === undefined ? undefined : ((Number(word) / 90) as 0 | 1 | 2 | 3);
}
