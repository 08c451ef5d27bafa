import type { PageConditions } from '../conditions/page-conditions.ts';
import type { PenStyle } from '../page/page-options.ts';

/** Pages are drawn at this resolution or finer when they are measured on; a finer one makes lines no paler. */
const COARSEST_DPI = 150;
const MM_PER_INCH = 25.4;
/** Deviations of the noise by which a line stays below a threshold, and white paper above it. */
const LINE_MARGIN = 1.2;
const PAPER_MARGIN = 2.5;
/** Least difference of gray between a line and paper, and how many deviations of the noise it has to be. */
const LEAST_CONTRAST = 24;
const CONTRAST_MARGIN = 3.5;

/** Logistic approximation of the normal distribution, within 0.01. */
const normal = (x: number): number => 1 / (1 + Math.exp(-1.702 * x));

/**
 * Keeps the lines of a nearly faded fax where a person still sees them: the threshold rises above the level of a flat line
 * that falls between two rows of pixels, but stays below that of noisy white paper; where that is not enough, or a gray line
 * would drown in the noise, the ink is darkened as far as needed. One-bit pages get no shadow, which would turn black.
 *
 * @param dpi - of the page
 */
export function visibleFax(
  pen: PenStyle,
  conditions: PageConditions,
  dpi: number,
): { readonly pen: PenStyle; readonly conditions: PageConditions } {
  const { gamma = 1, noise = 0, blurPx = 0, threshold = 170 } = conditions;
  const widthPx = (pen.widthMm * Math.min(dpi, COARSEST_DPI)) / MM_PER_INCH;
  const spread = Math.sqrt(blurPx ** 2 + (pen.softnessPx ** 2 + 1) / 12);
  const cover = pen.opacity * (normal((0.5 + widthPx / 2) / spread) - normal((0.5 - widthPx / 2) / spread));
  const [ink] = pen.colour;
  const before = (255 - (255 - ink) * cover) / 255;
  const level = 255 * before ** gamma;
  const noiseThere = noise * gamma * before ** (gamma - 1);
  const isBilevel = conditions.colours === 'bilevel';
  const highest = 255 - PAPER_MARGIN * gamma * noise;
  const palest = isBilevel
    ? highest - LINE_MARGIN * noiseThere
    : 255 - Math.max(LEAST_CONTRAST, CONTRAST_MARGIN * noiseThere);
  const darkened = 255 - (255 - 255 * (palest / 255) ** (1 / gamma)) / cover;
  const v = level <= palest ? ink : Math.max(0, Math.round(darkened));
  const raised = Math.round(Math.min(highest, Math.min(level, palest) + LINE_MARGIN * noiseThere));
  return {
    pen: { ...pen, colour: [v, v, v] },
    conditions: isBilevel
      ? { ...conditions, shadow: undefined, threshold: Math.max(threshold, raised) }
      : conditions,
  };
}
