import { z } from 'zod';
import { leadName } from '../../shared/api/page-record.ts';
import { LAYOUT_KINDS, type Layout } from '../lead/layout.ts';

/** Canonical pixels; far beyond the largest page, near enough that nothing made from them outgrows the memory. */
const px = z.number().min(-20_000).max(100_000);
/** Moments on the page's clock. */
const seconds = z.number().min(-60).max(3600);
const share = z.number().min(0).max(1);
const speed = z.number().min(1).max(1000);
const gain = z.number().min(0.1).max(1000);
const box = z.object({ x0: px, y0: px, x1: px, y1: px });

const cell = z
  .object({
    id: z.string().regex(/^[\w-]{1,24}$/),
    lead: leadName,
    role: z.enum(['lead', 'rhythm']),
    row: z.number().int(),
    column: z.number().int(),
    x0: px,
    x1: px,
    baselineY: px,
    y0: px,
    y1: px,
    startSeconds: seconds,
    endSeconds: seconds,
    inverted: z.boolean(),
    gainMmPerMillivolt: gain.optional(),
    labelBox: box.nullable(),
    labelSource: z.enum(['read', 'layout', 'user']),
    confidence: share,
  })
  .refine(({ x0, x1 }) => x1 > x0, 'a lead ends behind its beginning')
  .refine(({ startSeconds, endSeconds }) => endSeconds >= startSeconds, 'a lead ends after its beginning');

/** A `Layout` as it comes from outside: what holds of every layout that can be calibrated. */
export const layoutDocument: z.ZodType<Layout> = z.object({
  kind: z.enum(LAYOUT_KINDS),
  cabrera: z.boolean(),
  cells: z
    .array(cell)
    .max(200)
    .refine((cells) => new Set(cells.map(({ id }) => id)).size === cells.length, 'ids of leads differ'),
  pulses: z
    .array(
      z.object({
        box,
        heightMm: z.number(),
        widthMm: z.number(),
        row: z.number().int(),
        side: z.enum(['left', 'right']),
      }),
    )
    .max(1000),
  text: z
    .array(
      z.object({
        box,
        text: z.string().max(1000),
        kind: z.enum(['lead-label', 'speed', 'gain', 'other']),
        confidence: share,
      }),
    )
    .max(5000),
  separators: z.array(box).max(5000),
  speedMmPerSecond: speed,
  gainMmPerMillivolt: gain,
  speedSource: z.enum(['text', 'pulse', 'duration', 'heart', 'habit', 'default', 'user']),
  gainSource: z.enum(['text', 'pulse', 'habit', 'default', 'user']),
  scaleConfidence: share.optional(),
});
