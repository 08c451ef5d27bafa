import fc from 'fast-check';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { reverseChange } from '../../shared/edit/byte-change.ts';
import { documentChanges } from '../../shared/edit/document-changes.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { LAYOUT_KINDS } from '../lead/layout.ts';
import { templateOf } from '../lead/layout-templates.ts';
import { applyTemplate } from './apply-template.ts';
import { checkDocument } from './check-document.ts';
import { dropLead, resizeLead } from './edit-cell.ts';
import { guideSnaps, snapColumn, snapRow } from './guide-snaps.ts';
import { createPageEditor, type PageEditor } from './page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from './page-evidence.ts';
import { leadBeside, mergeLeads, splitLead } from './split-lead.ts';
import { firstGuides, moveGuide } from './template-guides.ts';

let base: Digitization;
let evidence: PageEvidence;
let editor: PageEditor;
beforeAll(async () => {
  const { raster } = drawnPage();
  base = await digitizePage(raster);
  evidence = decodeEvidence(encodeEvidence(raster, base));
});
beforeEach(() => {
  editor = createPageEditor(base, new Map(), evidence);
});

const page = () => {
  const { canonicalWidth: width, canonicalHeight: height, canonicalPxPerMm: pxPerMm } = base.rectification!;
  return { width, height, pxPerMm };
};

/** Share of a lead's columns whose row is within 1.5 pixels of the machine's reading of the page. */
function likeTruth(of: PageEditor, lead: string): number {
  const cell = of.layout().cells.find((candidate) => candidate.lead === lead && candidate.role === 'lead')!;
  const truth = base.layout!.cells.find((candidate) => candidate.lead === lead && candidate.role === 'lead')!;
  const path = of.path(cell.id)!;
  const known = base.paths.find(({ cellId }) => cellId === truth.id)!;
  let alike = 0;
  for (let column = 0; column < known.y.length; column++) {
    const row = path.fineY[(known.x0 + column - path.x0) * path.samplesPerPx];
    if (row !== undefined && Math.abs(row - known.y[column]!) < 1.5) alike++;
  }
  return alike / known.y.length;
}

test('every layout can be laid over the page: as many edges and rows as it has, in order and on the page', () => {
  for (const kind of LAYOUT_KINDS) {
    const { grid, rhythmRows } = templateOf(kind, false);
    const { columns, rows } = firstGuides(base.layout!, kind, false, page());
    expect(columns).toHaveLength(grid[0]!.length + 1);
    expect(rows).toHaveLength(grid.length + rhythmRows);
    for (const lines of [columns, rows]) expect([...lines].sort((a, b) => a - b)).toEqual(lines);
    expect(rows.at(-1)!).toBeLessThan(page().height);
  }
  const { columns, rows } = firstGuides(base.layout!, '3x4+1', false, page());
  const cell = (id: string) => base.layout!.cells.find((candidate) => candidate.id === id)!;
  expect(columns[2]).toBeCloseTo(cell('r0c2').x0, 0);
  expect(rows[3]).toBeCloseTo(cell('r3c0').baselineY, 0);
});

test('guides keep their order however they are dragged, and even columns stay even at an outer edge', () => {
  const guides = firstGuides(base.layout!, '3x4+1', false, page());
  const evened = { ...guides, columns: [100, 200, 300, 400, 500] };
  expect(moveGuide(evened, 'columns', 4, 580, 5).columns).toEqual([100, 220, 340, 460, 580]);
  expect(moveGuide(evened, 'columns', 2, 310, 5).columns).toEqual([100, 200, 310, 400, 500]);
  fc.assert(
    fc.property(fc.nat(3), fc.double({ min: -1e4, max: 1e4, noNaN: true }), (index, to) => {
      for (const which of ['columns', 'rows'] as const) {
        const lines = moveGuide(guides, which, index, to, 5)[which];
        lines.forEach((line, k) => k > 0 && expect(line).toBeGreaterThan(lines[k - 1]!));
      }
    }),
  );
});

test('guides are drawn to separators, usual durations, beats, rows of ink and whole millimetres, in this order', () => {
  const snaps = guideSnaps(editor);
  const { pxPerMm, pxPerSecond, marks } = snaps;
  expect(snapColumn(marks[0]! + 2, [], snaps, 4)).toEqual({ at: marks[0], to: 'mark' });
  const far = { ...snaps, marks: [], beats: [310] };
  expect(snapColumn(100 + 2.5 * pxPerSecond + 3, [100], far, 4)).toEqual({
    at: 100 + 2.5 * pxPerSecond,
    to: 'duration',
  });
  expect(snapColumn(311, [100], far, 4)).toEqual({ at: 310, to: 'beat' });
  const mm = snapColumn(100 + 20.3 * pxPerMm, [100], { ...far, beats: [] }, 0);
  expect(mm).toEqual({ at: 100 + 20 * pxPerMm, to: 'mm' });
  for (const { baselineY } of base.layout!.cells) {
    const { at, to } = snapRow(baselineY + 4, { ...snaps, rows: snaps.rows.slice(4) }, 1.5 * pxPerMm);
    expect(to).toBe('row');
    expect(Math.abs(at - baselineY)).toBeLessThan(1.5 * pxPerMm);
  }
});

test('a template laid over the page it fits changes no trace', () => {
  for (const { total } of applyTemplate(editor, firstGuides(base.layout!, '3x4+1', false, page())))
    expect(total).toBe(13);
  expect(editor.layout().cells.map(({ id, lead, role }) => [id, lead, role])).toEqual(
    base.layout!.cells.map(({ id, lead, role }) => [id, lead, role]),
  );
  for (const { lead, role } of base.layout!.cells)
    if (role === 'lead') expect(likeTruth(editor, lead)).toBeGreaterThan(0.97);
});

test('columns that were read wrongly and a row that was overlooked come right in one action, which is taken back', () => {
  for (const id of ['r1c0', 'r1c1', 'r1c2', 'r1c3']) dropLead(editor, id);
  const { x0, x1 } = editor.cell('r0c1');
  resizeLead(editor, 'r0c1', x0 + 60, x1 - 40);
  const wrong = new Map(editor.documents);
  const scratch = createPageEditor(base, wrong, evidence);
  const found = firstGuides(scratch.layout(), '3x4+1', false, page());
  const snaps = guideSnaps(scratch);
  const rows = [0, 1, 2, 3].map((row) => base.layout!.cells.find((cell) => cell.row === row)!.baselineY);
  const guides = { ...found, rows: rows.map((y) => snapRow(y + 5, snaps, 30).at) };
  const columns = [0, 1, 2, 3].map((c) => base.layout!.cells.find(({ id }) => id === `r2c${c}`)!.x0);
  const steps = [...applyTemplate(scratch, { ...guides, columns: [...columns, guides.columns[4]!] })];
  expect(steps).toHaveLength(13);
  const changes = documentChanges(wrong, scratch.documents);
  editor.apply(changes);
  for (const { lead, role } of base.layout!.cells) {
    if (role === 'lead') expect([lead, likeTruth(editor, lead) > 0.95]).toEqual([lead, true]);
  }
  for (const [key, bytes] of editor.documents) checkDocument(key, bytes);
  editor.apply([...changes].reverse().map(reverseChange));
  expect(editor.documents).toEqual(wrong);
});

test('a lead is split where somebody says, and merged again it is what it was', () => {
  const before = editor.path('r0c1')!;
  const cell = editor.cell('r0c1');
  const middle = Math.round((cell.x0 + cell.x1) / 2);
  expect(splitLead(editor, 'r0c1', cell.x0 + 2, 'V6')).toBeNull();
  const split = splitLead(editor, 'r0c1', middle, 'V6')!;
  const left = editor.cell('r0c1');
  const right = editor.layout().cells.find(({ x0, row }) => x0 === middle && row === cell.row)!;
  expect([left.lead, right.lead]).toEqual([cell.lead, 'V6']);
  expect(right.startSeconds).toBeCloseTo((cell.startSeconds + cell.endSeconds) / 2, 2);
  expect(editor.signal(right.id)!.millivolts.length).toBeGreaterThan(100);
  expect(leadBeside(editor, 'r0c1')!.id).toBe(right.id);
  const merged = mergeLeads(editor, 'r0c1', right.id);
  expect(editor.cell('r0c1')).toMatchObject({
    lead: cell.lead,
    x0: cell.x0,
    x1: cell.x1,
    endSeconds: cell.endSeconds,
  });
  const after = editor.path('r0c1')!;
  let apart = 0;
  for (let k = 0; k < after.fineY.length; k++)
    apart = Math.max(apart, Math.abs(after.fineY[k]! - before.fineY[k]!));
  expect(apart).toBeLessThan(1);
  for (const { changes } of [merged, split]) editor.apply([...changes].reverse().map(reverseChange));
  expect(editor.documents.size).toBe(0);
});

test('the rhythm strip stands alone on its row', () => {
  expect(leadBeside(editor, 'r3c0')).toBeNull();
});
