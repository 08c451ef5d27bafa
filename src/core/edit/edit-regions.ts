import type { PageRegion } from '../region/page-region.ts';
import { eachRun, regionSpans } from '../region/region-spans.ts';
import { blankColumns, bridgeColumns, retraceColumns } from './edit-columns.ts';
import { regionsOf } from './edit-documents.ts';
import type { EditedPath } from './edited-path.ts';
import type { EditResult, LeadUpdate, PageEditor } from './page-editor.ts';
import { isHuman, PROVENANCE } from './provenance.ts';
import { ascending } from '../../shared/ascending.ts';

/** How far about a region a trace is followed anew, so that it comes back to where it was, millimetres. */
const MARGIN_MM = 1;
/** Stretches of a trace in a region that lie nearer together are one, millimetres. */
const APART_MM = 2;

/**
 * Marks a region; leads whose traces it touches are traced again there, on the ink as it is then. One action. Null for a
 * region without a pixel on the page.
 */
export function addRegion(editor: PageEditor, region: Omit<PageRegion, 'id'>): EditResult | null {
  const marked: PageRegion = { ...region, id: freeId(editor) };
  const touched = touchedColumns(editor, marked, marked.kind === 'exclude' ? () => false : isUnread);
  if (!touched) return null;
  return join(
    editor.setRegion(marked.id, marked),
    traceAgain(editor, touched, marked.kind === 'exclude' ? marked.gap : null),
  );
}

/** Takes a region away; the traces that pass through it are followed again. One action. Null where there is no such region. */
export function dropRegion(editor: PageEditor, id: string): EditResult | null {
  const region = editor.regions().find((one) => one.id === id);
  if (!region) return null;
  const touched =
    touchedColumns(editor, region, region.kind === 'exclude' ? isBlank : () => false) ??
    new Map<string, Columns>();
  return join(editor.setRegion(id, null), traceAgain(editor, touched, null));
}

const join = (a: EditResult, b: EditResult): EditResult => ({
  changes: [...a.changes, ...b.changes],
  cellIds: [...new Set([...a.cellIds, ...b.cellIds])],
});

function freeId({ documents }: PageEditor): string {
  const taken = new Set(regionsOf(documents).map(({ id }) => id));
  let n = 0;
  while (taken.has(`r${n}`)) n++;
  return `r${n}`;
}

type Columns = readonly { readonly from: number; readonly to: number }[];

/**
 * Which columns of which leads run through a region, or lack the ink that it offers in their band; null for a region that
 * lies off the page.
 */
function touchedColumns(
  editor: PageEditor,
  region: PageRegion,
  lacks: (path: EditedPath, x: number) => boolean,
): Map<string, Columns> | null {
  const { width, height } = editor.evidence.ink.coverage;
  const { warp, canonicalPxPerMm: pxPerMm } = editor.ground.rectification;
  const spans = regionSpans(region, warp, width, height);
  if (spans.runs.length === 0) return null;
  const { x0, x1 } = spans.box;
  const tops = new Int32Array(x1 - x0).fill(height);
  const bottoms = new Int32Array(x1 - x0).fill(-1);
  const inside = new Set<number>();
  eachRun(spans, (y, first, last) => {
    for (let x = first; x <= last; x++) {
      tops[x - x0] = Math.min(tops[x - x0]!, y);
      bottoms[x - x0] = Math.max(bottoms[x - x0]!, y);
      inside.add(y * width + x);
    }
  });
  const touched = new Map<string, Columns>();
  for (const cell of editor.layout().cells) {
    if (region.cellId !== null && region.cellId !== cell.id) continue;
    const path = editor.path(cell.id);
    if (!path) continue;
    const reach = editor.evidence.pen.radiusPx;
    const columns: number[] = [];
    for (let x = Math.max(x0, path.x0); x < Math.min(x1, path.x0 + path.provenance.length); x++) {
      if (runsThrough(path, x, reach, (pixel) => inside.has(pixel), width)) columns.push(x);
      else if (bottoms[x - x0]! >= cell.y0 && tops[x - x0]! <= cell.y1 && lacks(path, x)) columns.push(x);
    }
    const stretches = together(columns, APART_MM * pxPerMm);
    if (stretches.length > 0) touched.set(cell.id, stretches);
  }
  return touched;
}

/** Whether the stroke of a path in a column, climbs to the next included, has a pixel in a region. */
function runsThrough(
  { x0, fineY, samplesPerPx: s }: EditedPath,
  x: number,
  reach: number,
  isInside: (pixel: number) => boolean,
  width: number,
): boolean {
  const here = fineY[(x - x0) * s]!;
  const next = fineY[Math.min(fineY.length - 1, (x - x0 + 1) * s)]!;
  const other = Number.isNaN(next) ? here : next;
  if (Number.isNaN(here)) return false;
  const top = Math.round(Math.min(here, other) - reach);
  const bottom = Math.round(Math.max(here, other) + reach);
  for (let y = top; y <= bottom; y++) if (isInside(y * width + x)) return true;
  return false;
}

/** Whether the machine found nothing of a lead in a column. */
function isUnread(path: EditedPath, x: number): boolean {
  const provenance = path.provenance[x - path.x0]!;
  if (isHuman(provenance)) return false;
  const row = path.fineY[(x - path.x0) * path.samplesPerPx]!;
  return provenance === PROVENANCE.machineBridged || Number.isNaN(row);
}

/** Whether a column was left blank, as it is where a region took the ink away. */
function isBlank(path: EditedPath, x: number): boolean {
  return path.provenance[x - path.x0] === PROVENANCE.blank;
}

function together(columns: readonly number[], apartPx: number): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const x of columns) {
    const last = stretches.at(-1);
    if (last && x - last.to <= apartPx) last.to = x;
    else stretches.push({ from: x, to: x });
  }
  return stretches;
}

/** Follows the ink in columns of leads anew; what has none is closed as `gap` says, if it says anything. */
function traceAgain(
  editor: PageEditor,
  touched: ReadonlyMap<string, Columns>,
  gap: PageRegion['gap'] | null,
): EditResult {
  const margin = Math.round(MARGIN_MM * editor.ground.rectification.canonicalPxPerMm);
  const updates = new Map<string, LeadUpdate>();
  for (const [cellId, stretches] of touched) {
    let path = editor.path(cellId)!;
    let from = Infinity;
    let to = -Infinity;
    for (const stretch of stretches) {
      const first = Math.max(path.x0, stretch.from - margin);
      const last = Math.min(path.x0 + path.provenance.length - 1, stretch.to + margin);
      for (const part of betweenPins(editor, cellId, first, last)) {
        path = retraceColumns(editor, path, part.from, part.to);
        if (gap) path = closeGaps(path, part.from, part.to, gap);
      }
      from = Math.min(from, first);
      to = Math.max(to, last);
    }
    updates.set(cellId, { path, columns: { from, to } });
  }
  return editor.update(updates);
}

/** The parts of a stretch between the pins in it: those stay where they are. */
function betweenPins(editor: PageEditor, cellId: string, from: number, to: number): Columns {
  const pins = editor
    .pins(cellId)
    .map(([x]) => Math.round(x))
    .filter((x) => x >= from && x <= to)
    .sort(ascending);
  const ends = [from - 1, ...pins, to + 1];
  return ends.slice(1).flatMap((end, k) => (end - ends[k]! > 1 ? [{ from: ends[k]! + 1, to: end - 1 }] : []));
}

/** Bridges, or leaves blank, what has no ink between two columns. */
function closeGaps(path: EditedPath, from: number, to: number, gap: PageRegion['gap']): EditedPath {
  let closed = path;
  for (let x = from; x <= to; x++) {
    if (path.provenance[x - path.x0] !== PROVENANCE.humanBridged) continue;
    let end = x;
    while (end < to && path.provenance[end + 1 - path.x0] === PROVENANCE.humanBridged) end++;
    closed = gap === 'blank' ? blankColumns(closed, x, end) : bridgeColumns(closed, x, end);
    x = end;
  }
  return closed;
}
