import { z } from 'zod';

/** What a box of print on a page is: `scale` is printed speed and gain, `identity` what tells who the patient is. */
export const TEXT_BOX_KINDS = ['lead-label', 'scale', 'identity', 'other'] as const;
export const textBoxKind = z.enum(TEXT_BOX_KINDS);
export type TextBoxKind = z.infer<typeof textBoxKind>;

/** Far beyond the largest scan, image pixels. */
const px = z.number().min(0).max(100_000);

/** A box of print, upright in the decoded picture; image pixels, `x1` and `y1` one past the last. */
export const textBox = z
  .object({
    id: z.string().regex(/^[\w-]{1,24}$/),
    kind: textBoxKind,
    /** What was read; empty where nothing was. */
    text: z.string().max(1000),
    x0: px,
    y0: px,
    x1: px,
    y1: px,
  })
  .refine(({ x0, x1, y0, y1 }) => x1 > x0 && y1 > y0, 'a box has a width and a height');
export type PageTextBox = z.infer<typeof textBox>;

/** Print that a closer look found. */
export const foundPrint = z.object({ kind: textBoxKind, x0: px, y0: px, x1: px, y1: px });
export type FoundPrint = z.infer<typeof foundPrint>;

/** The print on a page, and whether a person has looked at all of it. */
export const textBoxes = z.object({
  reviewed: z.boolean(),
  boxes: z
    .array(textBox)
    .max(5000)
    .refine((boxes) => new Set(boxes.map(({ id }) => id)).size === boxes.length, 'ids of boxes differ'),
});
export type PageTextBoxes = z.infer<typeof textBoxes>;
