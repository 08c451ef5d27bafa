import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/** Masks of one page by lead; of a lead printed twice both stretches together. */
export interface MaskPlanes {
  readonly width: number;
  readonly height: number;
  /** `width * height` values, 0 = outside; only leads that the mask names. */
  readonly leads: ReadonlyMap<LeadName, Uint8Array>;
  /** All traces together. */
  readonly all: Uint8Array;
}

const cells = z.looseObject({
  cells: z.array(z.looseObject({ lead: z.enum(LEAD_NAMES), mask_bit: z.number().int().min(0).max(15) })),
});
/** Label of the rhythm strip in label maps; which lead it is the map does not say. */
const LARGEST_LABEL = 13;

/**
 * Reads `NAME.mask.png`: 16-bit gray with a bit per cell (named by `cells[].mask_bit` of the JSON beside it; without it
 * only all traces together are known), or 8-bit gray with the labels 1 to 12 in standard order of the leads, 13 for a
 * rhythm strip.
 *
 * @returns null when there is no such file
 * @throws AppError `corrupt` when it is no mask
 */
export async function readMaskPlanes(maskPath: string, jsonPath: string): Promise<MaskPlanes | null> {
  const bytes = await readFile(maskPath).catch(() => null);
  if (!bytes) return null;
  try {
    const image = sharp(bytes);
    const { depth } = await image.metadata();
    if (depth === 'ushort') {
      const { data, info } = await image
        .toColourspace('grey16')
        .raw({ depth: 'ushort' })
        .toBuffer({ resolveWithObject: true });
      const values = new Uint16Array(data.buffer, data.byteOffset, info.width * info.height);
      const named = cells.safeParse(await readJson(jsonPath)).data?.cells ?? [];
      const masks = named.map(({ lead, mask_bit }) => ({ lead, holds: 1 << mask_bit }));
      return planesOf(values, info, masks, (value, { holds }) => (value & holds) !== 0);
    }
    const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 1) throw new Error(`${info.channels} channels`);
    if (data.some((value) => value > LARGEST_LABEL)) throw new Error(`labels above ${LARGEST_LABEL}`);
    const masks = LEAD_NAMES.map((lead, index) => ({ lead, holds: index + 1 }));
    return planesOf(data, info, masks, (value, { holds }) => value === holds);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'corrupt',
      `${maskPath} is no mask (${why}); it should be a 16-bit PNG of bits or an 8-bit PNG of labels 0 to 13.`,
      { cause },
    );
  }
}

function planesOf(
  values: Uint16Array | Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  masks: readonly { readonly lead: LeadName; readonly holds: number }[],
  inside: (value: number, mask: { readonly holds: number }) => boolean,
): MaskPlanes {
  const leads = new Map<LeadName, Uint8Array>();
  const all = new Uint8Array(width * height);
  for (const { lead } of masks) leads.set(lead, new Uint8Array(width * height));
  for (let i = 0; i < all.length; i++) {
    const value = values[i]!;
    if (value === 0) continue;
    all[i] = 1;
    for (const mask of masks) if (inside(value, mask)) leads.get(mask.lead)![i] = 1;
  }
  return { width, height, leads, all };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
