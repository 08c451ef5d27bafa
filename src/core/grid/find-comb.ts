import type { Spectrum } from './tile-spectrum.ts';

/** Frequency of one family of parallel equidistant lines: cycles per tile side along x and y, and how clearly it shows. */
export interface Comb {
  readonly kx: number;
  readonly ky: number;
  readonly score: number;
  /** Height of the tallest maximum of the spectrum that the comb explains. */
  readonly tallest: number;
}

/** The two families of a grid seen in one tile; `across` = vertical lines (frequency along x), `down` = horizontal ones. */
export interface CombPair {
  readonly across: Comb;
  readonly down: Comb;
  readonly score: number;
}

const MAX_HARMONIC = 12;
/** Whitened amplitude below which a spectral maximum may be noise. */
const LOWEST_PEAK = 3;
/** Share of the highest maximum below which others may be side lobes of the window. */
const SIDELOBE = 0.015;
/** What a harmonic without a maximum costs, and the most that one harmonic may earn. */
const ABSENT_COST = 3;
const SATURATION = 14;
/**
 * ECG paper divides its large boxes in five: the fifth harmonic (the small boxes) or the first may stand out, and a comb
 * whose strongest harmonic is another one, this many times stronger, has a wrong fundamental. What others than the multiples
 * of that one show counts for nothing: lines that were rounded to whole pixels to the left and right in turn are alike only
 * every second time.
 */
const STRANGE_SHARE = 1.5;
const STRANGE_COST = 40;
/**
 * But thin lines show all their harmonics, of so many the middle ones best where shade hides the lowest: no more than one
 * stands out, its neighbours are no lower than this share of it, and those on which coarser lines do not stand no lower
 * than that share of the others. Of coarser lines every one is higher by this factor than its neighbours.
 */
const THIN_HEIGHT = 5;
const THIN_SHARE = 0.3;
const STANDS_OUT = 1.1;
/**
 * A maximum of at least this height is print, not chance: a comb that explains none nearly as tall (by this factor) has
 * taken an echo of the lines for the lines. Dithered pictures have such maxima where a power of two of pixels repeats.
 */
const CERTAIN_PEAK = 60;
const ECHO_SHARE = 1.5;
/** How far from a multiple of the comb such a maximum may lie, bins. */
const MULTIPLE_BINS = 0.8;
const DITHER_BINS = 32;
const DITHER_SLACK = 0.3;
const DIVISORS = [1, 2, 3, 4, 5, 10];
/** Fewest cycles per tile that can be told from shading. */
const MIN_CYCLES = 2.5;
/** tan of the largest lean of a family from its axis. */
const MAX_LEAN = 0.6;
/** Largest ratio between the scales of the two axes. */
const MAX_ASPECT = 1.6;
/** Change of the spacing from tile to tile, as a share, that costs a comb so much of its score. */
const USUAL_CHANGE = 0.02;
const CHANGE_COST = 1.5;
/** Share of the Nyquist range that is looked at. */
const REACH = 0.47;

/** Local maxima of a spectrum: per bin the height (0 where there is none) and the sub-bin position. */
export interface SpectrumPeaks {
  readonly size: number;
  readonly heights: Float32Array;
  readonly offsetsX: Float32Array;
  readonly offsetsY: Float32Array;
}

/** Lists the local maxima of a whitened spectrum that stand above the noise. */
export function spectrumPeaks(spectrum: Spectrum, size: number): SpectrumPeaks {
  const heights = new Float32Array(size * size);
  const offsetsX = new Float32Array(size * size);
  const offsetsY = new Float32Array(size * size);
  const mask = size - 1;
  let highest = 0;
  for (let at = 0; at < spectrum.length; at++) highest = Math.max(highest, spectrum[at] as number);
  const lowest = Math.max(LOWEST_PEAK, SIDELOBE * highest);
  for (let y = 0; y < size; y++) {
    const above = ((y - 1) & mask) * size;
    const below = ((y + 1) & mask) * size;
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      const here = spectrum[at] as number;
      if (here < lowest) continue;
      const left = (x - 1) & mask;
      const right = (x + 1) & mask;
      const west = spectrum[y * size + left] as number;
      const east = spectrum[y * size + right] as number;
      const north = spectrum[above + x] as number;
      const south = spectrum[below + x] as number;
      if (here < west || here <= east || here < north || here <= south) continue;
      if (here < (spectrum[above + left] as number) || here < (spectrum[above + right] as number)) continue;
      if (here < (spectrum[below + left] as number) || here < (spectrum[below + right] as number)) continue;
      heights[at] = here;
      offsetsX[at] = vertex(west, here, east);
      offsetsY[at] = vertex(north, here, south);
    }
  }
  return { size, heights, offsetsX, offsetsY };
}

/**
 * Clarity of the comb with fundamental (kx, ky): what its harmonics earn by coinciding with maxima of the spectrum less
 * what the absent ones cost. Also returns the fundamental that fits the maxima best.
 */
export function fitComb(peaks: SpectrumPeaks, kx: number, ky: number): Comb {
  const { size, heights, offsetsX, offsetsY } = peaks;
  const reach = REACH * size;
  const mask = size - 1;
  let weights = 0;
  let sumX = 0;
  let sumY = 0;
  let paperHeight = 0;
  let tenthHeight = 0;
  let otherHeight = 0;
  let strongest = 0;
  const worths: number[] = [];
  const talls: number[] = [];
  for (let k = 1; k <= MAX_HARMONIC; k++) {
    const targetX = k * kx;
    const targetY = k * ky;
    if (Math.abs(targetX) > reach || Math.abs(targetY) > reach) break;
    const spread = 0.4 + 0.04 * k;
    const centreX = Math.round(targetX);
    const centreY = Math.round(targetY);
    let earned = 0;
    let tallest = 0;
    let foundX = 0;
    let foundY = 0;
    for (let y = centreY - 1; y <= centreY + 1; y++) {
      for (let x = centreX - 1; x <= centreX + 1; x++) {
        const at = (y & mask) * size + (x & mask);
        const height = heights[at] as number;
        if (height === 0) continue;
        const dx = x + (offsetsX[at] as number) - targetX;
        const dy = y + (offsetsY[at] as number) - targetY;
        const value = Math.min(height, SATURATION) * Math.exp(-(dx * dx + dy * dy) / (2 * spread * spread));
        if (value <= earned) continue;
        earned = value;
        tallest = height * Math.exp(-(dx * dx + dy * dy) / (2 * spread * spread));
        foundX = targetX + dx;
        foundY = targetY + dy;
      }
    }
    worths.push(earned - ABSENT_COST);
    talls.push(tallest);
    if (k === 1 || k === 5) paperHeight = Math.max(paperHeight, tallest);
    else if (k === 10) tenthHeight = tallest;
    else if (tallest > otherHeight) [otherHeight, strongest] = [tallest, k];
    if (earned > 1) {
      const weight = earned * k;
      sumX += weight * foundX;
      sumY += weight * foundY;
      weights += weight * k;
    }
  }
  const isStrange = otherHeight > STRANGE_SHARE * paperHeight && !areThinLines(talls, strongest);
  let score = isStrange ? -STRANGE_COST : 0;
  for (let k = 1; k <= worths.length; k++) {
    const worth = worths[k - 1] as number;
    if (!isStrange || worth < 0 || k % strongest === 0) score += worth;
  }
  const tallest = Math.max(paperHeight, tenthHeight, otherHeight);
  return weights > 0
    ? { kx: sumX / weights, ky: sumY / weights, score, tallest }
    : { kx, ky, score, tallest };
}

/** Whether harmonics are those of thin lines, and not of coarser ones that stand on every second or a later one of them. */
function areThinLines(heights: readonly number[], strongest: number): boolean {
  const highest = heights[strongest - 1]!;
  const nearest = Math.min(heights[strongest - 2]!, heights[strongest] ?? highest);
  if (nearest < Math.max(THIN_HEIGHT, THIN_SHARE * highest)) return false;
  const standsOut = (k: number): boolean =>
    heights[k - 1]! > STANDS_OUT * Math.max(heights[k - 2]!, heights[k] ?? 0);
  for (let m = 2; m <= strongest; m++) {
    const on = heights.filter((_, at) => (at + 1) % m === 0);
    const beside = heights.filter((_, at) => (at + 1) % m !== 0);
    if (meanOf(beside) < Math.max(THIN_HEIGHT, THIN_SHARE * meanOf(on))) return false;
    // Whether the first of them stands out depends on the shade.
    const later = on.slice(1).map((_, at) => m * (at + 2));
    if (later.length > 0 && later.every(standsOut)) return false;
  }
  return true;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Finds the two line families of a grid in a tile's spectrum: the fundamentals (the widest spacing, so the 5-mm lines
 * where they stand out) whose harmonics explain most of the maxima, with comparable scales on both axes.
 * `null` when no comb stands out. About 1 ms.
 */
export function findCombPair(peaks: SpectrumPeaks): CombPair | null {
  const across = familyCandidates(peaks, false);
  const down = familyCandidates(peaks, true);
  let best: CombPair | null = null;
  for (const a of across) {
    const lengthA = Math.hypot(a.kx, a.ky);
    for (const d of down) {
      const lengthD = Math.hypot(d.kx, d.ky);
      if (lengthA > MAX_ASPECT * lengthD || lengthD > MAX_ASPECT * lengthA) continue;
      const cosine = Math.abs(a.kx * d.kx + a.ky * d.ky) / (lengthA * lengthD);
      if (cosine > 0.35) continue;
      const aspect = Math.abs(Math.log(lengthA / lengthD));
      const score =
        Math.min(a.score, 2 * d.score + 5) + Math.min(d.score, 2 * a.score + 5) - 6 * aspect - 10 * cosine;
      if (best === null || score > best.score) best = { across: a, down: d, score };
    }
  }
  return best;
}

/**
 * Finds the comb of a neighbouring tile near a predicted one: about `reach` bins around, best score wins, the spacing
 * changing no more than paper does from tile to tile unless the lines say so clearly.
 */
export function trackComb(
  peaks: SpectrumPeaks,
  near: { readonly kx: number; readonly ky: number },
  reach: number,
): Comb {
  const usual = USUAL_CHANGE * Math.hypot(near.kx, near.ky);
  let best = fitComb(peaks, near.kx, near.ky);
  let bestWorth = best.score;
  const step = Math.max(0.1, reach / 4);
  for (let dy = -reach; dy <= reach + 1e-9; dy += step) {
    for (let dx = -reach; dx <= reach + 1e-9; dx += step) {
      const comb = fitComb(peaks, near.kx + dx, near.ky + dy);
      const change = Math.hypot(comb.kx - near.kx, comb.ky - near.ky) / usual;
      const worth = comb.score - CHANGE_COST * change * change;
      if (worth > bestWorth + 0.5) {
        best = comb;
        bestWorth = worth;
      }
    }
  }
  return fitComb(peaks, best.kx, best.ky);
}

function familyCandidates(peaks: SpectrumPeaks, vertical: boolean): Comb[] {
  const combs: Comb[] = [];
  const strongest = strongestPeaks(peaks, vertical);
  const certain = strongest.find((peak) => peak.height >= CERTAIN_PEAK && !isDither(peak));
  for (const peak of strongest) {
    for (const divisor of DIVISORS) {
      const kx = peak.kx / divisor;
      const ky = peak.ky / divisor;
      if (Math.hypot(kx, ky) < MIN_CYCLES) continue;
      const comb = fitComb(peaks, kx, ky);
      if (comb.score <= 0 || (certain !== undefined && isEcho(comb, certain))) continue;
      combs.push(fitComb(peaks, comb.kx, comb.ky));
    }
  }
  combs.sort((a, b) => b.score - a.score);
  return combs.slice(0, 24);
}

interface Peak {
  readonly kx: number;
  readonly ky: number;
  readonly height: number;
}

/** Whether a comb neither runs through a peak that is certain nor explains one nearly as tall. */
function isEcho(comb: Comb, certain: Peak): boolean {
  if (ECHO_SHARE * comb.tallest >= certain.height) return false;
  const k = Math.round(Math.hypot(certain.kx, certain.ky) / Math.hypot(comb.kx, comb.ky));
  return Math.hypot(certain.kx - k * comb.kx, certain.ky - k * comb.ky) > MULTIPLE_BINS;
}

function isDither({ kx, ky }: { kx: number; ky: number }): boolean {
  const off = (k: number): number => Math.abs(k - DITHER_BINS * Math.round(k / DITHER_BINS));
  return off(kx) < DITHER_SLACK && off(ky) < DITHER_SLACK;
}

function strongestPeaks(peaks: SpectrumPeaks, vertical: boolean): Peak[] {
  const { size, heights, offsetsX, offsetsY } = peaks;
  const found: Peak[] = [];
  const reach = Math.floor(REACH * size);
  const mask = size - 1;
  for (let along = Math.floor(MIN_CYCLES); along <= reach; along++) {
    const lean = Math.min(reach, Math.floor(along * MAX_LEAN));
    for (let aside = -lean; aside <= lean; aside++) {
      const x = vertical ? aside : along;
      const y = vertical ? along : aside;
      const at = (y & mask) * size + (x & mask);
      const height = heights[at] as number;
      if (height < LOWEST_PEAK + 1) continue;
      found.push({ kx: x + (offsetsX[at] as number), ky: y + (offsetsY[at] as number), height });
    }
  }
  return found.sort(byHeight).slice(0, 16);
}

function byHeight(a: Peak, b: Peak): number {
  return b.height - a.height;
}

/** Offset of the top of the parabola through the logarithms of three neighbouring samples. */
function vertex(before: number, here: number, after: number): number {
  const a = Math.log(before + 1e-6);
  const b = Math.log(here + 1e-6);
  const c = Math.log(after + 1e-6);
  const bend = a - 2 * b + c;
  if (bend >= -1e-6) return 0;
  return Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend));
}
