import { LIMB_LAWS, measureLaw } from '../lint/limb-laws.ts';
import { quantile } from '../lint/stretch.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';

/** Leads that start this near to each other stand in one column. */
const TOGETHER_SECONDS = 0.1;

/**
 * How badly each limb lead fits those printed above and below it: the residual of the limb law it fits best, 0 where it
 * holds, about 1 where the leads are unrelated. By cell; leads that stand in no law are absent.
 */
export function limbMisfits(signals: readonly LeadSignal[]): Map<string, number> {
  const misfits = new Map<string, number>();
  for (const own of signals) {
    let least = Infinity;
    for (const law of LIMB_LAWS) {
      if (law.acrossStrip || !law.terms.some(([lead]) => lead === own.lead)) continue;
      const stretches = new Map<LeadName, Float64Array>();
      for (const [lead] of law.terms) {
        const partner = lead === own.lead ? own : beside(signals, own, lead);
        if (partner) stretches.set(lead, freedOfMedian(partner.millivolts));
      }
      if (stretches.size < law.terms.length) continue;
      const { residual } = measureLaw(law, stretches);
      if (residual < least) least = residual;
    }
    if (least < Infinity) misfits.set(own.cellId, least);
  }
  return misfits;
}

/** The cell of another lead printed at the same time; of two the one of the same role. */
function beside(signals: readonly LeadSignal[], own: LeadSignal, lead: LeadName): LeadSignal | null {
  const together = signals.filter(
    (s) => s.lead === lead && Math.abs(s.startSeconds - own.startSeconds) < TOGETHER_SECONDS,
  );
  return together.find((s) => s.role === own.role) ?? together[0] ?? null;
}

function freedOfMedian(values: Float32Array): Float64Array {
  const middle = quantile(values, 0.5);
  const out = new Float64Array(values.length);
  for (let k = 0; k < out.length; k++) out[k] = values[k]! - middle;
  return out;
}
