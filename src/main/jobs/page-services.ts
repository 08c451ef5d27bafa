import { digitizeScanPage } from '../export/digitize-scan-page.ts';
import { encodeStoredPage } from '../export/encode-stored-page.ts';
import { lookAtScan } from '../explore/look-at-scan.ts';
import { digitizeTaskPage } from './digitize-task-page.ts';
import { encodeDatasetPage } from '../dataset/encode-dataset-page.ts';
import { makeMaskEdits } from '../import/make-mask-edits.ts';
import { takeKnownSignal } from '../import/known-signal-task.ts';
import { lookAtPart } from './look-at-part.ts';
import { makeTrainingPage } from '../learning/make-training-page.ts';
import { measureSetPage } from '../learning/measure-set-page.ts';
import { findPagePrint } from './find-page-print.ts';
import { makeEvidence } from './make-evidence.ts';

/** What a child process does with pages; each function says what it takes and returns. */
export const PAGE_SERVICES = {
  digitizeTaskPage,
  digitizeScanPage,
  encodeStoredPage,
  encodeDatasetPage,
  makeMaskEdits,
  takeKnownSignal,
  lookAtPart,
  makeEvidence,
  findPagePrint,
  makeTrainingPage,
  measureSetPage,
  lookAtScan,
};

export type PageServices = typeof PAGE_SERVICES;
