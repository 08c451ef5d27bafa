import type { Rng } from '../picture/random-numbers.ts';

const SPEEDS = [
  '25',
  '25',
  '25',
  '25',
  '50',
  '50',
  '12.5',
  '10',
  '5',
  '20',
  '100',
  '25.0',
  '50.0',
  '25,0',
  '30',
];
const GAINS = [
  '10',
  '10',
  '10',
  '10',
  '5',
  '5',
  '20',
  '20',
  '2.5',
  '10.0',
  '5.0',
  '20.0',
  '7.5',
  '15',
  '40',
  '1',
];
const SPEED_UNITS = [
  'mm/s',
  'mm/s',
  'mm/s',
  'mm/sec',
  'mm/sec',
  'mm / s',
  'mm/sec.',
  'MM/S',
  'mm/S',
  'MM/SEC',
];
const GAIN_UNITS = ['mm/mV', 'mm/mV', 'mm/mV', 'mm/mv', 'mm / mV', 'MM/MV', 'mm/mV.', 'cm/mV'];
const BETWEEN = ['', '', '', ' ', ' ', '  '];
const GAPS = [' ', '  ', '   ', ', ', '; ', ' - ', ' | ', ' ~ '];
const SPEED_NAMES = [
  '',
  '',
  '',
  '',
  'Speed: ',
  'Speed ',
  'Speed:',
  'SPEED: ',
  'Paper speed: ',
  'Vel: ',
  'V=',
];
const GAIN_NAMES = [
  '',
  '',
  '',
  '',
  'Gain: ',
  'Gain ',
  'GAIN:',
  'Limb: ',
  'Limb ',
  'Chest: ',
  'Ampl. ',
  'Sens. ',
  'All: ',
];
const FILTERS = [
  ...[
    '40Hz',
    '100Hz',
    '150 Hz',
    '0.05-150Hz',
    '0.05 - 40 Hz',
    '0.15-100 Hz',
    'F 50~ 0.5-40 Hz',
    '60~',
    '35Hz',
    '~',
  ],
  ...[
    'AC 50Hz',
    'ADS',
    'SBS',
    'SSF',
    'F50',
    'W',
    'Filter: 0.5-35Hz',
    'x1.0',
    'LP 150',
    'HP 0.05',
    'DFT 0.05',
  ],
];
const WORDS = [
  ...[
    'Vent.',
    'rate',
    'Rate',
    'BPM',
    'bpm',
    'PR',
    'QRS',
    'QT/QTc',
    'QTc',
    'P-R-T',
    'axes',
    'interval',
    'duration',
  ],
  ...[
    'ms',
    'Name',
    'Name:',
    'ID',
    'ID:',
    'Age',
    'Age:',
    'Sex',
    'Male',
    'Female',
    'yr',
    'cm',
    'kg',
    'Sinus',
    'rhythm',
  ],
  ...[
    'Normal',
    'ECG',
    'Abnormal',
    'Technician',
    'Test',
    'ind:',
    'Room:',
    'Loc:',
    'Page',
    'of',
    'to',
    'by',
    'Left',
  ],
  ...[
    'LVH',
    'AV',
    'ST',
    'T',
    'aVR',
    'aVL',
    'aVF',
    'V1',
    'V2',
    'V6',
    'II',
    'III',
    'Limb',
    'Chest',
    'Speed',
    'Gain',
  ],
  ...[
    'Date:',
    'Time:',
    'mmHg',
    'min',
    '/min',
    'No',
    'Yes',
    'RV5/SV1',
    'mV',
    'mm',
    'sec',
    'GE',
    'MAC55',
    '12SL',
    'v241',
  ],
  ...[
    'Philips',
    'HR',
    'RR',
    'Hospital',
    'Referred',
    'Confirmed',
    'Unconfirmed',
    'Dr.',
    'Cart',
    'Order',
    'EID:',
    'Medical',
  ],
];
const MISSES = [
  'mm/min',
  'mm/m',
  'm/s',
  'mmHg',
  'cm/s',
  'ms',
  'mV',
  'mm',
  'kg/m2',
  'mm/h',
  'mmol/l',
  'bpm',
  '/min',
  'mm/n',
];
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A line of print as ECG pages carry it: scales, near misses of scales, header words, and strings of no meaning. */
export function randomLine(rng: Rng): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)]!;
  const digits = (n: number): string => Array.from({ length: n }, () => pick([...'0123456789'])).join('');
  const number = (): string =>
    rng() < 0.3 ? `${digits(1 + Math.floor(rng() * 2))}.${digits(1)}` : digits(1 + Math.floor(rng() * 3));
  const speed = (): string =>
    pick(SPEED_NAMES) + (rng() < 0.75 ? pick(SPEEDS) : number()) + pick(BETWEEN) + pick(SPEED_UNITS);
  const gain = (): string => {
    const first = rng() < 0.75 ? pick(GAINS) : number();
    const pair = rng() < 0.08 ? `/${pick(GAINS)}` : '';
    return pick(GAIN_NAMES) + first + pair + pick(BETWEEN) + pick(GAIN_UNITS);
  };
  const chooser = rng();
  if (chooser < 0.5) {
    const parts: string[] = [];
    if (rng() < 0.2) parts.push(pick(FILTERS));
    const both = rng();
    if (both < 0.7) parts.push(speed());
    if (both > 0.3) parts.push(gain());
    if (rng() < 0.1) parts.push(gain());
    if (rng() < 0.35) parts.push(pick(FILTERS));
    return parts.join(pick(GAPS));
  }
  if (chooser < 0.62) return `${number()}${pick(BETWEEN)}${pick(MISSES)}`;
  if (chooser < 0.68) {
    return `${digits(2)}${pick(['/', '-', '.', ':'])}${digits(2)}${pick(['/', '-', '.', ':', ' '])}${digits(pick([2, 4]))}`;
  }
  if (chooser < 0.84) {
    const words = Array.from({ length: 1 + Math.floor(rng() * 3) }, () =>
      rng() < 0.2 ? number() : pick(WORDS),
    );
    return words.join(' ');
  }
  const alphabet = pick([
    LETTERS,
    LETTERS + '0123456789',
    '0123456789./mssecvV',
    '0123456789.-/: ',
    LETTERS + ' .,:-/()=+',
  ]);
  return Array.from({ length: 3 + Math.floor(rng() * 10) }, () => pick([...alphabet])).join('');
}
