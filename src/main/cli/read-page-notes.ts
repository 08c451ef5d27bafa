import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const remark = z.object({ severity: z.string(), message: z.string() });
const notes = z.object({
  status: z.string(),
  confidence: z.number(),
  layout: z.string().nullable(),
  cabrera: z.boolean(),
  reasons: z.array(remark),
  findings: z.array(remark),
  milliseconds: z.object({ total: z.number() }),
});

/** What a table line or a caption says about a page, from its report. */
export interface PageNotes {
  readonly status: string | null;
  readonly confidence: number | null;
  readonly layout: string | null;
  /** The gravest reason, in words. */
  readonly reason: string | null;
  readonly milliseconds: number | null;
}

/** Reads the few facts of `NAME.json` that listings show; all null when there is no such report. */
export async function readPageNotes(path: string): Promise<PageNotes> {
  const nothing = { status: null, confidence: null, layout: null, reason: null, milliseconds: null };
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return nothing;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return nothing;
  }
  const parsed = notes.safeParse(json);
  if (!parsed.success) return nothing;
  const { status, confidence, layout, cabrera, milliseconds } = parsed.data;
  const remarks = [...parsed.data.reasons, ...parsed.data.findings];
  const gravest =
    remarks.find((r) => r.severity === 'error') ?? remarks.find((r) => r.severity === 'warning') ?? null;
  return {
    status,
    confidence,
    layout: layout && (cabrera ? `${layout} Cabrera` : layout),
    reason: gravest?.message ?? null,
    milliseconds: milliseconds.total,
  };
}
