import type { PageOptions } from '../page/page-options.ts';
import type { Random } from '../random.ts';

/** Invented people and places; syllables make names that nobody needs to bear. */
const SYLLABLES = [
  'ba',
  'den',
  'ko',
  'lin',
  'mar',
  'no',
  'ri',
  'sel',
  'ta',
  'vo',
  'wen',
  'zu',
  'ha',
  'per',
  'gos',
];
const STATEMENTS = [
  'Normal sinus rhythm',
  'Sinus bradycardia',
  'Sinus tachycardia',
  'Atrial fibrillation',
  'Left axis deviation',
  'Right bundle branch block',
  'Left ventricular hypertrophy',
  'Nonspecific T wave abnormality',
  'Borderline ECG',
  'Abnormal ECG',
  'Normal ECG',
  'Poor data quality',
  'First degree A-V block',
  'Premature ventricular complexes',
  'ST elevation, consider early repolarisation',
  'Unconfirmed report',
  'No previous ECGs available',
];
const PLACES = [
  'General Hospital',
  'Heart Centre',
  'Ward 3B',
  'Emergency Dept',
  'Outpatient Clinic',
  'Cardiology',
];
const MAKERS = ['CardioLine 12', 'ECG-1350', 'TW 100', 'PageMaster R', 'V6.21 (1)', 'Rev 2.04'];

/** A name nobody bears. */
export function inventName(random: Random): string {
  const word = () => {
    const count = random.integer(2, 3);
    let name = '';
    for (let k = 0; k < count; k++) name += random.pick(SYLLABLES);
    return name[0]!.toUpperCase() + name.slice(1);
  };
  const last = word();
  return random.chance(0.4) ? `${last.toUpperCase()}, ${word().toUpperCase()}` : `${word()} ${last}`;
}

/** A date as devices print it. */
export function inventDate(random: Random): string {
  const [d, m, y] = [random.integer(1, 28), random.integer(1, 12), random.integer(1998, 2025)];
  const two = (n: number) => String(n).padStart(2, '0');
  const date = random.chance(0.5) ? `${two(d)}.${two(m)}.${y}` : `${y}-${two(m)}-${two(d)}`;
  return random.chance(0.7) ? `${date}  ${two(random.integer(0, 23))}:${two(random.integer(0, 59))}` : date;
}

/** One statement of an interpretation. */
export function inventStatement(random: Random): string {
  return random.pick(STATEMENTS);
}

/** A word as it is scribbled beside a recording. */
export function inventWord(random: Random): string {
  return random.pick([
    'chest pain',
    'syncope',
    'stable',
    'repeat',
    'pre-op',
    'SR',
    'AF?',
    'LBBB',
    'seen',
    'normal',
    'ward 3',
    'old MI',
    'K 5.4',
  ]);
}

/** Lines of measurements as tables and headers carry them. */
export function inventMeasurements(random: Random): string[] {
  const n = (low: number, high: number) => random.integer(low, high);
  return [
    `Vent. rate   ${n(42, 150)} bpm`,
    `PR interval   ${n(110, 240)} ms`,
    `QRS duration   ${n(70, 160)} ms`,
    `QT/QTc   ${n(320, 480)}/${n(360, 500)} ms`,
    `P-R-T axes   ${n(-20, 90)} ${n(-60, 110)} ${n(-30, 120)}`,
  ];
}

/** The lines above and below the recording, with the gain of chest leads as a share of the others'; `always` leaves neither out. */
export function randomCaptions(
  random: Random,
  speed: number,
  gain: number,
  chestGain: number,
  always = false,
): Required<Pick<PageOptions, 'header' | 'footer' | 'footerRight'>> {
  const some = (lines: string[], count: number) => lines.slice(0, Math.max(0, count));
  const left = [
    random.chance(0.5) ? inventName(random) : `Name: ${inventName(random)}`,
    `ID: ${random.integer(1e5, 1e9)}`,
    `${random.chance(0.5) ? 'Male' : 'Female'}   ${random.integer(18, 96)} years`,
    inventDate(random),
  ];
  const statements = Array.from({ length: 4 }, () => inventStatement(random));
  const right = [random.pick(PLACES), inventDate(random), `Room ${random.integer(1, 420)}`];
  const full = always || random.chance(0.55);
  const header = full
    ? {
        left: some(left, random.integer(1, 4)),
        middle: random.chance(0.5) ? some(inventMeasurements(random), random.integer(1, 5)) : statements,
        right: some(random.chance(0.5) ? right : statements, random.integer(0, 3)),
      }
    : random.chance(0.4)
      ? { left: some(left, random.integer(1, 2)) }
      : {};
  const scale = random.pick([
    `${speed}mm/s   ${gain}mm/mV`,
    `${speed} mm/s   ${gain} mm/mV   ${random.pick(['0.05-150Hz', '0.5-40 Hz', '0.15-100 Hz', '35Hz'])}`,
    `Speed: ${speed} mm/sec   Limb: ${gain} mm/mV   Chest: ${gain * chestGain} mm/mV`,
    `${speed}.0 mm/s   ${gain}.0 mm/mV`,
  ]);
  return {
    header,
    footer: always || random.chance(0.78) ? scale : '',
    footerRight: random.chance(0.4) ? random.pick(MAKERS) : '',
  };
}
