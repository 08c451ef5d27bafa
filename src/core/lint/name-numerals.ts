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
 * exchange of these two explains it, and exchanged they stand where the layout has them; or no lead but the numerals stands
 * elsewhere than the layout has it, and as the layout has them the laws hold. What a person named stays.
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
  return names.size > 0 ? names : numeralsInOrder(signals, cells, usual);
}

/**
 * The numerals in the order of the layout, where the page shows them in another one although all other leads stand where
 * they should, and where the limb leads fit together in that order: print that touches the trace gains and loses bars. I
 * and III alone keep the laws in both orders, but no machine exchanges them.
 */
function numeralsInOrder(
  signals: readonly LeadSignal[],
  cells: readonly LeadCell[],
  usual: ReadonlyMap<string, LeadName>,
): ReadonlyMap<string, LeadName> {
  const short = cells.filter(({ role }) => role === 'lead');
  const moved = short.filter(({ id, lead }) => usual.get(id) !== lead);
  const leads = new Set(moved.map(({ id }) => usual.get(id)));
  const isExchange = moved.length > 1 && moved.every(({ lead }) => NUMERALS.has(lead) && leads.has(lead));
  if (!isExchange || leads.size !== moved.length) return new Map();
  if (moved.some(({ labelSource }) => labelSource === 'user')) return new Map();
  const names = new Map(moved.map(({ id }) => [id, usual.get(id)!]));
  const isMoved = ({ cellId }: LeadSignal): boolean => names.has(cellId);
  const placed = signals.map((s) => ({ ...s, lead: names.get(s.cellId) ?? s.lead }));
  const breaks = limbBreaches(placed).some(({ broken }) =>
    broken.some(({ law }) => law.terms.some(([lead]) => leads.has(lead))),
  );
  return signals.filter(isMoved).length === moved.length && !breaks ? names : new Map();
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
