import type { LeadName } from '../../shared/lead-name.ts';
import type { LayoutKind } from './layout.ts';

/** How a layout is printed: which lead in which row and column, and how many rhythm rows follow. */
export interface LayoutTemplate {
  readonly kind: LayoutKind;
  readonly cabrera: boolean;
  /** Leads by row, then column. */
  readonly grid: readonly (readonly LeadName[])[];
  readonly rhythmRows: number;
  /** How common the layout is, as a natural logarithm; breaks ties. */
  readonly prior: number;
}

const STANDARD_LIMB: readonly LeadName[] = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'];
const CABRERA_LIMB: readonly LeadName[] = ['aVL', 'I', 'aVR', 'II', 'aVF', 'III'];
const CHEST: readonly LeadName[] = ['V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

/** Fills `rows` x `columns` column by column from the top left. */
function byColumn(leads: readonly LeadName[], rows: number): LeadName[][] {
  const columns = leads.length / rows;
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => leads[c * rows + r]),
  );
}

/** Every layout Tracewright knows; Cabrera variants follow their standard form. */
export const LAYOUT_TEMPLATES: readonly LayoutTemplate[] = [false, true].flatMap((cabrera) => {
  const limb = cabrera ? CABRERA_LIMB : STANDARD_LIMB;
  const all = [...limb, ...CHEST];
  const rare = cabrera ? -0.8 : 0;
  const template = (
    kind: LayoutKind,
    grid: LeadName[][],
    rhythmRows: number,
    prior: number,
  ): LayoutTemplate => ({
    kind,
    cabrera,
    grid,
    rhythmRows,
    prior: prior + rare,
  });
  const list = [
    template('3x4+1', byColumn(all, 3), 1, 0),
    template('3x4', byColumn(all, 3), 0, -0.3),
    template('3x4+3', byColumn(all, 3), 3, -0.5),
    template('3x4+2', byColumn(all, 3), 2, -0.8),
    template('6x2', byColumn(all, 6), 0, -0.4),
    template('6x2+1', byColumn(all, 6), 1, -0.6),
    template('12x1', byColumn(all, 12), 0, -0.5),
    template('4x3', byColumn(all, 4), 0, -2),
    template('6x1', byColumn([...limb], 6), 0, -1.5),
    template('3x1', byColumn(limb.slice(0, 3), 3), 0, -2),
  ];
  if (!cabrera) list.push(template('strip', [['II']], 0, -1));
  return list;
});

/** All templates of one kind and order. */
export function templateOf(kind: LayoutKind, cabrera: boolean): LayoutTemplate {
  const found =
    LAYOUT_TEMPLATES.find((t) => t.kind === kind && t.cabrera === cabrera) ??
    LAYOUT_TEMPLATES.find((t) => t.kind === kind);
  if (!found) throw new RangeError(`Unknown layout ${kind}.`);
  return found;
}

/** The kind that prints the same grid with `rhythmRows` strips below, or the template's own when there is none. */
export function withRhythmRows(template: LayoutTemplate, rhythmRows: number): LayoutKind {
  if (rhythmRows === template.rhythmRows) return template.kind;
  const base = template.kind.split('+')[0];
  const wanted = rhythmRows > 0 ? `${base}+${rhythmRows}` : base;
  return LAYOUT_TEMPLATES.find((t) => t.kind === wanted)?.kind ?? template.kind;
}
