import type { Digitization } from '../../core/digitization.ts';
import { imageToCanonical } from '../../core/page/warp-map.ts';
import type { PaperEcgAnnotation } from '../../formats/paper-ecg/read-paper-ecg.ts';
import type { LeadName } from '../../shared/lead-name.ts';

/** A picture that was turned further than this has its boxes elsewhere. */
const MOST_DEGREES = 0.5;

/**
 * Names of leads by cell where boxes that a person drew say otherwise than what was read, and the leads whose boxes hold
 * nothing that was read. Boxes on a turned picture are passed over.
 */
export function leadNamesFromBoxes(
  { layout, rectification }: Digitization,
  { leads, rotationDegrees }: PaperEcgAnnotation,
): { readonly names: Record<string, LeadName>; readonly unmatched: readonly LeadName[] } {
  if (!layout || !rectification || Math.abs(rotationDegrees) > MOST_DEGREES)
    return { names: {}, unmatched: [] };
  const names: Record<string, LeadName> = {};
  const unmatched: LeadName[] = [];
  for (const { lead, x, y, width, height } of leads) {
    const [column, row] = imageToCanonical(rectification.warp, x + width / 2, y + height / 2);
    const [top] = [y, y + height].map((edge) => imageToCanonical(rectification.warp, x + width / 2, edge)[1]);
    const reach = Math.abs(row - top!);
    const inside = layout.cells.filter((cell) => {
      return column >= cell.x0 && column < cell.x1 && Math.abs(cell.baselineY - row) <= reach;
    });
    const nearest = inside.sort((a, b) => Math.abs(a.baselineY - row) - Math.abs(b.baselineY - row))[0];
    if (!nearest) unmatched.push(lead);
    else if (nearest.lead !== lead) names[nearest.id] = lead;
  }
  return { names, unmatched };
}
