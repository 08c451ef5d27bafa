/** Bins of a folded profile: one major period (5 mm) cut into 0.125-mm steps. */
export const PROFILE_BINS = 40;
/** Harmonics of the major period that carry the grid (1-mm lines are the fifth; the tenth lies at the sampling limit). */
export const PROFILE_HARMONICS = 9;

/** Fourier coefficients 1..`PROFILE_HARMONICS` of a folded profile, `[re1, im1, re2, im2, ...]`. */
export type ProfileSpectrum = Float64Array;

const COS = new Float64Array(PROFILE_BINS);
const SIN = new Float64Array(PROFILE_BINS);
for (let bin = 0; bin < PROFILE_BINS; bin++) {
  COS[bin] = Math.cos((2 * Math.PI * bin) / PROFILE_BINS);
  SIN[bin] = Math.sin((2 * Math.PI * bin) / PROFILE_BINS);
}

/** Fourier coefficients of the profile held by `profile[at .. at + PROFILE_BINS)`; bin b stands for phase b / bins. */
export function profileSpectrum(profile: Float32Array, at: number, out: ProfileSpectrum): void {
  for (let k = 1; k <= PROFILE_HARMONICS; k++) {
    let re = 0;
    let im = 0;
    for (let bin = 0, turn = 0; bin < PROFILE_BINS; bin++) {
      const value = profile[at + bin] as number;
      re += value * (COS[turn] as number);
      im -= value * (SIN[turn] as number);
      turn += k;
      if (turn >= PROFILE_BINS) turn -= PROFILE_BINS;
    }
    out[2 * k - 2] = re;
    out[2 * k - 1] = im;
  }
}

/** A shift of one profile against another, in periods, and their normalised correlation (-1..1) after the shift. */
export interface ProfileShift {
  readonly shift: number;
  readonly correlation: number;
}

/**
 * How far `profile` lies to the right of `template`, searched within `centre +- reach` periods. Positive: the pattern
 * sits at larger phases. Sub-bin by a parabola through the correlation. `(0, 0)` when either is empty.
 */
export function profileShift(
  profile: ProfileSpectrum,
  template: ProfileSpectrum,
  centre: number,
  reach: number,
): ProfileShift {
  let powerA = 0;
  let powerB = 0;
  for (let at = 0; at < profile.length; at++) {
    powerA += (profile[at] as number) ** 2;
    powerB += (template[at] as number) ** 2;
  }
  if (powerA === 0 || powerB === 0) return { shift: 0, correlation: 0 };
  const steps = Math.max(2, Math.ceil(reach * 60));
  const step = reach / steps;
  let best = -Infinity;
  let bestAt = 0;
  for (let at = -steps; at <= steps; at++) {
    const value = correlationAt(profile, template, centre + at * step);
    if (value > best) {
      best = value;
      bestAt = at;
    }
  }
  let shift = centre + bestAt * step;
  for (let h = step; h > 2e-4; h /= 4) {
    const before = correlationAt(profile, template, shift - h);
    const after = correlationAt(profile, template, shift + h);
    const bend = before - 2 * best + after;
    if (bend < 0) shift += h * Math.max(-1, Math.min(1, (0.5 * (before - after)) / bend));
    best = correlationAt(profile, template, shift);
  }
  return { shift, correlation: best / Math.sqrt(powerA * powerB) };
}

/** Moves the pattern of a spectrum to the right by `shift` periods, in place. */
export function shiftSpectrum(spectrum: ProfileSpectrum, shift: number): void {
  for (let k = 1; k <= PROFILE_HARMONICS; k++) {
    const c = Math.cos(2 * Math.PI * k * shift);
    const s = -Math.sin(2 * Math.PI * k * shift);
    const re = spectrum[2 * k - 2] as number;
    const im = spectrum[2 * k - 1] as number;
    spectrum[2 * k - 2] = re * c - im * s;
    spectrum[2 * k - 1] = re * s + im * c;
  }
}

/** Value of the profile that a spectrum describes at a phase (periods), up to a constant and a factor. */
export function profileValue(spectrum: ProfileSpectrum, phase: number): number {
  let value = 0;
  for (let k = 1; k <= PROFILE_HARMONICS; k++) {
    const angle = 2 * Math.PI * k * phase;
    value +=
      (spectrum[2 * k - 2] as number) * Math.cos(angle) - (spectrum[2 * k - 1] as number) * Math.sin(angle);
  }
  return value;
}

function correlationAt(a: ProfileSpectrum, b: ProfileSpectrum, shift: number): number {
  const stepC = Math.cos(2 * Math.PI * shift);
  const stepS = Math.sin(2 * Math.PI * shift);
  let c = 1;
  let s = 0;
  let sum = 0;
  for (let at = 0; at < 2 * PROFILE_HARMONICS; at += 2) {
    const nextC = c * stepC - s * stepS;
    s = s * stepC + c * stepS;
    c = nextC;
    const ar = a[at] as number;
    const ai = a[at + 1] as number;
    const br = b[at] as number;
    const bi = b[at + 1] as number;
    sum += (ar * br + ai * bi) * c - (ai * br - ar * bi) * s;
  }
  return sum;
}
