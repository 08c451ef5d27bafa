import type { LeadName } from '../../shared/lead-name.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';

const mapCell = (layout: Layout, cellId: string, change: (cell: LeadCell) => LeadCell): Layout => ({
  ...layout,
  cells: layout.cells.map((cell) => (cell.id === cellId ? change(cell) : cell)),
});

/**
 * Says which lead a cell shows. Where another cell of the same role bears that name, the two exchange their names: leads
 * that were taken for each other are put right in one go.
 */
export function renameLead(layout: Layout, cellId: string, lead: LeadName): Layout {
  const cell = layout.cells.find(({ id }) => id === cellId);
  if (!cell || cell.lead === lead) return layout;
  const other = layout.cells.find(
    (candidate) => candidate.id !== cellId && candidate.lead === lead && candidate.role === cell.role,
  );
  const said = { labelSource: 'user' as const, confidence: 1 };
  const renamed = mapCell(layout, cellId, (same) => ({ ...same, lead, ...said }));
  return other ? mapCell(renamed, other.id, (same) => ({ ...same, lead: cell.lead, ...said })) : renamed;
}

/** Says whether a cell is printed upside down, as -aVR is. */
export function invertLead(layout: Layout, cellId: string): Layout {
  return mapCell(layout, cellId, (cell) => ({ ...cell, inverted: !cell.inverted }));
}

/** States the paper speed; the moments of all cells follow. */
export function setSpeed(layout: Layout, speedMmPerSecond: number): Layout {
  const slower = layout.speedMmPerSecond / speedMmPerSecond;
  return {
    ...layout,
    speedMmPerSecond,
    speedSource: 'user',
    cells: layout.cells.map((cell) => ({
      ...cell,
      startSeconds: cell.startSeconds * slower,
      endSeconds: cell.endSeconds * slower,
    })),
  };
}

/** States the gain of the page; cells printed at a gain of their own keep their ratio to it. */
export function setGain(layout: Layout, gainMmPerMillivolt: number): Layout {
  const ratio = gainMmPerMillivolt / layout.gainMmPerMillivolt;
  return {
    ...layout,
    gainMmPerMillivolt,
    gainSource: 'user',
    cells: layout.cells.map(({ gainMmPerMillivolt: own, ...cell }) =>
      own === undefined ? cell : { ...cell, gainMmPerMillivolt: own * ratio },
    ),
  };
}

/** States the gain of one cell. */
export function setLeadGain(layout: Layout, cellId: string, gainMmPerMillivolt: number): Layout {
  return mapCell(layout, cellId, (cell) => ({ ...cell, gainMmPerMillivolt }));
}
