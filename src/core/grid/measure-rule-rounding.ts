import type { Raster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** Rows looked at: one in this many. */
const ROW_STEP = 3;
/** Contrast beyond which a pixel is a trace rather than a grid line, of 255. */
const CLIP = 60;
/** How far about its place a line is looked for, and where the paper beside it is measured, millimetres. */
const REACH_MM = 0.3;
const BESIDE_MM = 0.45;
const MIN_LINES = 60;
/** Least mean contrast of a line whose place is believed. */
const MIN_CONTRAST = 2;
/** Slower patterns than this (periods per mm) are bends of the paper. */
const LOWEST_FREQUENCY = 0.02;
/** Departures beyond this many times the median one are of lines that a trace ran along. */
const OUTLIER = 4;
/** Every fifth line is another pen's: its own departure repeats at these frequencies. */
const HEAVY_PERIOD_MM = 5;
/**
 * Share of the scatter that rounding must explain: little where the teeth are as high as the picture's own pixels,
 * more where the page was scaled since it was drawn.
 */
const EXPLAINED_OWN = 0.12;
const EXPLAINED = 0.45;
const OWN_PIXEL: readonly [number, number] = [0.7, 1.3];
/** Sizes of a drawing's pixel that are believed, millimetres. */
const PIXEL_MM: readonly [number, number] = [0.04, 0.34];
/** A line's place is measured in a window, which draws far departures in by about this share. */
const DRAWN_IN = 1.15;
/** A drawing whose pixel may be that of the scan, to this share, was not scaled since. */
const UNSCALED = 0.06;

/**
 * Size of the pixels, in millimetres, to which a drawing program moved the vertical lines of a printed grid; `null`
 * when the lines are evenly spaced.
 *
 * Programs that draw charts (Agg, which matplotlib uses, is the best known) put upright lines on whole pixels so that
 * they look crisp, but leave curves where they belong. Spacings then alternate (8, 8, 7, 8, ... pixels), and the
 * departures from even spacing are a sawtooth whose height is one pixel of the drawing. It survives scanning: it is
 * looked for in the flat page as the strongest period of the departures, then fitted as a sawtooth.
 *
 * Cost: one pass over a third of the page, about 10 ms for 2200 x 1700.
 *
 * @param raster flat page whose millimetre lines lie on multiples of `pxPerMm`
 * @param sourceMm size of the scan's own pixels
 */
export function measureRuleRounding(raster: Raster, pxPerMm: number, sourceMm: number): number | null {
  const measured = measureDepartures(raster, pxPerMm);
  if (measured.length < MIN_LINES) return null;
  removeTrend(measured);
  const departures = withoutOutliers(measured);
  removeTrend(departures);
  const span = departures[departures.length - 1]!.k - departures[0]!.k;
  const frequency = strongestFrequency(departures, span);
  let best = { explained: 0, toothMm: 0, perMm: 0 };
  for (const sign of [1, -1]) {
    for (let nudge = -4; nudge <= 4; nudge++) {
      const perMm = sign * (frequency + nudge / (8 * span));
      for (let phase = 0; phase < 1; phase += 0.04) {
        const fit = fitSawtooth(departures, perMm, phase);
        if (fit.explained > best.explained) best = { ...fit, perMm };
      }
    }
  }
  const own = best.toothMm > OWN_PIXEL[0] * sourceMm && best.toothMm < OWN_PIXEL[1] * sourceMm;
  const unscaled = nearestPixelMm(sourceMm, best.perMm);
  const pixelMm =
    own && Math.abs(unscaled / sourceMm - 1) < UNSCALED
      ? unscaled
      : nearestPixelMm(best.toothMm * DRAWN_IN, best.perMm);
  if (pixelMm < PIXEL_MM[0] || pixelMm > PIXEL_MM[1]) return null;
  return best.explained >= (own ? EXPLAINED_OWN : EXPLAINED) ? pixelMm : null;
}

/** The pixel size near `likelyMm` of which `perMm` (up to whole ones) fit into a millimetre. */
function nearestPixelMm(likelyMm: number, perMm: number): number {
  const share = perMm - Math.floor(perMm);
  let best = 0;
  for (let whole = 2; whole <= 25; whole++) {
    const pixelMm = 1 / (whole + share);
    if (Math.abs(pixelMm - likelyMm) < Math.abs(best - likelyMm)) best = pixelMm;
  }
  return best;
}

/** A millimetre line and how far right of its place it was printed, millimetres. */
interface Departure {
  readonly k: number;
  offMm: number;
}

function measureDepartures(page: Raster, pxPerMm: number): Departure[] {
  const { width, height } = page;
  const profile = new Float64Array(width);
  const beside = Math.round(BESIDE_MM * pxPerMm);
  for (let y = ROW_STEP; y < height - ROW_STEP; y += ROW_STEP) {
    addContrasts(profile, page, y, beside);
  }
  const rows = Math.max(1, Math.ceil((height - 2 * ROW_STEP) / ROW_STEP));
  const reach = REACH_MM * pxPerMm;
  const departures: Departure[] = [];
  for (let k = 1; k * pxPerMm < width - beside - reach - 1; k++) {
    const centre = k * pxPerMm;
    let mass = 0;
    let moment = 0;
    for (let x = Math.ceil(centre - reach); x <= centre + reach; x++) {
      const value = Math.max(0, profile[x]! / rows);
      mass += value;
      moment += value * (x - centre);
    }
    if (mass >= MIN_CONTRAST) departures.push({ k, offMm: moment / mass / pxPerMm });
  }
  return departures;
}

function addContrasts(
  profile: Float64Array,
  { data, width, channels }: Raster,
  y: number,
  beside: number,
): void {
  // Green and blue show pink, red and orange grids; gray pages have one channel.
  let at = (y * width + beside) * channels + (channels > 1 ? 1 : 0);
  const aside = beside * channels;
  for (let x = beside; x < width - beside; x++, at += channels) {
    const contrast = (data[at - aside]! + data[at + aside]!) / 2 - data[at]!;
    profile[x]! += contrast > CLIP ? CLIP : contrast < -CLIP ? -CLIP : contrast;
  }
}

function removeTrend(departures: Departure[]): void {
  const n = departures.length;
  const meanK = departures.reduce((sum, d) => sum + d.k, 0) / n;
  const mean = departures.reduce((sum, d) => sum + d.offMm, 0) / n;
  let covariance = 0;
  let variance = 0;
  for (const { k, offMm } of departures) {
    covariance += (k - meanK) * (offMm - mean);
    variance += (k - meanK) ** 2;
  }
  for (const d of departures) d.offMm -= mean + (covariance / variance) * (d.k - meanK);
}

function withoutOutliers(departures: readonly Departure[]): Departure[] {
  const sizes = departures.map((d) => Math.abs(d.offMm)).sort(ascending);
  const limit = OUTLIER * sizes[sizes.length >> 1]!;
  return departures.filter((d) => Math.abs(d.offMm) <= limit);
}

function strongestFrequency(departures: readonly Departure[], span: number): number {
  let best = 0;
  let most = -1;
  for (let f = LOWEST_FREQUENCY; f <= 0.5; f += 1 / (4 * span)) {
    const ofHeavy = f * HEAVY_PERIOD_MM;
    if (Math.abs(ofHeavy - Math.round(ofHeavy)) < HEAVY_PERIOD_MM / span) continue;
    let re = 0;
    let im = 0;
    for (const { k, offMm } of departures) {
      re += offMm * Math.cos(2 * Math.PI * f * k);
      im += offMm * Math.sin(2 * Math.PI * f * k);
    }
    const power = re * re + im * im;
    if (power > most) {
      most = power;
      best = f;
    }
  }
  return best;
}

function fitSawtooth(
  departures: readonly Departure[],
  perMm: number,
  phase: number,
): { explained: number; toothMm: number } {
  let cross = 0;
  let own = 0;
  let total = 0;
  for (const { k, offMm } of departures) {
    const place = perMm * k + phase;
    const tooth = Math.round(place) - place;
    cross += tooth * offMm;
    own += tooth * tooth;
    total += offMm * offMm;
  }
  const toothMm = own > 0 ? cross / own : 0;
  return { toothMm, explained: toothMm > 0 && total > 0 ? (toothMm * cross) / total : 0 };
}
