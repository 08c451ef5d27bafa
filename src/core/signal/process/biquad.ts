/** A second-order section: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * Butterworth low- or high-pass of second order by the bilinear transform with its corner (-3 dB) prewarped; the
 * coefficients of `scipy.signal.butter(2, hz, fs=fs)`.
 *
 * @param hz corner, between 0 and `fs / 2`
 */
export function butterworth(kind: 'low' | 'high', hz: number, fs: number): Biquad {
  const k = Math.tan((Math.PI * hz) / fs);
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const b0 = kind === 'low' ? k * k * norm : norm;
  return {
    b0,
    b1: kind === 'low' ? 2 * b0 : -2 * b0,
    b2: b0,
    a1: 2 * (k * k - 1) * norm,
    a2: (1 - Math.SQRT2 * k + k * k) * norm,
  };
}

/**
 * Notch of unit gain but around `hz`, where it is zero (`scipy.signal.iirnotch`).
 *
 * @param quality centre frequency over the width at -3 dB
 */
export function notch(hz: number, quality: number, fs: number): Biquad {
  const centre = (2 * Math.PI * hz) / fs;
  const gain = 1 / (1 + Math.tan(centre / quality / 2));
  const cosine = Math.cos(centre);
  return { b0: gain, b1: -2 * gain * cosine, b2: gain, a1: -2 * gain * cosine, a2: 2 * gain - 1 };
}
