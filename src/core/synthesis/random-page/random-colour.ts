import type { Rgb } from '../page/page-options.ts';
import type { Random } from '../random.ts';

/** Colour of a hue in degrees, a saturation and a value in 0..1. */
export function hsv(hue: number, saturation: number, value: number): Rgb {
  const channel = (n: number) => {
    const k = (n + (((hue % 360) + 360) % 360) / 60) % 6;
    return Math.round(255 * value * (1 - saturation * Math.max(0, Math.min(1, k, 4 - k))));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Between two colours: `share` of the second. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [0, 1, 2].map((c) => Math.round(a[c]! + (b[c]! - a[c]!) * share)) as unknown as Rgb;
}

/** The colour of bare paper: mostly white or slightly tinted, sometimes any colour. */
export function randomPaper(random: Random): Rgb {
  if (random.chance(0.4)) return mix([255, 255, 255], [255, 246, 244], random.next());
  if (random.chance(0.75))
    return hsv(random.uniform(0, 360), random.uniform(0, 0.1), random.uniform(0.88, 1));
  return hsv(random.uniform(0, 360), random.uniform(0.1, 0.55), random.uniform(0.75, 1));
}
