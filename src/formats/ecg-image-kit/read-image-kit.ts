import { z } from 'zod';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/**
 * What ECG-Image-Kit (https://github.com/alphanumericslab/ecg-image-kit) wrote beside a picture: which samples of the record
 * are printed where it says so.
 */
export interface ImageKitPage {
  readonly fs: number;
  /** Samples of the record, the last one excluded; a lead printed twice has two. */
  readonly spans: readonly { readonly lead: LeadName; readonly first: number; readonly end: number }[];
}

const page = z.object({
  sampling_frequency: z.number().positive(),
  leads: z
    .array(
      z.object({
        lead_name: z.string(),
        start_sample: z.number().int().min(0).optional(),
        end_sample: z.number().int().min(0).optional(),
      }),
    )
    .default([]),
});

/** Reads the JSON beside a picture. Leads by other names are passed over. @throws AppError `corrupt` */
export function readImageKit(text: string): ImageKitPage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'The description of ECG-Image-Kit is not valid JSON.', { cause });
  }
  const parsed = page.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new AppError(
      'corrupt',
      `The description of ECG-Image-Kit does not fit at ${path.join('.')}: ${message}`,
    );
  }
  const { sampling_frequency: fs, leads } = parsed.data;
  const spans = leads.flatMap(({ lead_name, start_sample: first, end_sample: end }) => {
    const name = lead_name.replace(/^full/, '').toLowerCase();
    const lead = LEAD_NAMES.find((known) => known.toLowerCase() === name);
    return lead && first !== undefined && end !== undefined && end > first ? [{ lead, first, end }] : [];
  });
  return { fs, spans };
}

/**
 * The part of a record that a picture shows, on the page's clock: what is not printed is NaN, time 0 is the first printed
 * sample. The whole record where nothing is said about that.
 */
export function printedTable(record: LeadTable, { fs, spans }: ImageKitPage): LeadTable {
  if (spans.length === 0) return record;
  const scale = record.fs / fs;
  const start = Math.round(Math.min(...spans.map(({ first }) => first)) * scale);
  const end = Math.round(Math.max(...spans.map((span) => span.end)) * scale);
  const leads = new Map<LeadName, Float32Array>();
  for (const span of spans) {
    const values = record.leads.get(span.lead);
    if (!values) continue;
    const column = leads.get(span.lead) ?? new Float32Array(Math.max(0, end - start)).fill(NaN);
    const first = Math.round(span.first * scale);
    column.set(values.subarray(first, Math.round(span.end * scale)), first - start);
    leads.set(span.lead, column);
  }
  return { fs: record.fs, startSeconds: 0, leads };
}
