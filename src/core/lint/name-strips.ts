import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { asRecorded } from './as-recorded.ts';
import { stretchLikeness } from './stretch-likeness.ts';

/** How alike a strip is to the short lead whose name it gets, how much more than to that of its own, and to the others. */
const ALIKE = 0.95;
const MORE_THAN_OWN = 0.05;
const MORE_THAN_OTHERS = 0.015;
/** Or by what share of theirs it misses that lead, as precordial leads side by side are much alike. */
const MISFIT_OF_OWN = 0.25;
const MISFIT_OF_OTHERS = 0.5;
/** Names that a single stroke resembles; others are believed where they are read so surely. */
const NUMERALS: ReadonlySet<LeadName> = new Set(['I', 'II', 'III']);
const SURELY_READ = 0.9;

/**
 * Leads of the rhythm strips whose names are wrong, by cell: a strip shows, while a short lead is printed, what that lead
 * shows, as high. One that is unlike the lead of its name, and like just one other, is that one. What a person named stays, and what is surely
 * read and no numeral: columns may show other moments than strips.
 */
export function nameStrips(
  signals: readonly LeadSignal[],
  cells: readonly LeadCell[],
): ReadonlyMap<string, LeadName> {
  const names = new Map<string, LeadName>();
  const shorts = asRecorded(signals).filter(({ role }) => role === 'lead');
  for (const strip of signals) {
    const cell = cells.find(({ id }) => id === strip.cellId);
    if (strip.role !== 'rhythm' || cell === undefined || cell.labelSource === 'user' || isSurelyRead(cell))
      continue;
    const matches = shorts
      .flatMap((short) => {
        const alike = stretchLikeness(short, strip);
        // In favour of its own name, sizes are not held against it: part of a complex may be mistraced.
        const r = short.lead === strip.lead ? alike?.correlation : alike?.likeness;
        return r === undefined ? [] : [{ lead: short.lead, r }];
      })
      .sort((a, b) => b.r - a.r);
    const [best, second] = matches;
    const own = matches.find(({ lead }) => lead === strip.lead);
    if (best === undefined || own === undefined || best.lead === strip.lead || best.r < ALIKE) continue;
    const others = second?.r ?? -1;
    const isMore = best.r - own.r >= MORE_THAN_OWN && best.r - others >= MORE_THAN_OTHERS;
    const misfit = 1 - best.r;
    const isCloser = misfit <= MISFIT_OF_OWN * (1 - own.r) && misfit <= MISFIT_OF_OTHERS * (1 - others);
    if (isMore || isCloser) names.set(strip.cellId, best.lead);
  }
  return names;
}

function isSurelyRead({ lead, labelSource, confidence }: LeadCell): boolean {
  return labelSource === 'read' && confidence >= SURELY_READ && !NUMERALS.has(lead);
}
