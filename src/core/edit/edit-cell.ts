import type { LeadName } from '../../shared/lead-name.ts';
import type { Box } from '../image/raster.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import { samplesOf, type EditedPath } from './edited-path.ts';
import { SAMPLES_PER_PX } from '../trace/trace-cell.ts';
import { layWire } from './live-wire.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import { PROVENANCE } from './provenance.ts';
import { leadBand, lineThroughInk, refineStretch, splice } from './solve-stretch.ts';

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
  const path = editor.update(new Map([[cellId, { path: resized(editor, before, next) }]]));
  return join(moved, path);
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
  const id = freeId(layout);
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
  const columns = x1 - x0;
  const empty: EditedPath = {
    cellId: id,
    x0,
    samplesPerPx: SAMPLES_PER_PX,
    strokeWidthPx: 2 * editor.evidence.pen.radiusPx,
    fineY: new Float32Array(samplesOf(columns, SAMPLES_PER_PX)).fill(Number.NaN),
    confidence: new Float32Array(columns),
    provenance: new Uint8Array(columns),
  };
  const traced = editor.update(
    new Map([[id, { path: traceColumns(editor, empty, cell, x0, x1 - 1, null, null) }]]),
  );
  return join(added, traced);
}

/** Takes a lead off the page. */
export function dropLead(editor: PageEditor, cellId: string): EditResult {
  const layout = editor.layout();
  return editor.setLayout({ ...layout, cells: layout.cells.filter(({ id }) => id !== cellId) });
}

const join = (a: EditResult, b: EditResult): EditResult => ({
  changes: [...a.changes, ...b.changes],
  cellIds: [...new Set([...a.cellIds, ...b.cellIds])],
});

function withCell(layout: Layout, cell: LeadCell): Layout {
  return { ...layout, cells: layout.cells.map((other) => (other.id === cell.id ? cell : other)) };
}

function resized(editor: PageEditor, before: EditedPath, cell: LeadCell): EditedPath {
  const { samplesPerPx: s } = before;
  const columns = cell.x1 - cell.x0;
  const path: EditedPath = {
    ...before,
    x0: cell.x0,
    fineY: new Float32Array(samplesOf(columns, s)).fill(Number.NaN),
    confidence: new Float32Array(columns),
    provenance: new Uint8Array(columns),
  };
  const first = Math.max(cell.x0, before.x0);
  const last = Math.min(cell.x1, before.x0 + before.provenance.length) - 1;
  if (last < first) return traceColumns(editor, path, cell, cell.x0, cell.x1 - 1, null, null);
  const here = first - cell.x0;
  const there = first - before.x0;
  const kept = last - first + 1;
  path.fineY.set(before.fineY.subarray(there * s, there * s + samplesOf(kept, s)), here * s);
  path.confidence.set(before.confidence.subarray(there, there + kept), here);
  path.provenance.set(before.provenance.subarray(there, there + kept), here);
  const row = (x: number): number => path.fineY[(x - cell.x0) * s]!;
  const left =
    first > cell.x0 ? traceColumns(editor, path, cell, cell.x0, first - 1, null, row(first)) : path;
  return last < cell.x1 - 1 ? traceColumns(editor, left, cell, last + 1, cell.x1 - 1, row(last), null) : left;
}

/** Traces some columns of a path as the machine would, beginning and ending at given rows. */
function traceColumns(
  editor: PageEditor,
  path: EditedPath,
  cell: LeadCell,
  from: number,
  to: number,
  left: number | null,
  right: number | null,
): EditedPath {
  const evidence = editor.evidenceOf(cell.id);
  const { height } = evidence.ink.coverage;
  const band = leadBand(cell, from, to + 1, height, editor.ground.rectification.canonicalPxPerMm);
  const { claims, others } = editor.claims(cell.id);
  const wire = layWire(evidence.ink, band, claims, others, { from: left, to: right });
  const line = lineThroughInk(evidence, band, wire.cheapest(), claims, others, path.samplesPerPx);
  const refined = refineStretch(evidence, splice(path, line, from, to), from, to);
  const provenance = refined.provenance.slice();
  const confidence = refined.confidence.slice();
  for (let x = from; x <= to; x++) {
    const bridged = provenance[x - path.x0] === PROVENANCE.humanBridged;
    provenance[x - path.x0] = bridged ? PROVENANCE.machineBridged : PROVENANCE.machine;
    confidence[x - path.x0] = bridged ? 0.2 : 0.8;
  }
  return { ...refined, provenance, confidence };
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

function freeId({ cells }: Layout): string {
  let n = 0;
  while (cells.some(({ id }) => id === `added${n}`)) n++;
  return `added${n}`;
}
