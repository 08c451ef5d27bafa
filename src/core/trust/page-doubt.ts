import { BEST_SNR_DB, expectedSnr } from './expected-snr.ts';
import type { ReadPage } from './snr-traits.ts';

/**
 * How much a page is expected to lack, 0..1: its expected SNR falls short of the best by this share of it, so a page is worth as much
 * correcting. One whose leads say nothing is doubted by its trust. 2 ms.
 *
 * @param db what `expectedSnr` says of the page, for callers that know
 */
export function pageDoubt(page: ReadPage, db = expectedSnr(page)): number {
  return db === null ? 1 - page.confidence : Math.min(1, (BEST_SNR_DB - db) / BEST_SNR_DB);
}
