import sharp from 'sharp';
import { digitizeScanPage, type ScanPageOutcome, type ScanPageTask } from './digitize-scan-page.ts';

// Pages run side by side already: more threads inside one page only fight for the cores, and libvips' cache of
// images that never come again only costs memory.
sharp.concurrency(1);
sharp.cache(false);

/** Entry of a worker thread: one page in, its files out. */
export default function scanPageWorker(task: ScanPageTask): Promise<ScanPageOutcome> {
  return digitizeScanPage(task);
}
