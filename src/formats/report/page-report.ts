import { z } from 'zod';
import { LAYOUT_KINDS } from '../../core/lead/layout.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';

const reason = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});
const lead = z.enum(LEAD_NAMES);
const pair = z.tuple([z.number(), z.number()]);
/** Rows of numbers; null where a crossing lies off the page. */
const grid = z.array(z.array(z.number().nullable()));

/** What `NAME.json` says about one page. Lengths in image pixels unless named otherwise; docs/formats.md explains. */
export const pageReport = z.object({
  /** Version of this format; grows when a field changes its meaning. */
  format: z.literal(1),
  /** File name of the scan, without folder, and the page in it, from 1. */
  file: z.string(),
  page: z.number().int().min(1),
  status: z.enum(['ok', 'partial', 'failed']),
  confidence: z.number(),
  imageWidth: z.number().int().nullable(),
  imageHeight: z.number().int().nullable(),
  layout: z.enum(LAYOUT_KINDS).nullable(),
  cabrera: z.boolean(),
  rhythmLeads: z.array(lead),
  speedMmPerSecond: z.number().nullable(),
  speedSource: z.string().nullable(),
  gainMmPerMillivolt: z.number().nullable(),
  gainSource: z.string().nullable(),
  pxPerMmX: z.number().nullable(),
  pxPerMmY: z.number().nullable(),
  samplesPerSecond: z.number().nullable(),
  rectification: z
    .object({
      quarterTurns: z.number().int().min(0).max(3),
      skewDegrees: z.number(),
      corners: z.array(pair),
      gridKind: z.string(),
      canonicalPxPerMm: z.number(),
      canonicalWidth: z.number(),
      canonicalHeight: z.number(),
      lattice: z.object({ spacingMm: z.number(), xs: grid, ys: grid }).nullable(),
    })
    .nullable(),
  /** One entry per printed stretch, in reading order; a lead with a rhythm strip has two. */
  leads: z.array(
    z.object({
      lead,
      cellId: z.string(),
      role: z.enum(['lead', 'rhythm']),
      row: z.number().int(),
      column: z.number().int(),
      /** Printed span on the page's clock, seconds. */
      startSeconds: z.number(),
      endSeconds: z.number(),
      inverted: z.boolean(),
      /** Only where the lead is not printed at the page's gain. */
      gainMmPerMillivolt: z.number().optional(),
      labelSource: z.string(),
      /** Trust in the name and place of the lead, 0..1. */
      labelConfidence: z.number(),
      /** Chance that the lead is right to 12 dB, 0..1; 0 when nothing was traced. */
      confidence: z.number(),
      /** Shares of the span, 0..1: with a sample; and bridged over a gap in the ink. */
      tracedShare: z.number(),
      bridgedShare: z.number(),
      /** Codes of the findings that name this lead, and `not-traced`. */
      flags: z.array(z.string()),
    }),
  ),
  findings: z.array(
    reason.extend({
      leads: z.array(lead),
      startSeconds: z.number().nullable(),
      endSeconds: z.number().nullable(),
      value: z.number().nullable(),
    }),
  ),
  reasons: z.array(reason),
  stages: z.array(z.object({ stage: z.string(), confidence: z.number() })),
  /** What was done to the signals afterwards; absent when nothing was. `lags`: how each stretch was moved. */
  processing: z
    .object({
      baseline: z.enum(['high-pass', 'median']).nullable(),
      notchHz: z.number().nullable(),
      lowPassHz: z.number().nullable(),
      samplesPerSecond: z.number().nullable(),
      completedLimbLeads: z.boolean().optional(),
      lags: z.array(
        z.object({ cellId: z.string(), lagSeconds: z.number(), correlation: z.number().nullable() }),
      ),
    })
    .optional(),
  /** Who corrected the page last; absent where nobody did. */
  annotator: z.string().optional(),
  /** By stage name (`decode` first), and `total`. */
  milliseconds: z.record(z.string(), z.number()),
  /** What a person stated about the page. */
  overrides: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
});

/** See `pageReport`. */
export type PageReport = z.infer<typeof pageReport>;
