import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { editColumns } from '../../src/core/edit/edit-columns.ts';
import { dragPin } from '../../src/core/edit/pin-drag.ts';
import { unpackDigitization } from '../../src/core/page-view/pack-digitization.ts';
import { unpackLeadTable } from '../../src/core/metrics/pack-lead-table.ts';
import { writeLeadTableCsv } from '../../src/formats/csv/write-lead-table-csv.ts';
import { fromWire, toWire } from '../../src/shared/edit/wire-change.ts';
import { drawnPage } from '../fixtures/drawn-page.ts';
import { openWorkstationClient, type WorkstationClient } from '../fixtures/workstation-client.ts';

let client: WorkstationClient;

beforeAll(async () => {
  client = await openWorkstationClient();
}, 120_000);
afterAll(() => client?.close());

test('a correction is what everybody sees from then on, can be taken back, and survives a restart', async () => {
  const before = await client.signalOf('r1c0');
  const { editor, revision } = await client.openPage();
  const path = editor.path('r1c0')!;
  const range = { cellId: 'r1c0', from: path.x0 + 40, to: path.x0 + 80 };
  const stack = await client.commit(revision, editColumns(editor, range, 'blank'), 'Mark as not printed: II');
  expect(stack).toMatchObject({ revision: 1, undo: { label: 'Mark as not printed: II' }, redo: null });
  const blanked = await client.signalOf('r1c0');
  expect(blanked).toEqual(editor.signal('r1c0')!.millivolts);
  expect(blanked.some((value) => Number.isNaN(value))).toBe(true);

  await client.restart();
  expect(await client.signalOf('r1c0')).toEqual(blanked);
  const undone = await client.ask('undoEdit', { revision: 1, window: 'w' });
  expect(undone).toMatchObject({ revision: 2, undo: null, redo: { label: 'Mark as not printed: II' } });
  expect(await client.signalOf('r1c0')).toEqual(before);
  editor.apply(undone.changes.map(fromWire));
  expect(editor.signal('r1c0')!.millivolts).toEqual(before);
  expect((await client.ask('page')).review).toMatchObject({ state: 'in-work', edits: 2 });
});

test('what was made from an older state, or is no path, is refused in words', async () => {
  const { editor, revision } = await client.openPage();
  const path = editor.path('r0c0')!;
  const result = editColumns(editor, { cellId: 'r0c0', from: path.x0, to: path.x0 + 9 }, 'bridge')!;
  const body = {
    window: 'w',
    tool: 'span',
    label: 'x',
    milliseconds: 0,
    changes: result.changes.map(toWire),
  };
  const late = await client.call('commitEdit', { ...body, revision: revision - 1 });
  expect([late.status, await late.json()]).toMatchObject([409, { code: 'conflict' }]);
  const rubbish = [{ key: 'path/r0c0', at: 0, before: null, after: 'AAAA' }];
  const refused = await client.call('commitEdit', { ...body, revision, changes: rubbish });
  expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'usage' }]);
  const layout = { key: 'layout', at: 0, before: null, after: btoa('{"cells":[]}') };
  expect((await client.call('commitEdit', { ...body, revision, changes: [layout] })).status).toBe(400);
  const base = { key: 'base', at: 0, before: null, after: btoa('{"run":9}') };
  expect((await client.call('commitEdit', { ...body, revision, changes: [base] })).status).toBe(400);
  const stray = [{ key: '../../etc', at: 0, before: null, after: 'AAAA' }];
  expect((await client.call('commitEdit', { ...body, revision, changes: stray })).status).toBe(400);
  expect((await client.ask('edits')).revision).toBe(revision);
});

test('decisions, notes and time stand in the queue and in the history', async () => {
  await client.ask('review', {
    state: 'second-look',
    reason: 'V3 is faint',
    note: 'ask Eva',
    milliseconds: 4000,
  });
  const page = await client.ask('page');
  expect(page.review).toMatchObject({ state: 'second-look', reason: 'V3 is faint', note: 'ask Eva' });
  expect(page.review.secondsSpent).toBeGreaterThanOrEqual(4);
  expect((await client.ask('editHistory')).at(-1)!.label).toBe(
    'Wants a second look: V3 is faint · Note changed',
  );
  await client.ask('review', { state: 'accepted', leads: { r0c0: 'accepted' } });
  expect((await client.ask('page')).review).toMatchObject({ state: 'accepted', leads: { r0c0: 'accepted' } });
  expect((await client.ask('editHistory')).at(-1)!.label).toBe('Accepted · I: accepted');
  expect(await client.ask('progress')).toMatchObject({
    pages: 1,
    byReview: { accepted: 1 },
    byStatus: { ok: 1, failed: 0 },
  });
});

test('a row of the queue that the program could not refresh before it ended follows when it is next opened', async () => {
  const { leadsFound } = await client.ask('page');
  await client.restart(() => {
    const db = new Database(join(client.folder, 'project/project.sqlite'));
    db.exec('UPDATE pages SET leads_found = 99, summarized = edits - 1');
    db.close();
  });
  await vi.waitFor(async () => expect((await client.ask('page')).leadsFound).toBe(leadsFound), 10_000);
});

test('a page that is digitized again keeps what a person drew; taking that back brings the old reading', async () => {
  const { editor, revision } = await client.openPage();
  const path = editor.path('r1c1')!;
  const x = path.x0 + 60;
  const y = path.fineY[120]! - 30;
  const drag = dragPin(editor, 'r1c1', x, y, null)!;
  await client.commit(revision, drag.finish(), 'Pin on aVL');
  const corrected = await client.signalOf('r1c1');
  const runs = (await client.ask('edits')).revision;
  await client.ask('override', { pxPerMm: null, cabrera: false });
  await vi.waitFor(async () => {
    expect((await client.ask('edits')).revision).toBe(runs + 1);
    expect(await client.ask('page')).toMatchObject({ status: 'ok' });
  }, 60_000);
  const again = await client.openPage();
  expect(again.editor.pins('r1c1')).toHaveLength(1);
  expect(again.editor.path('r1c1')!.fineY.slice(116, 125)).toEqual(
    editor.path('r1c1')!.fineY.slice(116, 125),
  );
  const { present, readings } = await client.ask('machineReadings');
  expect([present, readings.map(({ run }) => run)]).toEqual([2, [2, 1]]);
  expect(new Set(readings.map(({ model }) => model)).size).toBe(1);
  const first = await client.call('pageReading', { run: 1 });
  expect(unpackDigitization(new Uint8Array(await first.arrayBuffer()))).toEqual(editor.base);
  expect((await client.call('pageReading', { run: 7 })).status).toBe(404);
  const undone = await client.ask('undoEdit', { revision: again.revision, window: 'w' });
  expect((await client.ask('machineReadings')).present).toBe(1);
  expect(undone.label).toMatch(/Digitized again/);
  expect(await client.signalOf('r1c1')).toEqual(corrected);
});

test('signals that lie beside the scan are known of the page', async () => {
  expect((await client.ask('page')).hasReference).toBe(false);
  const { truth } = drawnPage();
  writeFileSync(join(client.folder, 'scans/ecg.csv'), writeLeadTableCsv(truth.signals));
  expect((await client.ask('page')).hasReference).toBe(true);
  const table = unpackLeadTable(await client.bytes('pageReference'));
  expect([...table.leads.keys()].sort()).toEqual([...truth.signals.leads.keys()].sort());
  writeFileSync(join(client.folder, 'scans/ecg.csv'), 'no,table');
  const broken = await client.call('pageReference');
  expect([broken.status, await broken.json()]).toMatchObject([422, { code: 'corrupt' }]);
  rmSync(join(client.folder, 'scans/ecg.csv'));
  writeFileSync(join(client.folder, 'elsewhere.csv'), writeLeadTableCsv(truth.signals));
  symlinkSync(join(client.folder, 'elsewhere.csv'), join(client.folder, 'scans/ecg.csv'));
  expect((await client.ask('page')).hasReference).toBe(false);
  rmSync(join(client.folder, 'scans/ecg.csv'));
});

test('an export holds the corrections', async () => {
  const out = join(client.folder, 'out');
  const { editor, revision } = await client.openPage();
  const path = editor.path('r0c0')!;
  const range = { cellId: 'r0c0', from: path.x0, to: path.x0 + path.provenance.length - 1 };
  await client.commit(revision, editColumns(editor, range, 'blank'));
  await client.ask('exportPages', { ids: [client.id], out, formats: ['csv'] });
  await vi.waitFor(() => {
    const [head, first] = readFileSync(join(out, 'ecg.csv'), 'utf8').split('\n');
    const at = head!.split(',').indexOf('I');
    expect(first!.split(',')[at]).toBe('');
  }, 30_000);
});
