import type { Digitization } from '../../core/digitization.ts';

/** What the queue shows of a result. */
export interface DigitizationSummary {
  readonly status: Digitization['status'];
  readonly confidence: number;
  readonly layout: string | null;
  /** How the grid is printed, see `GridKind`. */
  readonly grid: string | null;
  /** Different leads with a signal. */
  readonly leadsFound: number;
  readonly findings: number;
  /** Why the page is not `ok`, in words; null for a good page. */
  readonly message: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** Reduces a digitization to one row of the queue. */
export function summarizeDigitization(page: Digitization): DigitizationSummary {
  const { status, confidence, layout, reasons } = page;
  const gravest =
    reasons.find(({ severity }) => severity === 'error') ??
    reasons.find(({ severity }) => severity === 'warning') ??
    reasons[0];
  const words = status === 'failed' ? 'No lead could be digitized.' : 'Some leads are missing.';
  return {
    status,
    confidence,
    layout: layout && layout.kind + (layout.cabrera ? ' Cabrera' : ''),
    grid: page.rectification?.gridKind ?? null,
    leadsFound: new Set(page.signals.map(({ lead }) => lead)).size,
    findings: page.findings.length,
    message: status === 'ok' ? null : (gravest?.message ?? words),
    width: page.imageWidth || null,
    height: page.imageHeight || null,
  };
}
