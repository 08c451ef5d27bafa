import type { LeadName } from '../../shared/lead-name.ts';
import type { Box, FloatRaster } from '../image/raster.ts';

const INK = 0.5;
/** Room for a letter I that is missing: its own width and a space, at least this share of its height. */
const LEAST_PITCH = 0.4;
const SPACE = 1.2;

/**
 * Box of a whole label of strokes (II, III) of which the last letters run into the trace and were not seen with the
 * others: the room to the right in which they stand. Other labels keep their box.
 */
export function wholeLabelBox({ data, width }: FloatRaster, box: Box, lead: LeadName): Box {
  if (lead !== 'II' && lead !== 'III') return box;
  const middle = Math.round((box.y0 + box.y1 - 1) / 2) * width;
  let seen = 0;
  for (let x = box.x0; x < box.x1; x++) {
    if (data[middle + x]! >= INK && !(x > box.x0 && data[middle + x - 1]! >= INK)) seen++;
  }
  if (seen === 0 || seen >= lead.length) return box;
  const pitch = Math.max(LEAST_PITCH * (box.y1 - box.y0), (SPACE * (box.x1 - box.x0)) / seen);
  return { ...box, x1: Math.min(width, Math.ceil(box.x1 + (lead.length - seen) * pitch)) };
}
