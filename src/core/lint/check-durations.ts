import type { LeadSignal } from '../signal/lead-signal.ts';
import type { Finding } from './finding.ts';
import { knownSpan, quantile } from './stretch.ts';

/** Cells of one page are equally long to this share. */
const TOLERANCE = 0.12;

/** Checks that the cells of a page are equally long, short cells and rhythm strips each among themselves. */
export function checkDurations(signals: readonly LeadSignal[]): Finding[] {
  const findings: Finding[] = [];
  for (const role of ['lead', 'rhythm'] as const) {
    const cells = signals
      .filter((signal) => signal.role === role)
      .map((signal) => ({ signal, span: knownSpan(signal) }));
    const lengths = Float64Array.from(cells, ({ span }) => (span ? span.end - span.start : NaN));
    const usual = quantile(lengths, 0.5);
    cells.forEach(({ signal, span }, k) => {
      const seconds = lengths[k]!;
      if (!span || Math.abs(seconds - usual) <= TOLERANCE * usual) return;
      findings.push({
        code: 'duration-odd',
        severity: 'warning',
        message:
          `Lead ${signal.lead} is ${seconds.toFixed(1)} s long, the other ` +
          `${role === 'rhythm' ? 'strips' : 'leads'} ${usual.toFixed(1)} s: its start or end may be wrong.`,
        leads: [signal.lead],
        startSeconds: span.start,
        endSeconds: span.end,
        value: seconds,
      });
    });
  }
  return findings;
}
