import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { explainLimbLeads, type LimbFault } from './explain-limb-leads.ts';
import { LIMB_LAWS, measureLaw, type LimbLaw } from './limb-laws.ts';
import { commonSpan, cutStretch, knownSpan, type Span } from './stretch.ts';

/** From here on a breach counts when a single fault explains it. */
const SUSPICIOUS_RESIDUAL = 0.3;
/** Smaller sums are the tracing's own noise, however small the leads are. */
const BROKEN_MILLIVOLTS = 0.04;
const SHORTEST_SECONDS = 1;
const SMOOTH_SECONDS = 0.03;

/** A law that limb leads printed at the same time do not keep. */
export interface BrokenLaw {
  readonly law: LimbLaw;
  /** See `measureLaw`. */
  readonly residual: number;
}

/** Limb leads of one stretch of time that break laws. */
export interface LimbBreach {
  readonly span: Span;
  /** All laws whose leads are printed then. */
  readonly laws: readonly LimbLaw[];
  readonly broken: readonly BrokenLaw[];
  /** Single faults that would explain it, best first. */
  readonly faults: readonly LimbFault[];
}

/** Measures the laws of the limb leads wherever their leads are printed at the same time; returns where they are broken. */
export function limbBreaches(signals: readonly LeadSignal[]): LimbBreach[] {
  const breaches: LimbBreach[] = [];
  for (const { span, members } of simultaneousGroups(signals)) {
    const stretches = new Map<LeadName, Float64Array>();
    for (const [lead, signal] of members) stretches.set(lead, cutStretch(signal, span, SMOOTH_SECONDS));
    const laws = LIMB_LAWS.filter((law) => law.terms.every(([lead]) => stretches.has(lead)));
    const broken = laws
      .map((law) => ({ law, ...measureLaw(law, stretches) }))
      .filter((b) => b.residual > SUSPICIOUS_RESIDUAL && b.millivolts > BROKEN_MILLIVOLTS);
    if (broken.length > 0) breaches.push({ span, laws, broken, faults: explainLimbLeads(laws, stretches) });
  }
  return breaches;
}

/** Limb leads printed over the same time. A lead printed twice is taken by its short cell where that covers the time. */
function simultaneousGroups(
  signals: readonly LeadSignal[],
): { span: Span; members: Map<LeadName, LeadSignal> }[] {
  const limb = new Set(LIMB_LAWS.flatMap((law) => law.terms.map(([lead]) => lead)));
  const usable = signals
    .filter((signal) => limb.has(signal.lead))
    .map((signal) => ({ signal, span: knownSpan(signal) }));
  const groups = new Map<string, { span: Span; members: Map<LeadName, LeadSignal> }>();
  for (const { terms } of LIMB_LAWS) {
    const choices = terms.map(([lead]) => usable.filter(({ signal }) => signal.lead === lead));
    const anchors = choices.flat().filter(({ signal }) => signal.role === 'lead');
    for (const anchor of anchors) {
      const chosen = choices.map((candidates) => bestPartner(candidates, anchor.span));
      const span = commonSpan([anchor.span, ...chosen.map((choice) => choice?.span ?? null)]);
      if (!span || span.end - span.start < SHORTEST_SECONDS) continue;
      // Whole half-seconds tell columns apart; leads of one column start within a few samples of each other.
      const key = `${Math.round(span.start * 2)}`;
      const group = groups.get(key) ?? { span, members: new Map<LeadName, LeadSignal>() };
      for (const choice of chosen) {
        if (!group.members.has(choice!.signal.lead)) group.members.set(choice!.signal.lead, choice!.signal);
      }
      group.span = commonSpan([group.span, span])!;
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

function bestPartner<T extends { signal: LeadSignal; span: Span | null }>(
  candidates: readonly T[],
  time: Span | null,
): T | null {
  let best: T | null = null;
  let bestLength = SHORTEST_SECONDS;
  for (const candidate of candidates) {
    const shared = commonSpan([candidate.span, time]);
    // A short cell beats a rhythm strip of equal cover: it stands in the same column.
    const length = shared ? shared.end - shared.start + (candidate.signal.role === 'lead' ? 0.2 : 0) : 0;
    if (length > bestLength) {
      best = candidate;
      bestLength = length;
    }
  }
  return best;
}
