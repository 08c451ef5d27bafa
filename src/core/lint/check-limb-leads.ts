import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { explainLimbLeads, type LimbFault } from './explain-limb-leads.ts';
import type { Finding } from './finding.ts';
import { LIMB_LAWS, measureLaw, type LimbLaw } from './limb-laws.ts';
import { commonSpan, cutStretch, knownSpan, type Span } from './stretch.ts';

/** Above this share of the leads' own strength a law counts as broken; good tracings stay below 0.3. */
const BROKEN_RESIDUAL = 0.5;
/** From here on a breach counts when a single fault explains it. */
const SUSPICIOUS_RESIDUAL = 0.3;
/** Smaller sums are the tracing's own noise, however small the leads are. */
const BROKEN_MILLIVOLTS = 0.04;
const SHORTEST_SECONDS = 1;
const SMOOTH_SECONDS = 0.03;

interface BrokenLaw {
  readonly law: LimbLaw;
  readonly residual: number;
}

/**
 * Checks the laws of the limb leads wherever their leads are printed at the same time, and names the single fault that
 * would explain a breach: a lead upside down, two leads swapped, a lead at another gain. A breach of the law that
 * joins a column with the rhythm strip counts only when such a fault explains it.
 */
export function checkLimbLeads(signals: readonly LeadSignal[]): Finding[] {
  const findings: Finding[] = [];
  for (const { span, members } of simultaneousGroups(signals)) {
    const stretches = new Map<LeadName, Float64Array>();
    for (const [lead, signal] of members) stretches.set(lead, cutStretch(signal, span, SMOOTH_SECONDS));
    const laws = LIMB_LAWS.filter((law) => law.terms.every(([lead]) => stretches.has(lead)));
    const broken = laws
      .map((law) => ({ law, ...measureLaw(law, stretches) }))
      .filter((b) => b.residual > SUSPICIOUS_RESIDUAL && b.millivolts > BROKEN_MILLIVOLTS);
    if (broken.length === 0) continue;
    const faults = explainLimbLeads(laws, stretches);
    // A strip recorded at another time breaks its law without any fault of the leads.
    const certain = broken.some(({ law, residual }) => residual > BROKEN_RESIDUAL && !law.acrossStrip);
    if (faults.length === 0 && !certain) continue;
    findings.push(describe(broken, laws, faults, span));
  }
  return findings;
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

function describe(
  broken: readonly BrokenLaw[],
  laws: readonly LimbLaw[],
  faults: readonly LimbFault[],
  span: Span,
): Finding {
  const inColumn = broken.filter(({ law }) => !law.acrossStrip);
  const worst = (inColumn.length > 0 ? inColumn : broken).reduce((a, b) => (b.residual > a.residual ? b : a));
  const suspects = faults.length > 0 ? faults.flatMap((fault) => fault.leads) : outlaws(broken, laws);
  const concerned = suspects.length > 0 ? suspects : worst.law.terms.map(([lead]) => lead);
  const breach = `The limb leads do not fit together: ${worst.law.text} is off by ${Math.round(100 * worst.residual)} %.`;
  const guess =
    faults.length > 0
      ? `${faults.map(inWords).join(', or ')}.`
      : suspects.length === 1
        ? `Lead ${suspects[0]} looks mistraced.`
        : `Check the names and tracings of ${listed(concerned)}.`;
  return {
    code: 'limb-leads-disagree',
    severity: 'warning',
    message: `${breach} ${guess.charAt(0).toUpperCase()}${guess.slice(1)}`,
    leads: [...new Set(concerned)],
    startSeconds: span.start,
    endSeconds: span.end,
    value: worst.residual,
  };
}

/** Leads that stand in every broken law and in no law that holds. */
function outlaws(broken: readonly BrokenLaw[], laws: readonly LimbLaw[]): LeadName[] {
  const has = (law: LimbLaw, lead: LeadName) => law.terms.some(([name]) => name === lead);
  const holding = laws.filter((law) => !broken.some((entry) => entry.law === law));
  if (holding.length === 0) return [];
  return broken[0]!.law.terms
    .map(([lead]) => lead)
    .filter((lead) => broken.every(({ law }) => has(law, lead)) && !holding.some((law) => has(law, lead)));
}

function inWords(fault: LimbFault): string {
  if (fault.kind === 'swapped') return `leads ${listed(fault.leads)} look swapped`;
  if (fault.kind === 'inverted') return `lead ${fault.leads[0]} looks upside down`;
  return `lead ${fault.leads[0]} looks ${fault.factor!.toFixed(1)} times too large`;
}

function listed(leads: readonly LeadName[]): string {
  const names = [...new Set(leads)];
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
