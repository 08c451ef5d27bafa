/** A numeric axis of a plot. */
export interface Axis {
  /** Place of a value, pixels. */
  readonly at: (value: number) => number;
  /** Round values within the axis, and how they are written. */
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/**
 * Lays values out linearly over pixels, widened to round steps (1, 2 or 5 times a power of ten).
 *
 * @param from value range, finite; one that is a point is widened
 * @param pixels where the ends of the (widened) range lie; may run backwards, as a y axis does
 * @param count ticks wanted, about
 * @example
 * axisOf([0.3, 9.2], [0, 100], 5).ticks.map((t) => t.text); // ['0', '2', '4', '6', '8', '10']
 */
export function axisOf(
  from: readonly [number, number],
  pixels: readonly [number, number],
  count: number,
): Axis {
  let [low, high] = from;
  if (!(high > low)) {
    low -= 0.5;
    high = low + 1;
  }
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const scale = (pixels[1] - pixels[0]) / ((last - first) * step);
  return {
    at: (value) => pixels[0] + (value - first * step) * scale,
    ticks: Array.from({ length: last - first + 1 }, (_, k) => {
      const value = (first + k) * step;
      return { value, text: value.toFixed(decimals).replace(/^-(0(\.0*)?)$/, '$1') };
    }),
  };
}
