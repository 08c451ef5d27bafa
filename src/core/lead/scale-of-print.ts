import type { Layout, LayoutKind } from './layout.ts';
import { paperChance } from './paper-chance.ts';
import { resolutionChance } from './usual-resolution.ts';
import { ascending } from '../../shared/ascending.ts';

/** Usual seconds of a column. */
const USUAL_SECONDS: Partial<Record<LayoutKind, number>> = {
  '3x4': 2.5,
  '3x4+1': 2.5,
  '3x4+2': 2.5,
  '3x4+3': 2.5,
  '6x2': 5,
  '6x2+1': 5,
  '12x1': 10,
  '6x1': 10,
  '3x1': 10,
};
const USUAL_SPEED = 25;
const PULSE_SECONDS = 0.2;
/** Gains in mm/mV with their chances where none is printed. */
const USUAL_GAINS = [
  [10, 0.7],
  [5, 0.15],
  [20, 0.15],
] as const;
/** Resolutions of scanners and fax machines, dots per inch. */
const ROUND_DPI = [72, 96, 100, 120, 150, 200, 203.2, 240, 250, 300, 400, 600];
const MM_PER_INCH = 25.4;
/** Those of machines that make two tones: the others are of screens and of pictures made smaller. */
const TWO_TONE_DPI = [100, 150, 200, 203.2, 300, 400, 600];
/** Chance that columns have the usual length, a pulse the usual width and the printed or a usual height, the scale a round one. */
const USUAL_COLUMNS = 0.6;
const USUAL_WIDTH = 0.6;
const USUAL_HEIGHT = 0.9;
const ROUND = 0.5;
/** The same of pictures of two tones, which nobody made larger or smaller: that would make them gray. */
const ROUND_TWO_TONE = 0.95;
/** How exactly each is printed and measured, as shares. */
const COLUMN_SPREAD = 0.002;
const WIDTH_SPREAD = 0.04;
const HEIGHT_SPREAD = 0.025;
const ROUND_SPREAD = 0.002;
/** How far what is unusual may be from the usual, and the scale from what was assumed. */
const UNUSUAL_SPREAD = 0.35;
/** Chance that what was taken for pulses are pulses: a single one may be a wave. */
const LONE_PULSE = 0.4;
const SEVERAL_PULSES = 0.95;
/** Factors are tried in steps of this share, finer ones about the best, and none is believed that is further from what was assumed than `MOST`. */
const STEP = 0.0005;
const FINE_STEP = 0.00001;
const MOST = 2.5;
const TRIED = 2 * Math.log(MOST);

/**
 * The scale of a page without a grid, in pixels per mm, from what is printed on it, by the greatest chance: columns of
 * the usual length and calibration pulses of 0.2 s at the printed speed or 25 mm/s, 1 mV high at the printed or a usual
 * gain, and that pages are scanned at round resolutions from sheets of usual sizes. The columns are the longer measure, the others tell whether
 * theirs is the usual length. Null where neither says anything.
 *
 * @param canonicalPxPerMm of the layout's pixels
 * @param assumedPxPerMm pixels of the picture that were taken for a mm
 * @param isTwoTone the picture is black and white
 * @param resolutionsPxPerMm those of corrected pages that look like this one
 * @param picture size of the picture where it may be that of a sheet of paper, pixels
 */
export function scaleOfPrint(
  layout: Layout,
  canonicalPxPerMm: number,
  assumedPxPerMm: number,
  isTwoTone = false,
  resolutionsPxPerMm: readonly number[] = [],
  picture: { readonly width: number; readonly height: number } | null = null,
): number | null {
  const speed = layout.speedSource === 'text' ? layout.speedMmPerSecond : USUAL_SPEED;
  const chances = [columnChance(layout, speed, canonicalPxPerMm), pulseChance(layout, speed)].filter(
    (chance) => chance !== null,
  );
  if (chances.length === 0) return null;
  const chanceOf = (log: number): number => {
    const logPxPerMm = log + Math.log(assumedPxPerMm);
    const prior =
      density(log, UNUSUAL_SPREAD) *
      roundChance(logPxPerMm, isTwoTone) *
      resolutionChance(logPxPerMm, resolutionsPxPerMm, assumedPxPerMm) *
      (picture === null
        ? 1
        : paperChance(picture.width / Math.exp(logPxPerMm), picture.height / Math.exp(logPxPerMm)));
    return chances.reduce((product, of) => product * of(log), prior);
  };
  const coarse = likeliest(chanceOf, 0, TRIED, STEP);
  const best = likeliest(chanceOf, coarse, STEP, FINE_STEP);
  return Math.abs(best) > Math.log(MOST) ? null : assumedPxPerMm * Math.exp(best);
}

function likeliest(chance: Chance, about: number, reach: number, step: number): number {
  let best = about;
  for (let log = about - reach; log <= about + reach; log += step) {
    if (chance(log) > chance(best)) best = log;
  }
  return best;
}

/** The chance of what was measured by the logarithm of the factor that corrects the scale. */
type Chance = (logFactor: number) => number;

function columnChance({ kind, cells }: Layout, speed: number, pxPerMm: number): Chance | null {
  const usual = USUAL_SECONDS[kind];
  const widthPx = middle(cells.filter(({ role }) => role === 'lead').map(({ x0, x1 }) => x1 - x0));
  if (usual === undefined || widthPx === null) return null;
  const measured = Math.log(widthPx / pxPerMm / (usual * speed));
  if (Math.abs(measured) > Math.log(MOST)) return null;
  // Fast paper often shows half as long.
  const lengths = speed > USUAL_SPEED ? [0, -Math.log(2)] : [0];
  return (log) => {
    const of = (spread: number): number =>
      lengths.reduce((sum, length) => sum + density(measured - log - length, spread), 0) / lengths.length;
    return USUAL_COLUMNS * of(COLUMN_SPREAD) + (1 - USUAL_COLUMNS) * of(UNUSUAL_SPREAD);
  };
}

function pulseChance({ pulses, gainSource, gainMmPerMillivolt }: Layout, speed: number): Chance | null {
  const width = middle(pulses.map(({ widthMm }) => widthMm));
  const height = middle(pulses.map(({ heightMm }) => heightMm));
  if (width === null || height === null) return null;
  const gains = gainSource === 'text' ? ([[gainMmPerMillivolt, 1]] as const) : USUAL_GAINS;
  const real = pulses.length > 1 ? SEVERAL_PULSES : LONE_PULSE;
  return (log) => {
    const wide = density(Math.log(width / (PULSE_SECONDS * speed)) - log, WIDTH_SPREAD);
    const high = gains.reduce(
      (sum, [gain, share]) => sum + share * density(Math.log(height / gain) - log, HEIGHT_SPREAD),
      0,
    );
    return (
      real * (USUAL_WIDTH * wide + 1 - USUAL_WIDTH) * (USUAL_HEIGHT * high + 1 - USUAL_HEIGHT) + (1 - real)
    );
  };
}

function roundChance(logPxPerMm: number, isTwoTone: boolean): number {
  const share = isTwoTone ? ROUND_TWO_TONE : ROUND;
  const resolutions = isTwoTone ? TWO_TONE_DPI : ROUND_DPI;
  const near = resolutions.reduce(
    (sum, dpi) => sum + density(logPxPerMm - Math.log(dpi / MM_PER_INCH), ROUND_SPREAD),
    0,
  );
  return (share * near) / resolutions.length + 1 - share;
}

/** Normal density. */
function density(off: number, spread: number): number {
  return Math.exp(-0.5 * (off / spread) ** 2) / (Math.sqrt(2 * Math.PI) * spread);
}

function middle(values: number[]): number | null {
  values.sort(ascending);
  return values.length > 0 ? values[values.length >> 1]! : null;
}
