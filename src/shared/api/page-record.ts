import { z } from 'zod';
import { attention, pageReview } from './edit-record.ts';
import { pageReading } from './reading-record.ts';
import { textBoxes } from './text-boxes.ts';
import { LEAD_NAMES } from '../lead-name.ts';

export const pageStatus = z.enum(['new', 'queued', 'running', 'ok', 'partial', 'failed']);
export type PageStatus = z.infer<typeof pageStatus>;

export const reason = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});

export const leadName = z.enum(LEAD_NAMES);

/** What a person stated about a page; see `DigitizeOverrides` in core. */
export const pageOverrides = z.object({
  quarterTurns: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).nullish(),
  layout: z
    .enum(['3x4', '3x4+1', '3x4+2', '3x4+3', '6x2', '6x2+1', '12x1', '4x3', '6x1', '3x1', 'strip'])
    .nullish(),
  cabrera: z.boolean().nullish(),
  speedMmPerSecond: z.number().min(5).max(200).nullish(),
  gainMmPerMillivolt: z.number().min(1).max(80).nullish(),
  pxPerMm: z.number().min(0.5).max(200).nullish(),
  gridHandles: z
    .array(z.object({ x: z.number(), y: z.number(), toX: z.number(), toY: z.number() }))
    .max(200)
    .nullish(),
  frame: z
    .object({
      corners: z.array(z.tuple([z.number(), z.number()])).length(4),
      widthMm: z.number().min(20).max(1200),
      heightMm: z.number().min(10).max(1200),
    })
    .nullish(),
  leads: z.record(z.string(), leadName).nullish(),
});
export type PageOverrides = z.infer<typeof pageOverrides>;

/** One row of the queue. */
export const pageSummary = z.object({
  id: z.number().int(),
  folderId: z.number().int(),
  /** File name, with ` · p2` for later pages of a multi-page file. */
  name: z.string(),
  relativePath: z.string(),
  pageIndex: z.number().int(),
  status: pageStatus,
  confidence: z.number().nullable(),
  layout: z.string().nullable(),
  leadsFound: z.number().int().nullable(),
  findings: z.number().int(),
  /** First reason of a failed page, in words. */
  message: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  addedAt: z.number(),
  digitizedAt: z.number().nullable(),
  review: pageReview,
  /** Why it deserves eyes; null before it is digitized and once it is decided on. */
  attention: attention.nullable(),
  /** Where its double reading stands; null where pages are read by one. `review` is then the reader's own until both are done. */
  reading: pageReading.nullable(),
});
export type PageSummary = z.infer<typeof pageSummary>;

const point = z.tuple([z.number(), z.number()]);

/** A lead cell as the page view draws it: outlines are polygons in image pixels. */
export const cellView = z.object({
  id: z.string(),
  lead: leadName,
  role: z.enum(['lead', 'rhythm']),
  row: z.number().int(),
  column: z.number().int(),
  outline: z.array(point),
  startSeconds: z.number(),
  endSeconds: z.number(),
  inverted: z.boolean(),
  labelSource: z.enum(['read', 'layout', 'user']),
  confidence: z.number(),
});
export type CellView = z.infer<typeof cellView>;

export const finding = reason.extend({
  leads: z.array(leadName),
  startSeconds: z.number().nullable(),
  endSeconds: z.number().nullable(),
  value: z.number().nullable(),
});
export type FindingView = z.infer<typeof finding>;

/** Everything about one page except its pixels, traces and signals. */
export const pageDetail = pageSummary.extend({
  overrides: pageOverrides,
  facts: z
    .object({
      layout: z.string(),
      cabrera: z.boolean(),
      speedMmPerSecond: z.number(),
      speedSource: z.string(),
      gainMmPerMillivolt: z.number(),
      gainSource: z.string(),
      pxPerMmX: z.number(),
      pxPerMmY: z.number(),
      quarterTurns: z.number().int(),
      skewDegrees: z.number(),
      gridKind: z.string(),
    })
    .nullable(),
  corners: z.array(point).nullable(),
  cells: z.array(cellView),
  /** Grid lines as polylines in image pixels, 5 mm apart. */
  gridLines: z.array(z.array(point)),
  pulses: z.array(z.object({ outline: z.array(point), heightMm: z.number(), widthMm: z.number() })),
  textBoxes,
  /** Parts of the page that people spoke about; outlines in image pixels. */
  regions: z.array(
    z.object({ id: z.string(), kind: z.enum(['exclude', 'include', 'model']), points: z.array(point) }),
  ),
  findings: z.array(finding),
  stages: z.array(
    z.object({
      stage: z.string(),
      confidence: z.number(),
      milliseconds: z.number(),
      reasons: z.array(reason),
    }),
  ),
  reasons: z.array(reason),
  /** Whether signals are known of the page: a CSV lies beside the scan. */
  hasReference: z.boolean(),
  /** Model that was at hand when it was digitized, and how it was used; null for none. */
  model: z.string().nullable(),
});
export type PageDetail = z.infer<typeof pageDetail>;
