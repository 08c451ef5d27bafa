import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/** What somebody stated about a page in PaperECG (https://github.com/Tereshchenkolab/paper-ecg). */
export interface PaperEcgAnnotation {
  /** File name of the picture. */
  readonly image: string;
  /** Degrees by which the picture was turned before leads were marked. */
  readonly rotationDegrees: number;
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  /** Boxes of the turned picture, pixels, and the second at which each begins. */
  readonly leads: readonly {
    readonly lead: LeadName;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly startSeconds: number;
  }[];
}

export const PAPER_ECG_SCHEMA = 'paper-ecg-user-annotation';

const annotation = z.object({
  schema: z.object({ name: z.literal(PAPER_ECG_SCHEMA), version: z.number() }),
  image: z.object({ name: z.string().min(1) }),
  rotation: z.number(),
  timeScale: z.number().positive(),
  voltageScale: z.number().positive(),
  leads: z.record(
    z.string(),
    z.object({
      cropping: z.object({
        x: z.number(),
        y: z.number(),
        width: z.number().positive(),
        height: z.number().positive(),
      }),
      start: z.number(),
    }),
  ),
});

/**
 * Reads an annotation that PaperECG saved. Leads by names it does not know are left out.
 *
 * @throws AppError `corrupt` naming what does not fit
 */
export function readPaperEcg(text: string): PaperEcgAnnotation {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'The annotation of PaperECG is not valid JSON.', { cause });
  }
  const parsed = annotation.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new AppError('corrupt', `The annotation of PaperECG does not fit at ${path.join('.')}: ${message}`);
  }
  const { image, rotation, timeScale, voltageScale, leads } = parsed.data;
  return {
    image: image.name,
    rotationDegrees: rotation,
    speedMmPerSecond: timeScale,
    gainMmPerMillivolt: voltageScale,
    leads: Object.entries(leads).flatMap(([name, { cropping, start }]) => {
      const lead = LEAD_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
      return lead ? [{ lead, ...cropping, startSeconds: start }] : [];
    }),
  };
}
