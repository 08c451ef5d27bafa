import type { Pin } from './edit-documents.ts';
import type { EditedPath } from './edited-path.ts';
import { layWire } from './live-wire.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import { withMachineColumns } from './pin-drag.ts';
import { PROVENANCE, type Provenance } from './provenance.ts';
import { leadBand, lineThroughInk, refineStretch, splice } from './solve-stretch.ts';

/** A stretch of a lead's path: canonical columns, the last one included. */
export interface ColumnRange {
  readonly cellId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What can be done to a stretch: `blank` says that nothing is printed there, `bridge` draws straight across it, `retrace`
 * follows the ink anew between its ends, `machine` takes all corrections back.
 */
export type ColumnAction = 'blank' | 'bridge' | 'retrace' | 'machine';

/** Does it; pins inside the stretch go. Null where the lead has no path there. */
export function editColumns(editor: PageEditor, range: ColumnRange, action: ColumnAction): EditResult | null {
  const { cellId } = range;
  const path = editor.path(cellId);
  if (!path) return null;
  const from = Math.max(path.x0, Math.round(range.from));
  const to = Math.min(path.x0 + path.provenance.length - 1, Math.round(range.to));
  if (to < from) return null;
  const pins = editor.pins(cellId).filter(([x]) => x < from || x > to);
  const next = changed(editor, path, from, to, action);
  return editor.update(new Map([[cellId, { path: next, pins, columns: { from, to } }]]));
}

function changed(
  editor: PageEditor,
  path: EditedPath,
  from: number,
  to: number,
  action: ColumnAction,
): EditedPath {
  switch (action) {
    case 'blank':
      return blankColumns(path, from, to);
    case 'bridge':
      return bridgeColumns(path, from, to);
    case 'retrace':
      return retraceColumns(editor, path, from, to);
    case 'machine':
      return withMachineColumns(editor, path, from, to);
  }
}

/** The path with nothing printed in some columns. */
export function blankColumns(path: EditedPath, from: number, to: number): EditedPath {
  return withRows(path, from, to, PROVENANCE.blank, () => Number.NaN);
}

/** The path straight across some columns. */
export function bridgeColumns(path: EditedPath, from: number, to: number): EditedPath {
  const before = rowAt(path, from - 1);
  const after = rowAt(path, to + 1);
  const left = Number.isNaN(before) ? after : before;
  const right = Number.isNaN(after) ? before : after;
  const wide = to - from + 2;
  return withRows(path, from, to, PROVENANCE.humanBridged, (x) => {
    return left + ((right - left) * (x - from + 1)) / wide;
  });
}

/**
 * Exchanges a stretch between two leads: where their traces cross, each had gone on along the other's. Columns that only
 * one of the two has stay.
 */
export function swapColumns(
  editor: PageEditor,
  a: string,
  b: string,
  range: Pick<ColumnRange, 'from' | 'to'>,
): EditResult | null {
  const first = editor.path(a);
  const second = editor.path(b);
  const columns = first && second && a !== b ? sharedColumns(first, second, range) : null;
  if (!first || !second || !columns) return null;
  return editor.update(
    new Map([
      [a, { path: withRowsOf(first, second, columns), pins: pinsBeside(editor, a, columns), columns }],
      [b, { path: withRowsOf(second, first, columns), pins: pinsBeside(editor, b, columns), columns }],
    ]),
  );
}

/**
 * Gives a stretch of one lead's trace to another, whose ink it had followed; the lead itself is traced anew there, past the
 * ink that is the other's now. Columns that only one of the two has stay.
 */
export function giveColumns(
  editor: PageEditor,
  giver: string,
  taker: string,
  range: Pick<ColumnRange, 'from' | 'to'>,
): EditResult | null {
  const mine = editor.path(giver);
  const theirs = editor.path(taker);
  const columns = mine && theirs && giver !== taker ? sharedColumns(mine, theirs, range) : null;
  if (!mine || !theirs || !columns) return null;
  const given = editor.update(
    new Map([
      [taker, { path: withRowsOf(theirs, mine, columns), pins: pinsBeside(editor, taker, columns), columns }],
    ]),
  );
  const path = retraceColumns(editor, mine, columns.from, columns.to);
  const traced = editor.update(
    new Map([[giver, { path, pins: pinsBeside(editor, giver, columns), columns }]]),
  );
  return { changes: [...given.changes, ...traced.changes], cellIds: [giver, taker] };
}

type Columns = Pick<ColumnRange, 'from' | 'to'>;

/** The columns of a range that two paths have; null for none. */
function sharedColumns(a: EditedPath, b: EditedPath, range: Columns): Columns | null {
  const from = Math.max(a.x0, b.x0, Math.round(range.from));
  const to = Math.min(a.x0 + a.provenance.length - 1, b.x0 + b.provenance.length - 1, Math.round(range.to));
  return to < from ? null : { from, to };
}

function withRowsOf(path: EditedPath, other: EditedPath, { from, to }: Columns): EditedPath {
  return withRows(path, from, to, PROVENANCE.human, (x) => {
    return other.fineY[Math.round((x - other.x0) * other.samplesPerPx)]!;
  });
}

function pinsBeside(editor: PageEditor, cellId: string, { from, to }: Columns): Pin[] {
  return editor.pins(cellId).filter(([x]) => x < from || x > to);
}

function rowAt(path: EditedPath, x: number): number {
  return path.fineY[(x - path.x0) * path.samplesPerPx] ?? Number.NaN;
}

function withRows(
  path: EditedPath,
  from: number,
  to: number,
  who: Provenance,
  row: (x: number) => number,
): EditedPath {
  const { x0, samplesPerPx } = path;
  const fineY = path.fineY.slice();
  for (let k = (from - x0) * samplesPerPx; k <= (to - x0) * samplesPerPx; k++) {
    fineY[k] = row(x0 + k / samplesPerPx);
  }
  const provenance = path.provenance.slice().fill(who, from - x0, to - x0 + 1);
  const confidence = path.confidence.slice().fill(1, from - x0, to - x0 + 1);
  return { ...path, fineY, provenance, confidence };
}

/** The path with the ink of some columns followed anew, from and to where it runs beside them. */
export function retraceColumns(editor: PageEditor, path: EditedPath, from: number, to: number): EditedPath {
  const { ground } = editor;
  const evidence = editor.evidenceOf(path.cellId);
  const pxPerMm = ground.rectification.canonicalPxPerMm;
  const { height } = evidence.ink.coverage;
  const band = leadBand(editor.cell(path.cellId), from, to + 1, height, pxPerMm);
  const { claims, others } = editor.claims(path.cellId);
  const end = (x: number): number | null => (Number.isNaN(rowAt(path, x)) ? null : rowAt(path, x));
  const wire = layWire(evidence.ink, band, claims, others, { from: end(from - 1), to: end(to + 1) });
  const line = lineThroughInk(evidence, band, wire.cheapest(), claims, others, path.samplesPerPx);
  return refineStretch(evidence, splice(path, line, from, to), from, to);
}
