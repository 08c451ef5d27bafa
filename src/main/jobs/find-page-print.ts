import type { MarkedPrint } from '../../core/deidentify/plan-redaction.ts';
import type { PageModel } from '../inference/page-model.ts';
import { markPage } from '../deidentify/mark-scan.ts';
import { pageSegmenter } from '../inference/page-segmenter.ts';
import { decodeDigitized, type DigitizedScan } from './decode-digitized.ts';

/** A digitized page to look for print on. */
export interface PrintTask extends DigitizedScan {
  /** Model that tells lettering from the traces it crosses; null for none. */
  readonly model: PageModel | null;
}

/**
 * All print on a page, as the export of data sets finds it where nobody has reviewed a page: more than digitizing finds, since it
 * looks twice. About as long as digitizing.
 *
 * @throws AppError as `decodeDigitized` does
 */
export async function findPagePrint(task: PrintTask): Promise<MarkedPrint['boxes']> {
  const { raster, page } = await decodeDigitized(task);
  return (await markPage(raster, page, pageSegmenter(task.model))).boxes;
}
