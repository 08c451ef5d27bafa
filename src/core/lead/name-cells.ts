import type { LeadName } from '../../shared/lead-name.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import type { Reason } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import type { TemplateChoice } from './choose-template.ts';
import { columnOfLabel } from './column-of-label.ts';
import { isUnmistakable, type LabelCandidate } from './find-labels.ts';
import { keepSupported } from './keep-supported.ts';
import { labelOdds, readsInverted } from './label-odds.ts';
import type { CellName } from './place-cells.ts';
import { cellId } from './place-cells.ts';
import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

/** Labels matched to cells: key `r<row>c<column>` of the detected rows. */
export type CellLabels = ReadonlyMap<string, LabelCandidate>;

/** Cost of leaving the template, in natural logarithms of probability per cell. */
const TEMPLATE_BONUS = 1.2;
const FLOOR = 0.01;
/** The same where the label reads as a numeral: any bar does, and one alone moves no lead. */
const NUMERAL_FLOOR = 0.15;
const NUMERALS: readonly LeadName[] = ['I', 'II', 'III'];
/** How far from the common place a label may stand: on some prints they drift against the columns. */
const MATCH_MM = 7;
/** From this probability a name counts as read. */
const READ = 0.5;
/** Share of read labels from which a row without one is no row. */
const WELL_LABELLED = 0.75;
/** Below this share of tall strokes, of what the other rows have, a row shows no complexes. */
const DULL_SHARE = 0.4;
/** How often rhythm strips show each lead, when no label says. */
const RHYTHM_PRIOR: Readonly<Partial<Record<LeadName, number>>> = { II: 0.6, V1: 0.2, V5: 0.12 };
const RHYTHM_RARE = 0.03;
/** What a name is worth where a word stands that cannot be trusted. */
const UNTRUSTED = 0.2;
/** Names of unlabelled rhythm rows from the top, by how many there are. */
const RHYTHM_ORDER: readonly (readonly LeadName[])[] = [[], ['II'], ['II', 'V5'], ['V1', 'II', 'V5']];

/** The same where the labels of other rhythm rows are read: the first that is not among them. */
const RHYTHM_USUAL: readonly LeadName[] = ['II', 'V1', 'V5'];

interface Slot {
  readonly id: string;
  readonly expected: LeadName;
  readonly label: LabelCandidate | null;
}

/** Matches labels to cells by place: within reach of the common distance from the cell's left edge. */
export function matchLabels(
  choice: TemplateChoice,
  labels: readonly LabelCandidate[],
  pxPerMm: number,
): Map<string, LabelCandidate> {
  const { fit, template, rowOffset } = choice;
  const matched = new Map<string, LabelCandidate>();
  const value = new Map<string, number>();
  for (const label of labels) {
    const divided = label.row - rowOffset < template.grid.length;
    const { column, off: offPx } = columnOfLabel(label.box.x0, label.box.x1, fit, pxPerMm);
    const off = offPx / pxPerMm;
    if (column < 0 || column >= (divided ? fit.count : 1) || off > MATCH_MM) continue;
    const id = cellId(label.row, column);
    const worth = label.weight - 0.1 * off;
    if (worth > (value.get(id) ?? 0.1)) {
      matched.set(id, label);
      value.set(id, worth);
    }
  }
  return matched;
}

/**
 * Names the cells: starts from the template and exchanges leads between cells as long as that agrees better with the
 * labels, so that every lead stays unique; rhythm rows take their own label, else the usual lead.
 */
export function nameCells(
  choice: TemplateChoice,
  matched: CellLabels,
  rows: readonly TraceRow[],
  overrides: DigitizeOverrides,
): { names: Map<string, CellName>; rhythmRows: number; reasons: Reason[] } {
  const { template, rowOffset } = choice;
  const slots: Slot[] = [];
  const rhythm: { id: string; index: number; label: LabelCandidate | null; isDull: boolean }[] = [];
  const shares = rows.map((row) => row.tallShare).sort(ascending);
  const usual = shares[shares.length >> 1];
  for (let r = 0; r < rows.length; r++) {
    const leads = template.grid[r - rowOffset];
    if (leads) {
      leads.forEach((expected, c) =>
        slots.push({ id: cellId(r, c), expected, label: matched.get(cellId(r, c)) ?? null }),
      );
    } else if (r - rowOffset >= 0) {
      const id = cellId(r, 0);
      const isDull = rows[r].tallShare < DULL_SHARE * usual;
      rhythm.push({
        id,
        index: r - rowOffset - template.grid.length,
        label: matched.get(id) ?? null,
        isDull,
      });
    }
  }
  const readsNames = slots.some(({ label }) => label !== null && isUnmistakable(label.probabilities));
  const assigned = keepSupported(
    assignLeads(slots).map((lead, k) => {
      const { label, expected } = slots[k]!;
      const odds = label ? labelOdds(label.probabilities, lead) * label.weight : 0;
      // A single bar passes for I: among cells of which no other name is read it moves nothing.
      const isRead = odds >= READ && (lead !== 'I' || readsNames || slots.length === 1);
      return { expected, assigned: lead, isRead };
    }),
  );
  let ignored = 0;
  const names = new Map<string, CellName>();
  const unread: string[] = [];
  const moved: string[] = [];
  slots.forEach((slot, k) => {
    const lead = assigned[k];
    const odds = slot.label ? labelOdds(slot.label.probabilities, lead) * slot.label.weight : 0;
    const isRead = odds >= READ;
    if (!isRead) unread.push(lead);
    if (isRead && lead !== slot.expected) moved.push(lead);
    // Only Cabrera's order prints the negative; elsewhere a separator before the label looks like its hyphen.
    const plain = isRead && slot.label !== null && !readsInverted(slot.label.probabilities);
    const inverted = lead === 'aVR' && template.cabrera && !plain;
    names.set(slot.id, named(slot.id, lead, inverted, slot.label, isRead, odds, overrides));
  });
  const order = RHYTHM_ORDER[Math.min(3, rhythm.length)];
  const readLeads = rhythm.map(({ label }) => nameRhythm(label, 'II')).filter(({ odds }) => odds >= READ);
  const usualLead = (index: number): LeadName => {
    const free = RHYTHM_USUAL.filter((lead) => readLeads.every((read) => read.lead !== lead));
    return (readLeads.length === 0 ? order[index] : free[0]) ?? 'II';
  };
  const readShare = 1 - unread.length / Math.max(1, slots.length);
  const readRhythm = rhythm.map(({ index, label }) => nameRhythm(label, usualLead(index)).odds >= READ);
  for (const [k, { id, index, label, isDull }] of rhythm.entries()) {
    const { lead, odds } = nameRhythm(label, usualLead(index));
    const isRead = readRhythm[k];
    // Where every other row carries its label, a row without is the edge of the paper or a fold, unless it shows complexes.
    if (
      label === null &&
      isDull &&
      !overrides.layout &&
      readShare >= WELL_LABELLED &&
      readRhythm.some(Boolean)
    ) {
      ignored++;
      continue;
    }
    if (!isRead) unread.push(`${lead} (rhythm strip)`);
    names.set(id, named(id, lead, false, label, isRead, odds, overrides));
  }
  const reasons = reasonsFor(unread, moved, names.size);
  if (ignored > 0) {
    reasons.push({
      code: 'rows-ignored',
      severity: 'info',
      message: 'A line below the labelled rows carries no label and was not taken for a rhythm strip.',
    });
  }
  return { names, rhythmRows: rhythm.length - ignored, reasons };
}

function named(
  id: string,
  lead: LeadName,
  inverted: boolean,
  label: LabelCandidate | null,
  isRead: boolean,
  odds: number,
  overrides: DigitizeOverrides,
): CellName {
  const stated = overrides.leads?.[id];
  if (stated) {
    const labelBox = label?.box ?? null;
    return {
      lead: stated,
      inverted: inverted && stated === 'aVR',
      labelBox,
      labelSource: 'user',
      confidence: 1,
    };
  }
  return {
    lead,
    inverted,
    labelBox: label && (isRead || label.weight > 0.5) ? label.box : null,
    labelSource: isRead ? 'read' : 'layout',
    confidence: isRead ? 0.7 + 0.3 * Math.min(1, odds) : 0.55,
  };
}

function assignLeads(slots: readonly Slot[]): LeadName[] {
  const floors = slots.map(({ label }) =>
    label && readsAsNumeral(label.probabilities) ? NUMERAL_FLOOR : FLOOR,
  );
  const value = (k: number, lead: LeadName): number => {
    const { label, expected } = slots[k];
    const bonus = lead === expected ? TEMPLATE_BONUS : 0;
    if (!label) return bonus;
    const p = labelOdds(label.probabilities, lead);
    return bonus + label.weight * Math.log(Math.max(floors[k]!, p));
  };
  // Doubtful labels may say which of two read names is wrong, but exchange none on their own.
  const isMeant = (k: number, lead: LeadName): boolean => {
    const { label, expected } = slots[k];
    return (
      lead === expected || (label !== null && labelOdds(label.probabilities, lead) * label.weight >= READ)
    );
  };
  const assigned = slots.map((slot) => slot.expected);
  for (let round = 0; round < 24; round++) {
    let best = { gain: 1e-6, slot: -1, lead: assigned[0] };
    for (let k = 0; k < slots.length; k++) {
      for (const lead of LEAD_NAMES) {
        if (lead === assigned[k]) continue;
        const other = assigned.indexOf(lead);
        if (!isMeant(k, lead) && (other < 0 || !isMeant(other, assigned[k]))) continue;
        let gain = value(k, lead) - value(k, assigned[k]);
        if (other >= 0) gain += value(other, assigned[k]) - value(other, lead);
        if (gain > best.gain) best = { gain, slot: k, lead };
      }
    }
    if (best.slot < 0) break;
    const other = assigned.indexOf(best.lead);
    if (other >= 0) assigned[other] = assigned[best.slot];
    assigned[best.slot] = best.lead;
  }
  return assigned;
}

function readsAsNumeral(probabilities: Float32Array): boolean {
  return NUMERALS.reduce((sum, lead) => sum + labelOdds(probabilities, lead), 0) >= READ;
}

function nameRhythm(label: LabelCandidate | null, usual: LeadName): { lead: LeadName; odds: number } {
  if (label === null) return { lead: usual, odds: 0 };
  let best: LeadName = usual;
  let most = 0;
  for (const lead of LEAD_NAMES) {
    const prior = (RHYTHM_PRIOR[lead] ?? RHYTHM_RARE) + (lead === usual ? 0.1 : 0);
    const odds = labelOdds(label.probabilities, lead);
    const p = (label.weight * odds + (1 - label.weight) * UNTRUSTED) * prior;
    if (p > most) {
      most = p;
      best = lead;
    }
  }
  return { lead: best, odds: label.weight * labelOdds(label.probabilities, best) };
}

function reasonsFor(unread: readonly string[], moved: readonly string[], cells: number): Reason[] {
  const reasons: Reason[] = [];
  if (unread.length === cells) {
    reasons.push({
      code: 'layout-assumed',
      severity: 'warning',
      message: 'No lead label could be read; the names follow from the layout.',
    });
  } else if (unread.length > 0) {
    reasons.push({
      code: 'label-unread',
      severity: 'info',
      message: `No readable label at ${unread.join(', ')}; named by the layout.`,
    });
  }
  if (moved.length > 0) {
    reasons.push({
      code: 'leads-moved',
      severity: 'info',
      message: `The labels put ${moved.join(', ')} elsewhere than this layout usually does.`,
    });
  }
  return reasons;
}
