import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import type { Finding } from './finding.ts';
import { knownSpan, quantile, type Span } from './stretch.ts';

/** Cells of one page are equally long to this share. */
const TOLERANCE = 0.12;
/** Cells of one column start and end together to this. */
const SAME_SECONDS = 0.15;

interface OddCell {
  readonly leads: LeadName[];
  readonly span: Span;
}

/**
 * Checks that the cells of a page are equally long, short cells and rhythm strips each among themselves. Leads of one
 * column that are odd in the same way are named together.
 */
export function checkDurations(signals: readonly LeadSignal[]): Finding[] {
  return (['lead', 'rhythm'] as const).flatMap((role) => {
    const cells = signals
      .filter((signal) => signal.role === role)
      .map((signal) => ({ lead: signal.lead, span: knownSpan(signal) }))
      .filter((cell): cell is { lead: LeadName; span: Span } => cell.span !== null);
    const usual = quantile(
      Float64Array.from(cells, ({ span }) => length(span)),
      0.5,
    );
    const odd: OddCell[] = [];
    for (const { lead, span } of cells) {
      if (Math.abs(length(span) - usual) <= TOLERANCE * usual) continue;
      const same = odd.find((other) => isSame(other.span, span));
      if (same) same.leads.push(lead);
      else odd.push({ leads: [lead], span });
    }
    return odd.map((cell) => describe(cell, usual, role));
  });
}

function describe({ leads, span }: OddCell, usual: number, role: 'lead' | 'rhythm'): Finding {
  const seconds = length(span);
  const several = leads.length > 1;
  return {
    code: 'duration-odd',
    severity: 'warning',
    message:
      `Lead${several ? 's' : ''} ${leads.join(', ')} ${several ? 'are' : 'is'} ${seconds.toFixed(1)} s long, the ` +
      `other ${role === 'rhythm' ? 'strips' : 'leads'} ${usual.toFixed(1)} s: the start or end may be wrong.`,
    leads,
    startSeconds: span.start,
    endSeconds: span.end,
    value: seconds,
  };
}

function length(span: Span): number {
  return span.end - span.start;
}

function isSame(a: Span, b: Span): boolean {
  return Math.abs(a.start - b.start) < SAME_SECONDS && Math.abs(a.end - b.end) < SAME_SECONDS;
}
