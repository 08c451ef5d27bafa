import { maskOverlap, type MaskOverlap } from '../../core/metrics/mask-overlap.ts';
import { AppError } from '../../shared/app-error.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import { readMaskPlanes } from './read-mask-planes.ts';

/** How the masks of a page agree. */
export interface MaskScore {
  readonly all: MaskOverlap;
  /** Leads that both masks name. */
  readonly leads: ReadonlyMap<LeadName, MaskOverlap>;
}

/**
 * Compares `NAME.mask.png` of both sides.
 *
 * @param truth paths of the mask and of the JSON that names its planes
 * @returns null unless both sides have a mask
 * @throws AppError `corrupt` when the masks differ in size, or one is no mask
 */
export async function scoreMasks(
  truth: { readonly mask: string; readonly json: string },
  prediction: { readonly mask: string; readonly json: string },
): Promise<MaskScore | null> {
  const a = await readMaskPlanes(truth.mask, truth.json);
  const b = a && (await readMaskPlanes(prediction.mask, prediction.json));
  if (!a || !b) return null;
  if (a.width !== b.width || a.height !== b.height) {
    throw new AppError(
      'corrupt',
      `${prediction.mask} has ${b.width}x${b.height} pixels where ${truth.mask} has ${a.width}x${a.height}: masks must lie on the same picture.`,
    );
  }
  const leads = new Map<LeadName, MaskOverlap>();
  for (const [lead, mask] of a.leads) {
    const other = b.leads.get(lead);
    if (!other || !(mask.includes(1) || other.includes(1))) continue;
    leads.set(lead, maskOverlap(mask, other, a.width, a.height));
  }
  return { all: maskOverlap(a.all, b.all, a.width, a.height), leads };
}
