import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import type { LimbFault } from './explain-limb-leads.ts';
import type { Finding } from './finding.ts';
import { limbBreaches, type BrokenLaw } from './limb-breaches.ts';
import type { LimbLaw } from './limb-laws.ts';
import type { Span } from './stretch.ts';

/** Above this share of the leads' own strength a law counts as broken; good tracings stay below 0.3. */
const BROKEN_RESIDUAL = 0.5;

/**
 * Checks the laws of the limb leads wherever their leads are printed at the same time, and names the single fault that
 * would explain a breach: a lead upside down, two leads swapped, a lead at another gain. A breach of the law that
 * joins a column with the rhythm strip counts only when such a fault explains it.
 */
export function checkLimbLeads(signals: readonly LeadSignal[]): Finding[] {
  const findings: Finding[] = [];
  for (const { span, laws, broken, faults } of limbBreaches(signals)) {
    // A strip recorded at another time breaks its law without any fault of the leads.
    const certain = broken.some(({ law, residual }) => residual > BROKEN_RESIDUAL && !law.acrossStrip);
    if (faults.length === 0 && !certain) continue;
    findings.push(describe(broken, laws, faults, span));
  }
  return findings;
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
