import { AppError } from '../../shared/app-error.ts';

/** Bounds beyond which a scan is refused before a single pixel is decoded. */
export interface DecodeLimits {
  /** Width times height, in millions of pixels. */
  readonly maxMegapixels: number;
  /** Longest side in pixels. */
  readonly maxSidePx: number;
  /** Size of the file in bytes. */
  readonly maxFileBytes: number;
}

/** An A3 page at 800 dpi fits; so does every phone camera. */
export const DEFAULT_DECODE_LIMITS: DecodeLimits = {
  maxMegapixels: 120,
  maxSidePx: 30_000,
  maxFileBytes: 1024 ** 3,
};

/**
 * Refuses images beyond the limits by their stated size, so that a decompression bomb costs nothing.
 *
 * @throws AppError `too-large` naming size, limit and way out; `corrupt` when a side is not a positive whole number
 */
export function assertWithinLimits(name: string, width: number, height: number, limits: DecodeLimits): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new AppError(
      'corrupt',
      `"${name}" states an impossible image size of ${width} x ${height} pixels.`,
    );
  }
  const megapixels = (width * height) / 1e6;
  if (width <= limits.maxSidePx && height <= limits.maxSidePx && megapixels <= limits.maxMegapixels) return;
  throw new AppError(
    'too-large',
    `"${name}" is ${width} x ${height} pixels (${Math.round(megapixels)} megapixels); the limit is ` +
      `${limits.maxSidePx} pixels a side and ${limits.maxMegapixels} megapixels. ` +
      'Scan at a lower resolution (300 dpi is plenty) or split the image into pages.',
  );
}
