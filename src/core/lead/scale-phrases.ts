import { TEXT_CLASSES } from './text-net.ts';

/** A way to print a speed or a gain. */
export interface ScalePhrase {
  readonly kind: 'speed' | 'gain';
  /** Millimetres per second or per millivolt. */
  readonly value: number;
  /** Gain of the chest leads where the phrase states two (`10/5 mm/mV`), else null. */
  readonly chestValue: number | null;
  /** As people write it. */
  readonly text: string;
  /** Classes of the characters; blanks may stand wherever `gaps` says 1 (before the character). */
  readonly labels: readonly number[];
  readonly gaps: readonly number[];
}

const SPEEDS = ['5', '6.25', '10', '12.5', '15', '20', '25', '30', '50', '100'];
const GAINS = ['2.5', '5', '7.5', '10', '15', '20', '30', '40'];
const SPEED_UNITS = ['mm/s', 'mm/sec', 'mm/sek', 'mm/seg'];
const CENTIMETRES: readonly (readonly [string, number])[] = [
  ['0.5', 5],
  ['1', 10],
  ['2', 20],
];
const PAIRS: readonly (readonly [string, string])[] = [
  ['10', '5'],
  ['20', '10'],
  ['10', '20'],
  ['5', '2.5'],
];

/**
 * Every accepted way to print a speed or a gain: a usual number (`25`, `25.0`), then `mm/s`, `mm/sec`, `mm/mV` or
 * `cm/mV`. Blanks may stand between number and unit and around the stroke.
 */
export const SCALE_PHRASES: readonly ScalePhrase[] = [
  ...SPEEDS.flatMap((number) =>
    written(number).flatMap((digits) =>
      SPEED_UNITS.map((unit) => phrase('speed', Number(number), null, digits, unit)),
    ),
  ),
  ...GAINS.flatMap((number) =>
    written(number).map((digits) => phrase('gain', Number(number), null, digits, 'mm/mv')),
  ),
  ...CENTIMETRES.flatMap(([number, value]) =>
    written(number).map((digits) => phrase('gain', value, null, digits, 'cm/mv')),
  ),
  ...PAIRS.flatMap(([limb, chest]) =>
    [`${limb}/${chest}`, `${limb}.0/${chest}.0`].map((digits) =>
      phrase('gain', Number(limb), Number(chest), digits, 'mm/mv'),
    ),
  ),
];

function written(number: string): string[] {
  return number.includes('.') ? [number, `${number}0`] : [number, `${number}.0`, `${number}.00`];
}

function phrase(
  kind: ScalePhrase['kind'],
  value: number,
  chestValue: number | null,
  digits: string,
  unit: string,
): ScalePhrase {
  const characters = [...digits, ...unit];
  const labels = characters.map((c) => TEXT_CLASSES.indexOf(c === 'k' ? '*' : c));
  const gaps = characters.map((c, k) =>
    k === digits.length || (k > digits.length && (c === '/' || characters[k - 1] === '/')) ? 1 : 0,
  );
  return { kind, value, chestValue, text: `${digits} ${unit.replace('mv', 'mV')}`, labels, gaps };
}
