import { burnBoxes } from '../../core/deidentify/burn-boxes.ts';
import {
  planRedaction,
  type MarkedPrint,
  type RedactionOptions,
} from '../../core/deidentify/plan-redaction.ts';
import type { Raster } from '../../core/image/raster.ts';
import { encodeBare, type BareFormat } from './encode-bare.ts';
import { reportRemoval, type RemovalReport } from './report-removal.ts';

/**
 * A page as it may leave: boxes burnt out, pixels encoded afresh.
 *
 * @param page.fileBytes the file the pixels came from, to say what it held
 * @throws AppError `conflict` for a page nobody has reviewed, unless allowed
 */
export async function deidentifyPage(
  page: {
    readonly label: string;
    readonly name: string;
    readonly raster: Raster;
    readonly fileBytes: Uint8Array;
    readonly print: MarkedPrint | null;
  },
  options: RedactionOptions & { readonly format: BareFormat },
): Promise<{ readonly bytes: Uint8Array; readonly report: RemovalReport }> {
  const boxes = planRedaction(page.label, page.print, options);
  const picture = burnBoxes(page.raster, boxes);
  return {
    bytes: await encodeBare(picture, options.format),
    report: await reportRemoval(page, boxes, options.kinds ?? ['identity']),
  };
}
