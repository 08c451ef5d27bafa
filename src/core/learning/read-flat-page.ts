import type { Digitization } from '../digitization.ts';
import { applySegmentation } from '../mask/apply-segmentation.ts';
import { extractInk } from '../mask/extract-ink.ts';
import type { Segmentation } from '../mask/segmentation.ts';
import type { CanonicalPage } from '../page/rectification.ts';
import { readPage, type Reading } from '../read-page.ts';
import { createStageLog } from '../stage-log.ts';

/**
 * Reads a page that is flat already with what a model sees on it, and always by that: what the model is worth, without the
 * choice that `digitizePage` makes. About a second for 2200x1700.
 */
export async function readFlatPage(
  page: CanonicalPage,
  segmentation: Segmentation,
  options: Pick<Parameters<typeof readPage>[2], 'overrides' | 'fs' | 'signal'>,
): Promise<Reading & Pick<Digitization, 'signals'>> {
  const { signal } = options;
  const now = () => 0;
  const log = createStageLog({ now, signal });
  const { value } = extractInk(page, { signal });
  const flat = { page, ink: applySegmentation(value, segmentation, page.rectification.canonicalPxPerMm) };
  log.run('rectify', () => ({ value: null, confidence: 1, reasons: [] }));
  // It lies as a person accepted it.
  return readPage(flat, log, { ...options, turnTo: () => Promise.resolve(flat), now });
}
