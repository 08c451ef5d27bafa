import sharp from 'sharp';
import { collectGarbage } from '../jobs/collect-garbage.ts';
import {
  digitizeScanPage as digitize,
  type ScanPageOutcome,
  type ScanPageTask,
} from './digitize-scan-page.ts';

// Pages run side by side already: more threads inside one page only fight for the cores, and libvips' cache of
// images that never come again only costs memory.
sharp.concurrency(1);
sharp.cache(false);

/** See `digitizeScanPage`; gives the page's memory back before the next one. */
export async function digitizeScanPage(task: ScanPageTask): Promise<ScanPageOutcome> {
  const outcome = await digitize(task);
  collectGarbage();
  return outcome;
}

export { encodeStoredPage } from './encode-stored-page.ts';
