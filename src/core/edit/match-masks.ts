import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadCell } from '../lead/layout.ts';
import { EMPTY_MASK, trimMask, uniteMasks, type MaskWindow } from '../mask/mask-window.ts';
import { imageToCanonical } from '../page/warp-map.ts';
import type { WarpMap } from '../page/rectification.ts';

/** A mask by what it is said to show; a null lead is any rhythm strip. */
export interface StretchMask {
  readonly lead: LeadName | null;
  readonly role: 'lead' | 'rhythm';
  readonly mask: MaskWindow;
}

/**
 * Finds the printed stretches that masks belong to. A lead that is only printed as a rhythm strip takes the mask of its name;
 * a mask of rhythm strips without a name is shared among them, each pixel going to the nearest.
 *
 * @returns masks by cell, and the masks that belong to none
 */
export function matchMasks(
  cells: readonly LeadCell[],
  warp: WarpMap,
  masks: readonly StretchMask[],
): { readonly byCell: Map<string, MaskWindow>; readonly unmatched: readonly StretchMask[] } {
  const byCell = new Map<string, MaskWindow>();
  const unmatched: StretchMask[] = [];
  const add = (cell: LeadCell, mask: MaskWindow): void => {
    if (mask.width > 0) byCell.set(cell.id, uniteMasks(byCell.get(cell.id) ?? EMPTY_MASK, mask));
  };
  for (const stretch of masks) {
    const named = cells.filter(({ lead }) => stretch.lead === null || lead === stretch.lead);
    const exact = named.filter(({ role }) => role === stretch.role);
    const fits = exact.length > 0 ? exact : stretch.lead === null ? [] : named;
    if (fits.length === 0) unmatched.push(stretch);
    else if (fits.length === 1) add(fits[0]!, stretch.mask);
    else fits.forEach((cell, i) => add(cell, nearestPart(stretch.mask, fits, i, warp)));
  }
  return { byCell, unmatched };
}

/** The pixels of a mask that lie nearest to one of several cells. */
function nearestPart(
  mask: MaskWindow,
  cells: readonly LeadCell[],
  wanted: number,
  warp: WarpMap,
): MaskWindow {
  const { x0, y0, width, height, data } = mask;
  const part = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      const [column, row] = imageToCanonical(warp, x0 + x, y0 + y);
      let best = 0;
      let least = Infinity;
      cells.forEach((cell, i) => {
        const aside = Math.max(0, cell.x0 - column, column - cell.x1);
        const distance = aside + Math.abs(row - cell.baselineY);
        if (distance < least) [best, least] = [i, distance];
      });
      if (best === wanted) part[y * width + x] = 1;
    }
  }
  return trimMask({ ...mask, data: part });
}
