import type { LeadName } from '../../shared/lead-name.ts';
import type { Box } from '../image/raster.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { EditedPath } from './edited-path.ts';
import { assemblePath, traceGaps } from './lay-path.ts';
import type { EditResult, PageEditor } from './page-editor.ts';

/** A lead is at least this long, millimetres. */
const LEAST_MM = 3;

/**
 * Moves the ends of a lead to other columns, canonical pixels. The moments of what it shows do not change; columns that are
 * new are traced, those cut off are dropped.
 */
export function resizeLead(editor: PageEditor, cellId: string, x0: number, x1: number): EditResult | null {
  const cell = editor.cell(cellId);
  const { canonicalPxPerMm: pxPerMm, canonicalWidth } = editor.ground.rectification;
  const from = Math.max(0, Math.round(x0));
  const to = Math.min(canonicalWidth, Math.round(x1));
  if (to - from < LEAST_MM * pxPerMm) return null;
  const pxPerSecond = pxPerMm * editor.layout().speedMmPerSecond;
  const next: LeadCell = {
    ...cell,
    x0: from,
    x1: to,
    startSeconds: cell.startSeconds + (from - cell.x0) / pxPerSecond,
    endSeconds: cell.endSeconds + (to - cell.x1) / pxPerSecond,
  };
  const before = editor.path(cellId);
  const moved = editor.setLayout(withCell(editor.layout(), next));
  if (!before) return moved;
  const path = editor.update(new Map([[cellId, { path: laid(editor, next, [before]) }]]));
  return joinResults(moved, path);
}

/** Adds a lead that is printed in a box of canonical pixels, and traces it. Null where there is no room for one. */
export function addLead(editor: PageEditor, box: Box, lead: LeadName): EditResult | null {
  const layout = editor.layout();
  const { canonicalPxPerMm: pxPerMm, canonicalWidth, canonicalHeight } = editor.ground.rectification;
  const x0 = Math.max(0, Math.round(box.x0));
  const x1 = Math.min(canonicalWidth, Math.round(box.x1));
  const y0 = Math.max(0, Math.round(box.y0));
  const y1 = Math.min(canonicalHeight, Math.round(box.y1));
  if (x1 - x0 < LEAST_MM * pxPerMm || y1 - y0 < LEAST_MM * pxPerMm) return null;
  const pxPerSecond = pxPerMm * layout.speedMmPerSecond;
  const zero = pageZero(layout, pxPerSecond, x0);
  const baselineY = (y0 + y1) / 2;
  const id = freeCellId(layout);
  const cell: LeadCell = {
    id,
    lead,
    role: 'lead',
    row: rowOf(layout, baselineY),
    column: 0,
    x0,
    x1,
    baselineY,
    y0,
    y1,
    startSeconds: Math.max(0, (x0 - zero) / pxPerSecond),
    endSeconds: Math.max(0, (x1 - zero) / pxPerSecond),
    inverted: false,
    labelBox: null,
    labelSource: 'user',
    confidence: 1,
  };
  const added = editor.setLayout({ ...layout, cells: [...layout.cells, cell] });
  const traced = editor.update(new Map([[id, { path: laid(editor, cell, []) }]]));
  return joinResults(added, traced);
}

/** Takes a lead off the page. */
export function dropLead(editor: PageEditor, cellId: string): EditResult {
  const layout = editor.layout();
  return editor.setLayout({ ...layout, cells: layout.cells.filter(({ id }) => id !== cellId) });
}

/** Two parts of one action. */
export const joinResults = (a: EditResult, b: EditResult): EditResult => ({
  changes: [...a.changes, ...b.changes],
  cellIds: [...new Set([...a.cellIds, ...b.cellIds])],
});

function laid(editor: PageEditor, cell: LeadCell, sources: readonly EditedPath[]): EditedPath {
  return traceGaps(editor, cell, assemblePath(cell, sources, 2 * editor.evidence.pen.radiusPx));
}

function withCell(layout: Layout, cell: LeadCell): Layout {
  return { ...layout, cells: layout.cells.map((other) => (other.id === cell.id ? cell : other)) };
}

/** Column of second 0 on the page's clock: as the leads above each other there have it. */
function pageZero({ cells }: Layout, pxPerSecond: number, x: number): number {
  let best: LeadCell | null = null;
  for (const cell of cells) {
    if (!best || Math.abs(cell.x0 - x) < Math.abs(best.x0 - x)) best = cell;
  }
  return best ? best.x0 - best.startSeconds * pxPerSecond : x;
}

function rowOf({ cells }: Layout, baselineY: number): number {
  let best: LeadCell | null = null;
  for (const cell of cells) {
    if (!best || Math.abs(cell.baselineY - baselineY) < Math.abs(best.baselineY - baselineY)) best = cell;
  }
  return best?.row ?? 0;
}

/** An id for a cell that is added. */
export function freeCellId({ cells }: Layout): string {
  let n = 0;
  while (cells.some(({ id }) => id === `added${n}`)) n++;
  return `added${n}`;
}
