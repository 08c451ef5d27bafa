import { betterReading, isSure } from '../choose-reading.ts';
import type { Raster } from '../image/raster.ts';
import { applySegmentation } from '../mask/apply-segmentation.ts';
import { extractInk } from '../mask/extract-ink.ts';
import type { InkMap } from '../mask/ink-map.ts';
import type { Segmentation } from '../mask/segmentation.ts';
import type { CanonicalPage } from '../page/rectification.ts';
import { readPage, type Reading } from '../read-page.ts';
import { createStageLog } from '../stage-log.ts';

type Options = Pick<Parameters<typeof readPage>[2], 'overrides' | 'fs' | 'signal'>;

/**
 * Reads a page that is flat already with what a model sees on it, and always by that: what the model is worth, without the
 * choice that `digitizePage` makes. About a second for 2200x1700.
 */
export async function readFlatPage(
  page: CanonicalPage,
  segmentation: Segmentation,
  options: Options,
): Promise<Reading> {
  const { value } = extractInk(page, { signal: options.signal });
  return readInk(page, applySegmentation(value, segmentation, page.rectification.canonicalPxPerMm), options);
}

/** Reads a page that is flat already with or without the model, as `digitizePage` would choose. Up to twice as long. */
export async function readFlatPageAsChosen(
  page: CanonicalPage,
  segment: (raster: Raster) => Promise<Segmentation>,
  options: Options,
): Promise<Reading> {
  const { value } = extractInk(page, { signal: options.signal });
  const plain = await readInk(page, value, options);
  return isSure(plain)
    ? plain
    : betterReading(plain, await readFlatPage(page, await segment(page.raster), options));
}

async function readInk(page: CanonicalPage, ink: InkMap, options: Options): Promise<Reading> {
  const now = () => 0;
  const log = createStageLog({ now, signal: options.signal });
  const flat = { page, ink };
  log.run('rectify', () => ({ value: null, confidence: 1, reasons: [] }));
  // It lies as a person accepted it.
  return readPage(flat, log, { ...options, turnTo: () => Promise.resolve(flat), now });
}
