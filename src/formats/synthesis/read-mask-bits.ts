import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

const truth = z.object({
  cells: z.array(
    z.object({
      lead: z.enum(LEAD_NAMES),
      role: z.enum(['lead', 'rhythm']),
      mask_bit: z.number().int().min(0).max(15),
    }),
  ),
});

/** Which bit of `NAME.mask.png` belongs to which stretch, from the `NAME.json` of a synthetic page. @throws AppError `corrupt` */
export function readSynthesisBits(
  text: string,
): { readonly lead: LeadName; readonly role: 'lead' | 'rhythm'; readonly bit: number }[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'The description of the masks is not valid JSON.', { cause });
  }
  const parsed = truth.safeParse(json);
  if (!parsed.success)
    throw new AppError('corrupt', 'The JSON beside the masks does not say which bit is which lead.');
  return parsed.data.cells.map(({ lead, role, mask_bit }) => ({ lead, role, bit: mask_bit }));
}
