import { digitizeScanPage } from '../export/digitize-scan-page.ts';
import { encodeStoredPage } from '../export/encode-stored-page.ts';
import { lookAtScan } from '../explore/look-at-scan.ts';
import { digitizeTaskPage } from './digitize-task-page.ts';
import { makeEvidence } from './make-evidence.ts';

/** What a child process does with pages; each function says what it takes and returns. */
export const PAGE_SERVICES = {
  digitizeTaskPage,
  digitizeScanPage,
  encodeStoredPage,
  makeEvidence,
  lookAtScan,
};

export type PageServices = typeof PAGE_SERVICES;
