import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';
import type { LayoutKind } from '../../lead/layout.ts';

/** One stretch of one lead as a layout prescribes it. */
export interface PlannedCell {
  /** Row and column, e.g. `r0c2`; rhythm strips follow as further rows with column 0. */
  readonly id: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  readonly row: number;
  readonly column: number;
  /** Page time, seconds. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Printed upside down (Cabrera prints -aVR). */
  readonly inverted: boolean;
}

const CABRERA_ORDER: readonly LeadName[] = ['aVL', 'I', 'aVR', 'II', 'aVF', 'III'];
const SHAPES: Record<LayoutKind, { rows: number; columns: number; rhythm: number }> = {
  '3x4': { rows: 3, columns: 4, rhythm: 0 },
  '3x4+1': { rows: 3, columns: 4, rhythm: 1 },
  '3x4+2': { rows: 3, columns: 4, rhythm: 2 },
  '3x4+3': { rows: 3, columns: 4, rhythm: 3 },
  '6x2': { rows: 6, columns: 2, rhythm: 0 },
  '6x2+1': { rows: 6, columns: 2, rhythm: 1 },
  '12x1': { rows: 12, columns: 1, rhythm: 0 },
  '4x3': { rows: 4, columns: 3, rhythm: 0 },
  '6x1': { rows: 6, columns: 1, rhythm: 0 },
  '3x1': { rows: 3, columns: 1, rhythm: 0 },
  strip: { rows: 0, columns: 1, rhythm: 1 },
};

/**
 * The cells of a layout: rows x columns filled column by column in the standard order (or Cabrera's, with aVR upside
 * down), all columns of equal length and following each other in time; rhythm strips over the whole page below.
 *
 * @param seconds length of a row on the page's clock
 * @param rhythmLeads leads of the rhythm strips, used from the front; II, V1, V5 when absent
 */
export function layoutCells(
  kind: LayoutKind,
  options: {
    readonly seconds: number;
    readonly cabrera?: boolean;
    readonly rhythmLeads?: readonly LeadName[];
  },
): PlannedCell[] {
  const { rows, columns, rhythm } = SHAPES[kind];
  const { seconds, cabrera = false, rhythmLeads = ['II', 'V1', 'V5'] } = options;
  const order = cabrera ? [...CABRERA_ORDER, ...LEAD_NAMES.slice(6)] : LEAD_NAMES;
  const cells: PlannedCell[] = [];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const lead = order[column * rows + row]!;
      cells.push({
        id: `r${row}c${column}`,
        lead,
        role: 'lead',
        row,
        column,
        startSeconds: (column * seconds) / columns,
        endSeconds: ((column + 1) * seconds) / columns,
        inverted: cabrera && lead === 'aVR',
      });
    }
  }
  for (let strip = 0; strip < rhythm; strip++) {
    const row = rows + strip;
    cells.push({
      id: `r${row}c0`,
      lead: rhythmLeads[strip] ?? LEAD_NAMES[strip]!,
      role: 'rhythm',
      row,
      column: 0,
      startSeconds: 0,
      endSeconds: seconds,
      inverted: false,
    });
  }
  return cells;
}

/** Number of rows of a layout, rhythm strips included. */
export function layoutRows(kind: LayoutKind): number {
  return SHAPES[kind].rows + SHAPES[kind].rhythm;
}

/** Number of rhythm strips of a layout. */
export function layoutRhythmRows(kind: LayoutKind): number {
  return SHAPES[kind].rhythm;
}
