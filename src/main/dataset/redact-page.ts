import { readFile } from 'node:fs/promises';
import { burnBoxes } from '../../core/deidentify/burn-boxes.ts';
import { mergeMarks } from '../../core/deidentify/merge-marks.ts';
import { planRedaction, type MarkedPrint, type PrintKind } from '../../core/deidentify/plan-redaction.ts';
import { shiftDate } from '../../core/deidentify/shift-date.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { PageTextBox } from '../../shared/api/text-boxes.ts';
import { markPage } from '../deidentify/mark-scan.ts';
import { recordingDate } from '../deidentify/recording-date.ts';
import { reportRemoval, type RemovalReport } from '../deidentify/report-removal.ts';
import { pageSegmenter } from '../inference/page-segmenter.ts';
import type { DatasetPageTask } from './encode-dataset-page.ts';

/** A page without what tells whose it is. */
export interface RedactedPage {
  /** Null where no image is written. */
  readonly raster: Raster | null;
  readonly removal: RemovalReport;
  /** Day of the recording, moved; null where nobody knows it. */
  readonly shiftedDate: string | null;
}

/** What a person calls identity is taken out; of what only the machine saw, everything that is no label or scale. */
const REVIEWED: readonly PrintKind[] = ['identity'];
const UNREVIEWED: readonly PrintKind[] = ['identity', 'other'];

/**
 * Burns print out of a page's image: the boxes that a person reviewed, or, where nobody has, those that were found when it
 * was digitized and those that a second, closer look finds. Pixels outside of the boxes stay to the bit.
 *
 * @param raster the decoded page; null where no image is written
 */
export async function redactPage(
  { path, name, model }: Pick<DatasetPageTask, 'path' | 'name' | 'model'>,
  { print, shiftDays }: { readonly print: MarkedPrint; readonly shiftDays: number },
  raster: Raster | null,
  base: Digitization,
): Promise<RedactedPage> {
  const fileBytes = await readFile(path);
  const kinds = print.reviewed ? REVIEWED : UNREVIEWED;
  const marked = print.reviewed || !raster ? print : await lookedAgain(print, raster, base, model);
  const boxes = raster ? planRedaction(name, marked, { kinds, allowUnreviewed: true }) : [];
  const size = { width: base.imageWidth, height: base.imageHeight };
  const texts = print.boxes.map((box) => (box as Partial<PageTextBox>).text ?? '');
  const date = recordingDate(fileBytes, texts);
  return {
    raster: raster && burnBoxes(raster, boxes),
    removal: await reportRemoval({ name, raster: size, fileBytes, print: raster && marked }, boxes, kinds),
    shiftedDate: date && shiftDate(date, shiftDays),
  };
}

async function lookedAgain(
  print: MarkedPrint,
  raster: Raster,
  base: Digitization,
  model: DatasetPageTask['model'],
): Promise<MarkedPrint> {
  const look = await markPage(raster, base, pageSegmenter(model));
  return { reviewed: false, boxes: mergeMarks([print.boxes, look.boxes]) };
}
