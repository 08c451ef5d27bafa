import { templateOf } from '../lead/layout-templates.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import type { EditedPath } from './edited-path.ts';
import { assemblePath, joined, traceGaps, type AssembledPath } from './lay-path.ts';
import type { PageEditor } from './page-editor.ts';
import type { TemplateGuides } from './template-guides.ts';

/** How far the laying of a template has come. */
export interface TemplateProgress {
  readonly done: number;
  readonly total: number;
}

const RHYTHM_LEADS: readonly LeadName[] = ['II', 'V1', 'V5'];
/** Share of the distance to the next row that a lead may reach into it. */
const REACH = 0.75;
/** A lead takes the place of a present one that lies in its row and shares so much of its columns. */
const LEAST_SHARED = 0.25;

interface Place {
  readonly lead: LeadName;
  readonly role: LeadCell['role'];
  readonly row: number;
  readonly column: number;
  readonly x0: number;
  readonly x1: number;
}

/**
 * Lays a template over a page: its cells take the place of the present ones. Leads that lie in the same row keep what is
 * known of their traces, also what a person drew; columns that nobody has traced are traced, a lead at a time. Changes the
 * editor, so it is to be run on one of its own; half a second for a page of which nothing was known.
 */
export function* applyTemplate(
  editor: PageEditor,
  guides: TemplateGuides,
): Generator<TemplateProgress, void, void> {
  const layout = editor.layout();
  const { canonicalPxPerMm, canonicalWidth, canonicalHeight } = editor.ground.rectification;
  const spacing = rowSpacing(guides.rows, canonicalHeight);
  const pxPerSecond = canonicalPxPerMm * layout.speedMmPerSecond;
  const taken = new Set<string>();
  const ids = new Set(layout.cells.map(({ id }) => id));
  const cells = placesOf(guides, layout.cells, canonicalWidth).map((place): LeadCell => {
    const baselineY = guides.rows[place.row]!;
    const heir = heirOf(place, baselineY, spacing, layout.cells, taken);
    const id = heir?.id ?? freeId(ids);
    taken.add(id);
    ids.add(id);
    const gap = spacing * REACH;
    const named = heir?.lead === place.lead ? heir : null;
    const inverted = guides.cabrera && place.lead === 'aVR' && place.role === 'lead';
    return {
      id,
      ...place,
      baselineY,
      y0: Math.max(0, Math.floor(Math.min(baselineY - gap, heir?.y0 ?? baselineY))),
      y1: Math.min(canonicalHeight, Math.ceil(Math.max(baselineY + gap, heir?.y1 ?? baselineY))),
      startSeconds: (place.x0 - guides.columns[0]!) / pxPerSecond,
      endSeconds: (place.x1 - guides.columns[0]!) / pxPerSecond,
      inverted: named?.inverted ?? inverted,
      ...(heir?.gainMmPerMillivolt === undefined ? {} : { gainMmPerMillivolt: heir.gainMmPerMillivolt }),
      labelBox: named?.labelBox ?? null,
      labelSource: 'user',
      confidence: 1,
    };
  });
  const known = sourcesOf(editor, cells, spacing);
  editor.setLayout({ ...layout, kind: guides.kind, cabrera: guides.cabrera, cells });
  // First what is known, so that no lead is traced along another's ink.
  const strokeWidthPx = 2 * editor.evidence.pen.radiusPx;
  const assembled = new Map<LeadCell, AssembledPath>(
    cells.map((cell) => [cell, assemblePath(cell, known.get(cell.id) ?? [], strokeWidthPx)]),
  );
  for (const [cell, { path }] of assembled) keep(editor, cell, joined(path));
  let done = 0;
  for (const [cell, part] of assembled) {
    if (part.gaps.length > 0) keep(editor, cell, traceGaps(editor, cell, part));
    yield { done: ++done, total: cells.length };
  }
}

/** The cells of a template, their columns cut at the edges of the page. */
function placesOf(
  { kind, cabrera, columns, rows }: TemplateGuides,
  present: readonly LeadCell[],
  width: number,
): Place[] {
  const template = templateOf(kind, cabrera);
  const cut = (x: number): number => Math.max(0, Math.min(width, Math.round(x)));
  const strips = present.filter(({ role }) => role === 'rhythm').sort((a, b) => a.baselineY - b.baselineY);
  const places = rows.flatMap((_, row): Place[] => {
    const leads = template.grid[row];
    if (!leads) {
      const k = row - template.grid.length;
      const lead = strips[k]?.lead ?? RHYTHM_LEADS[k % RHYTHM_LEADS.length]!;
      return [{ lead, role: 'rhythm', row, column: 0, x0: cut(columns[0]!), x1: cut(columns.at(-1)!) }];
    }
    return leads.map((lead, column): Place => {
      return { lead, role: 'lead', row, column, x0: cut(columns[column]!), x1: cut(columns[column + 1]!) };
    });
  });
  return places.filter(({ x0, x1 }) => x1 > x0);
}

/** The present cell that a place is the same as. */
function heirOf(
  { x0, x1, role }: Place,
  baselineY: number,
  spacing: number,
  cells: readonly LeadCell[],
  taken: ReadonlySet<string>,
): LeadCell | null {
  let best: LeadCell | null = null;
  let most = LEAST_SHARED;
  for (const cell of cells) {
    if (taken.has(cell.id) || Math.abs(cell.baselineY - baselineY) > spacing / 2) continue;
    const shared = Math.min(x1, cell.x1) - Math.max(x0, cell.x0);
    const share = shared / Math.max(x1 - x0, cell.x1 - cell.x0) + (cell.role === role ? 0.1 : 0);
    if (share > most) [best, most] = [cell, share];
  }
  return best;
}

/** The paths that run along the row of each cell, its own first. */
function sourcesOf(
  editor: PageEditor,
  cells: readonly LeadCell[],
  spacing: number,
): ReadonlyMap<string, readonly EditedPath[]> {
  const present = editor.layout().cells;
  return new Map(
    cells.map((cell) => {
      const along = present
        .filter(({ id, baselineY }) => id === cell.id || Math.abs(baselineY - cell.baselineY) < spacing / 2)
        .sort((a, b) => Number(b.id === cell.id) - Number(a.id === cell.id));
      return [cell.id, along.flatMap(({ id }) => editor.path(id) ?? [])];
    }),
  );
}

function keep(editor: PageEditor, cell: LeadCell, path: EditedPath): void {
  const pins = editor.pins(cell.id).filter(([x]) => x >= cell.x0 && x <= cell.x1);
  editor.update(new Map([[cell.id, { path, pins }]]));
}

function rowSpacing(rows: readonly number[], height: number): number {
  const gaps = rows.slice(1).map((y, k) => y - rows[k]!);
  return gaps.length > 0 ? Math.min(...gaps) : height / 2;
}

function freeId(ids: ReadonlySet<string>): string {
  let n = 0;
  while (ids.has(`added${n}`)) n++;
  return `added${n}`;
}
