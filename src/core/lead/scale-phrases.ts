import { TEXT_CLASSES } from './text-net.ts';

/** A way to print a speed or a gain. */
export interface ScalePhrase {
  readonly kind: 'speed' | 'gain';
  /** Millimetres per second or per millivolt. */
  readonly value: number;
  /** Gain of the chest leads where the phrase states two (`10/5 mm/mV`), else null. */
  readonly chestValue: number | null;
  /** How usual the value is on ECGs, against the most usual one. */
  readonly prior: number;
  /** As people write it. */
  readonly text: string;
  /** Classes of the characters; blanks may stand wherever `gaps` says 1 (before the character). */
  readonly labels: readonly number[];
  readonly gaps: readonly number[];
}

/** Numbers as printed, and how usual each is; the last ones are rare. */
const RARE = 0.03;
const SPEEDS: Readonly<Record<string, number>> = {
  '25': 1,
  '50': 0.5,
  '12.5': 0.1,
  '5': RARE,
  '6.25': RARE,
  '10': RARE,
  '15': RARE,
  '20': RARE,
  '30': RARE,
  '100': RARE,
};
const GAINS: Readonly<Record<string, number>> = {
  '10': 1,
  '5': 0.5,
  '20': 0.5,
  '2.5': 0.1,
  '7.5': RARE,
  '15': RARE,
  '30': RARE,
  '40': RARE,
};
const SPEED_UNITS = ['mm/s', 'mm/sec', 'mm/sek', 'mm/seg'];
const CENTIMETRE_PRIOR = 0.2;
const CENTIMETRES: readonly (readonly [string, number])[] = [
  ['0.5', 5],
  ['1', 10],
  ['2', 20],
];
const PAIR_PRIOR = 0.2;
const PAIRS: readonly (readonly [string, string])[] = [
  ['10', '5'],
  ['20', '10'],
  ['10', '20'],
  ['5', '2.5'],
];

/** Copies lose the points of numbers (`250 mm/s`) and make one letter of the two of millimetres (`25 m/s`): rarer, but nothing else. */
const LOST_POINT_PRIOR = 0.2;
const MERGED_PRIOR = 0.3;

/**
 * Every accepted way to print a speed or a gain: a usual number (`25`, `25.0`), then `mm/s`, `mm/sec`, `mm/mV` or
 * `cm/mV`. Blanks may stand between number and unit and around the stroke.
 */
export const SCALE_PHRASES: readonly ScalePhrase[] = [
  ...phrasesOf('speed', SPEEDS, SPEED_UNITS),
  ...phrasesOf('gain', GAINS, ['mm/mv']),
  ...CENTIMETRES.flatMap(([number, value]) =>
    written(number).map((digits) => phrase('gain', [value, null], CENTIMETRE_PRIOR, digits, 'cm/mv')),
  ),
  ...PAIRS.flatMap(([limb, chest]) =>
    [`${limb}/${chest}`, `${limb}.0/${chest}.0`].map((digits) =>
      phrase('gain', [Number(limb), Number(chest)], PAIR_PRIOR, digits, 'mm/mv'),
    ),
  ),
];

function phrasesOf(
  kind: ScalePhrase['kind'],
  numbers: Readonly<Record<string, number>>,
  units: readonly string[],
): ScalePhrase[] {
  return Object.entries(numbers).flatMap(([number, prior]) => {
    const spelt = written(number).map((digits) => ({ digits, share: 1 }));
    const pointless = written(number)
      .filter((digits) => digits.includes('.'))
      .map((digits) => digits.replace('.', ''))
      .filter((digits) => !(digits in numbers))
      .map((digits) => ({ digits, share: LOST_POINT_PRIOR }));
    return [...spelt, ...pointless].flatMap(({ digits, share }) =>
      units.flatMap((unit) => [
        phrase(kind, [Number(number), null], prior * share, digits, unit),
        phrase(kind, [Number(number), null], prior * share * MERGED_PRIOR, digits, unit.replace('mm', 'm')),
      ]),
    );
  });
}

function written(number: string): string[] {
  return number.includes('.') ? [number, `${number}0`] : [number, `${number}.0`, `${number}.00`];
}

function phrase(
  kind: ScalePhrase['kind'],
  [value, chestValue]: readonly [number, number | null],
  prior: number,
  digits: string,
  unit: string,
): ScalePhrase {
  const characters = [...digits, ...unit];
  const labels = characters.map((c) => TEXT_CLASSES.indexOf(c === 'k' ? '*' : c));
  const gaps = characters.map((c, k) =>
    k === digits.length || (k > digits.length && (c === '/' || characters[k - 1] === '/')) ? 1 : 0,
  );
  return { kind, value, chestValue, prior, text: `${digits} ${unit.replace('mv', 'mV')}`, labels, gaps };
}
