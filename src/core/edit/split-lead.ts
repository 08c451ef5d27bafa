import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { EditedPath } from './edited-path.ts';
import { freeCellId, joinResults } from './edit-cell.ts';
import { assemblePath, joined, traceGaps } from './lay-path.ts';
import type { EditResult, PageEditor } from './page-editor.ts';

/** Neither part of a lead that is split may be shorter, millimetres. */
const LEAST_MM = 3;

/**
 * Splits a lead at a column into two that follow each other on the paper; the second one is named anew. Traces, pins and
 * moments stay. Null where a part would be too short.
 */
export function splitLead(editor: PageEditor, cellId: string, x: number, name: LeadName): EditResult | null {
  const layout = editor.layout();
  const cell = editor.cell(cellId);
  const least = LEAST_MM * editor.ground.rectification.canonicalPxPerMm;
  const at = Math.round(x);
  if (at - cell.x0 < least || cell.x1 - at < least) return null;
  const moment =
    cell.startSeconds + ((at - cell.x0) * (cell.endSeconds - cell.startSeconds)) / (cell.x1 - cell.x0);
  const left: LeadCell = { ...cell, x1: at, endSeconds: moment };
  const right: LeadCell = {
    ...cell,
    id: freeCellId(layout),
    lead: name,
    column: cell.column + 1,
    x0: at,
    startSeconds: moment,
    labelBox: null,
    labelSource: 'user',
    confidence: 1,
  };
  const before = editor.path(cellId);
  const pins = editor.pins(cellId);
  const cells = layout.cells.flatMap((other) => (other.id === cellId ? [left, right] : [other]));
  const moved = editor.setLayout({ ...layout, cells });
  if (!before) return moved;
  const part = (half: LeadCell) => ({
    path: joined(assemblePath(half, [before], before.strokeWidthPx).path),
    pins: pins.filter(([column]) => column >= half.x0 && column < half.x1),
  });
  const paths = editor.update(
    new Map([
      [left.id, part(left)],
      [right.id, part(right)],
    ]),
  );
  return joinResults(moved, paths);
}

/** The lead that follows another on its row, or goes before it where none follows; null where it is alone. */
export function leadBeside(editor: PageEditor, cellId: string): LeadCell | null {
  const cell = editor.cell(cellId);
  const reach = 5 * editor.ground.rectification.canonicalPxPerMm;
  const beside = editor
    .layout()
    .cells.filter(
      ({ id, role, baselineY, y0, y1 }) =>
        id !== cellId &&
        role === cell.role &&
        baselineY > cell.y0 &&
        baselineY < cell.y1 &&
        cell.baselineY > y0 &&
        cell.baselineY < y1,
    );
  const next = beside.filter(({ x0 }) => x0 >= cell.x1 - reach).sort((a, b) => a.x0 - b.x0)[0];
  return next ?? beside.filter(({ x1 }) => x1 <= cell.x0 + reach).sort((a, b) => b.x1 - a.x1)[0] ?? null;
}

/** Makes one lead of two that follow each other on a row; it bears the name of the first given. What lies between is traced. */
export function mergeLeads(editor: PageEditor, cellId: string, otherId: string): EditResult {
  const layout = editor.layout();
  const kept = editor.cell(cellId);
  const other = editor.cell(otherId);
  const [first, last] = kept.x0 <= other.x0 ? [kept, other] : [other, kept];
  const cell: LeadCell = {
    ...kept,
    column: Math.min(kept.column, other.column),
    x0: first.x0,
    x1: last.x1,
    startSeconds: first.startSeconds,
    endSeconds: last.endSeconds,
    y0: Math.min(kept.y0, other.y0),
    y1: Math.max(kept.y1, other.y1),
  };
  const sources = [editor.path(cellId), editor.path(otherId)].filter(
    (path): path is EditedPath => path !== null,
  );
  const pins = [...editor.pins(first.id), ...editor.pins(last.id)];
  const cells = layout.cells
    .filter(({ id }) => id !== otherId)
    .map((same) => (same.id === cellId ? cell : same));
  const moved = editor.setLayout({ ...layout, cells });
  const assembled = assemblePath(cell, sources, 2 * editor.evidence.pen.radiusPx);
  const path = traceGaps(editor, cell, assembled);
  return joinResults(moved, editor.update(new Map([[cellId, { path, pins }]])));
}
