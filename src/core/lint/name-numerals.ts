import type { LeadName } from '../../shared/lead-name.ts';
import { templateOf } from '../lead/layout-templates.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { limbBreaches } from './limb-breaches.ts';
import { ascending } from '../../shared/ascending.ts';

/** Bars side by side, one more or less of which a worn print or a separator makes. */
const NUMERALS: ReadonlySet<LeadName> = new Set<LeadName>(['I', 'II', 'III']);

/**
 * Leads of cells whose numerals were read one for the other, by cell: the laws of the limb leads are broken, nothing but the
 * exchange of these two explains it, and exchanged they stand where the layout has them. What a person named stays.
 */
export function nameNumerals(
  signals: readonly LeadSignal[],
  { kind, cabrera, cells }: Pick<Layout, 'kind' | 'cabrera' | 'cells'>,
): ReadonlyMap<string, LeadName> {
  const names = new Map<string, LeadName>();
  const usual = usualLeads(templateOf(kind, cabrera).grid, cells);
  for (const { faults } of limbBreaches(signals)) {
    const [fault] = faults;
    if (faults.length !== 1 || fault!.kind !== 'swapped') continue;
    const pair = fault!.leads.map((lead) => cells.find((cell) => cell.lead === lead && cell.role === 'lead'));
    const [a, b] = pair;
    if (!a || !b || !NUMERALS.has(a.lead) || !NUMERALS.has(b.lead)) continue;
    if (a.labelSource === 'user' || b.labelSource === 'user') continue;
    if (usual.get(a.id) !== b.lead || usual.get(b.id) !== a.lead) continue;
    names.set(a.id, b.lead).set(b.id, a.lead);
  }
  return names;
}

/** What a layout has in each cell, by the order of rows and columns. */
function usualLeads(
  grid: readonly (readonly LeadName[])[],
  cells: readonly LeadCell[],
): ReadonlyMap<string, LeadName> {
  const short = cells.filter(({ role }) => role === 'lead');
  const rows = [...new Set(short.map(({ row }) => row))].sort(ascending);
  return new Map(
    short.flatMap(({ id, row, column }) => {
      const lead = grid[rows.indexOf(row)]?.[column];
      return lead === undefined ? [] : [[id, lead] as const];
    }),
  );
}
