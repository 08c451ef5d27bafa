import { mergeMarks } from '../../core/deidentify/merge-marks.ts';
import { markPrint } from '../../core/deidentify/mark-print.ts';
import type { MarkedPrint } from '../../core/deidentify/plan-redaction.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import type { Digitization, DigitizeOptions } from '../../core/digitization.ts';
import { medianColour } from '../../core/image/median-colour.ts';
import type { Raster } from '../../core/image/raster.ts';
import { warpRaster } from '../../core/image/warp-raster.ts';
import { applySegmentation } from '../../core/mask/apply-segmentation.ts';
import { extractInk } from '../../core/mask/extract-ink.ts';
import type { CanonicalPage } from '../../core/page/rectification.ts';
import { rectifyPage } from '../../core/page/rectify-page.ts';

/** A page with its print marked. */
export interface MarkedScan {
  readonly print: MarkedPrint;
  readonly digitization: Digitization;
}

/**
 * Reads a page and marks all print on it; the model is asked where there is one, since it tells lettering from the
 * traces that it crosses. Where not even paper is found, nothing is marked: such a page needs a person.
 *
 * About twice the time of digitizing.
 */
export async function markScan(
  raster: Raster,
  segment: DigitizeOptions['segment'] = null,
): Promise<MarkedScan> {
  const digitization = await digitizePage(raster, { segment });
  return { print: await markPage(raster, digitization, segment), digitization };
}

/** Marks all print on a page that was digitized before, see `markScan`. */
export async function markPage(
  raster: Raster,
  digitization: Digitization,
  segment: DigitizeOptions['segment'] = null,
): Promise<MarkedPrint> {
  const { rectification } = digitization;
  if (!rectification) return { reviewed: false, boxes: [] };
  const { warp, canonicalWidth, canonicalHeight, quarterTurns } = rectification;
  // The digitizer hides what lies around the grid, in which it is quieter about what it finds; names are printed there,
  // too, so that the page is looked at both ways.
  const bare = warpRaster(raster, warp, canonicalWidth, canonicalHeight, medianColour(raster));
  const looks: CanonicalPage[] = [
    rectifyPage(raster, { overrides: { quarterTurns } }).value,
    { raster: bare, rectification },
  ];
  const marked: MarkedPrint[] = [];
  for (const look of looks) {
    const plain = extractInk(look).value;
    const seen = segment ? await segment(look.raster) : null;
    const ink = seen ? applySegmentation(plain, seen, look.rectification.canonicalPxPerMm) : plain;
    marked.push(markPrint(ink, look.rectification, digitization));
  }
  return { reviewed: false, boxes: mergeMarks(marked.map(({ boxes }) => boxes)) };
}
