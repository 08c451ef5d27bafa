import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { emptyReading, storeReading } from '../../../tests/fixtures/store-reading.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import type { Digitization } from '../../core/digitization.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import { encodeJson } from '../../core/edit/edit-documents.ts';
import { changeBetween } from '../../shared/edit/byte-change.ts';
import { projectExportSource } from '../export/project-export-source.ts';
import { createCorrectedPages } from './corrected-pages.ts';
import { summarizeDigitization } from './summarize-digitization.ts';
import { openProject, type Project } from './open-project.ts';

let reading: Digitization;
beforeAll(async () => {
  reading = await digitizePage(drawnPage().raster);
});

/** A project with one page that was digitized. */
function digitized(dir = tempDir()): { project: Project; id: number; fileId: number } {
  const project = openProject(join(dir, 'project'));
  onTestFinished(() => project.close());
  mkdirSync(join(dir, 'scans'), { recursive: true });
  const folder = project.folders.add(join(dir, 'scans'), { watch: true });
  const [fileId] = project.files.add(folder, [{ relativePath: 'a.png', size: 1, mtimeMs: 1 }], {
    queue: false,
  });
  const id = project.pages.ids()[0]!;
  storeReading(project, id, reading);
  return { project, id, fileId: fileId! };
}

/** Renames the first lead of the page. */
function rename(project: Project, id: number, lead: 'V5' | 'V6'): void {
  const layout = reading.layout!;
  const cells = layout.cells.map((cell, i) =>
    i === 0 ? { ...cell, lead, labelSource: 'user' as const } : cell,
  );
  const { revision } = project.edits.stack(id);
  const before = project.edits.document(id, 'layout');
  const change = changeBetween('layout', before, encodeJson({ ...layout, cells }))!;
  const said = { tool: 'lead', label: `Rename to ${lead}`, who: 'ann', milliseconds: 1 };
  project.edits.commit(id, { ...said, revision, changes: [change] });
}

const leads = (project: Project, id: number) =>
  createCorrectedPages(project)
    .page(id)
    ?.layout?.cells.map(({ lead }) => lead) ?? null;

test('the command line exports what people corrected', async () => {
  const { project, id } = digitized();
  rename(project, id, 'V6');
  const { digitization, versions } = await projectExportSource(project).load(id);
  expect(digitization!.signals[0]!.lead).toBe('V6');
  expect(versions).toMatchObject({ tracewright: '1' });
});

test('an uncorrected page is simply read anew', () => {
  const { project, id } = digitized();
  storeReading(project, id, { ...reading, confidence: 0.5 });
  expect([project.results.runs(id), project.results.baseRun(id)]).toEqual([2, 2]);
  expect(project.edits.history(id)).toEqual([]);
});

test('every reading that was corrected can be gone back to', () => {
  const { project, id } = digitized();
  rename(project, id, 'V6');
  storeReading(project, id, { ...reading, confidence: 0.5 });
  rename(project, id, 'V5');
  storeReading(project, id, { ...reading, confidence: 0.4 });
  expect(project.results.digitization(id)!.confidence).toBe(0.4);
  expect(leads(project, id)![0]).toBe('V5');
  const labels: string[] = [];
  const seen: unknown[] = [];
  for (;;) {
    const step = project.edits.undo(id, project.edits.stack(id).revision, 'ann');
    if (!step) break;
    labels.push(step.label);
    seen.push([project.results.digitization(id)!.confidence, leads(project, id)![0]]);
  }
  const again = 'Digitized again, corrections carried over';
  expect(labels).toEqual([again, 'Rename to V5', again, 'Rename to V6']);
  expect(seen).toEqual([
    [0.5, 'V5'],
    [0.5, 'V6'],
    [reading.confidence, 'V6'],
    [reading.confidence, reading.layout!.cells[0]!.lead],
  ]);
});

test('a reading that brings nothing leaves a corrected page as it was', () => {
  const { project, id } = digitized();
  rename(project, id, 'V6');
  const before = project.pages.summary(id);
  storeReading(project, id, { ...emptyReading(), status: 'failed' });
  expect(project.pages.summary(id)).toMatchObject({
    status: before.status,
    confidence: before.confidence,
    leadsFound: before.leadsFound,
    message: expect.stringContaining('left as it is') as string,
  });
  expect(leads(project, id)![0]).toBe('V6');
});

test('corrections do not fall on another scan that takes the place of theirs, and can be taken back', () => {
  const { project, id, fileId } = digitized();
  rename(project, id, 'V6');
  project.reviews.change(id, { state: 'accepted' }, 'ann');
  project.files.recordChange(
    fileId,
    { relativePath: 'a.png', size: 2, mtimeMs: 2 },
    { hash: 'b', pageCount: 1 },
  );
  expect(leads(project, id)).toBeNull();
  storeReading(project, id, { ...reading, confidence: 0.5 });
  expect(leads(project, id)![0]).toBe(reading.layout!.cells[0]!.lead);
  expect(project.pages.summary(id).review).toMatchObject({
    state: 'second-look',
    reason: 'The scan was replaced by another',
  });
  expect(project.edits.history(id).map(({ label }) => label)).toEqual([
    'Rename to V6',
    'Accepted',
    'The scan was replaced by another, corrections set aside',
    'Wants a second look: The scan was replaced by another',
  ]);
  project.edits.undo(id, project.edits.stack(id).revision, 'ann');
  expect(leads(project, id)![0]).toBe('V6');
  expect(project.results.digitization(id)!.confidence).toBe(reading.confidence);
});

test('a page that is changed after it was accepted is in work again, and its history says so', () => {
  const { project, id } = digitized();
  project.reviews.change(id, { state: 'accepted' }, 'ann');
  rename(project, id, 'V6');
  expect(project.pages.summary(id).review.state).toBe('in-work');
  expect(project.edits.history(id).at(-1)).toMatchObject({
    kind: 'review',
    who: 'ann',
    label: 'In work again, changed after it was accepted',
  });
});

test('rows of the queue that a correction made stale are known until they are refreshed', () => {
  const { project, id } = digitized();
  expect(project.results.stale()).toEqual([]);
  rename(project, id, 'V6');
  expect(project.results.stale()).toEqual([id]);
  const summary = { ...summarizeDigitization(reading), leadsFound: 7 };
  project.results.refresh(id, summary, { score: 0.1, words: 'Trust 90 %' });
  expect(project.results.stale()).toEqual([]);
  expect(project.pages.summary(id).leadsFound).toBe(7);
});
