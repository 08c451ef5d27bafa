import type { Reason } from '../../shared/reason.ts';
import { templateOf } from '../lead/layout-templates.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { LIMB_LEADS } from './limb-laws.ts';
import { limbBreaches } from './limb-breaches.ts';

/** How much worse than in the other order the laws must hold. */
const CLEARLY = 3;

/**
 * The layout with its limb leads in Cabrera's order (aVL, I, -aVR, II, aVF, III) where no name of a limb lead was read and
 * they fit together in that order, and not in the usual one. All six must be printed at once.
 */
export function orderByLimbLaws(
  layout: Layout,
  signals: readonly LeadSignal[],
): { readonly layout: Layout; readonly reasons: readonly Reason[] } {
  const { cells } = layout;
  const limb = cells.filter(({ lead, role }) => role === 'lead' && LIMB_LEADS.has(lead));
  const isUnread = limb.every(({ labelSource }) => labelSource === 'layout');
  const isOneColumn = limb.every(({ column }) => column === limb[0]!.column);
  const other = templateOf(layout.kind, true);
  if (layout.cabrera || !other.cabrera || limb.length !== LIMB_LEADS.size || !isUnread || !isOneColumn) {
    return { layout, reasons: [] };
  }
  const order = other.grid.flat().filter((lead) => LIMB_LEADS.has(lead));
  const renamed = new Map(
    [...limb]
      .sort((a, b) => a.row - b.row)
      .map((cell, k): [string, LeadCell] => {
        const lead = order[k]!;
        return [cell.id, { ...cell, lead, inverted: lead === 'aVR' }];
      }),
  );
  const turned = signals.map((signal) => {
    const cell = renamed.get(signal.cellId);
    if (cell === undefined) return signal;
    const { lead, inverted } = cell;
    return { ...signal, lead, millivolts: inverted ? signal.millivolts.map((v) => -v) : signal.millivolts };
  });
  const usual = breach(signals);
  if (usual === 0 || usual < CLEARLY * breach(turned)) return { layout, reasons: [] };
  const message =
    'No name of a limb lead could be read; they fit together in the order aVL, I, -aVR, II, aVF, III and are named so.';
  return {
    layout: { ...layout, cabrera: true, cells: cells.map((cell) => renamed.get(cell.id) ?? cell) },
    reasons: [{ code: 'limb-leads-ordered', severity: 'warning', message }],
  };
}

/** How badly the laws are broken, all together; 0 where none is. */
function breach(signals: readonly LeadSignal[]): number {
  const broken = limbBreaches(signals.filter(({ role }) => role === 'lead')).flatMap((each) => each.broken);
  return broken.reduce((sum, { residual }) => sum + residual, 0);
}
