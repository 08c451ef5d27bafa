import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { editColumns } from '../../src/core/edit/edit-columns.ts';
import { createPageEditor, type EditResult, type PageEditor } from '../../src/core/edit/page-editor.ts';
import { decodeEvidence } from '../../src/core/edit/page-evidence.ts';
import { dragPin } from '../../src/core/edit/pin-drag.ts';
import { unpackDigitization } from '../../src/core/page-view/pack-digitization.ts';
import { unpackLeadTable } from '../../src/core/metrics/pack-lead-table.ts';
import { writeLeadTableCsv } from '../../src/formats/csv/write-lead-table-csv.ts';
import { openWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { routes, type RouteName } from '../../src/shared/api/routes.ts';
import { decodeSignals } from '../../src/shared/api/signal-bytes.ts';
import { fromBase64 } from '../../src/shared/edit/base64.ts';
import { fromWire, toWire } from '../../src/shared/edit/wire-change.ts';
import { drawnPage } from '../fixtures/drawn-page.ts';

let folder: string;
let workstation: Workstation;
let id: number;

type Output<K extends RouteName> = (typeof routes)[K]['output'] extends z.ZodType
  ? z.output<(typeof routes)[K]['output']>
  : never;

const call = (name: RouteName, body?: unknown) =>
  workstation.app(
    new Request(`http://127.0.0.1${routes[name].path.replace(':id', String(id))}`, {
      method: routes[name].method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }),
  );

async function ask<K extends RouteName>(name: K, body?: unknown): Promise<Output<K>> {
  const response = await call(name, body);
  const answer: unknown = await response.json();
  expect({ status: response.status, answer }).toMatchObject({ status: 200 });
  return (routes[name].output as z.ZodType).parse(answer) as Output<K>;
}

const bytes = async (name: RouteName) => new Uint8Array(await (await call(name)).arrayBuffer());

async function openPage(): Promise<{ editor: PageEditor; revision: number }> {
  const edits = await ask('edits');
  const documents = new Map(edits.documents.map(({ key, value }) => [key, fromBase64(value)]));
  const base = unpackDigitization(await bytes('pageReading'));
  return {
    editor: createPageEditor(base, documents, decodeEvidence(await bytes('pageEvidence'))),
    revision: edits.revision,
  };
}

const commit = (revision: number, result: EditResult | null, label = 'Edit') =>
  ask('commitEdit', {
    revision,
    window: 'w',
    tool: 'pin',
    label,
    milliseconds: 1200,
    changes: result!.changes.map(toWire),
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-edits-'));
  mkdirSync(join(folder, 'scans'));
  mkdirSync(join(folder, 'renderer'));
  const { data, width, height, channels } = drawnPage().raster;
  await sharp(data, { raw: { width, height, channels } }).png().toFile(join(folder, 'scans/ecg.png'));
  workstation = await open();
  await ask('addFolder', { path: join(folder, 'scans'), watch: false });
  await vi.waitFor(async () => {
    const { ids } = await ask('pageIds');
    expect(ids).toHaveLength(1);
    id = ids[0]!;
    expect(await ask('page')).toMatchObject({ status: 'ok' });
  }, 90_000);
}, 120_000);

afterAll(async () => {
  await workstation?.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Promise<Workstation> {
  return openWorkstation({
    project: join(folder, 'project'),
    rendererRoot: join(folder, 'renderer'),
    samples: null,
    host: 'loopback',
  });
}

const signalOf = async (cellId: string) =>
  decodeSignals(await bytes('pageSignals')).find((signal) => signal.cellId === cellId)!.millivolts;

test('a correction is what everybody sees from then on, can be taken back, and survives a restart', async () => {
  const before = await signalOf('r1c0');
  const { editor, revision } = await openPage();
  const path = editor.path('r1c0')!;
  const range = { cellId: 'r1c0', from: path.x0 + 40, to: path.x0 + 80 };
  const stack = await commit(revision, editColumns(editor, range, 'blank'), 'Mark as not printed: II');
  expect(stack).toMatchObject({ revision: 1, undo: { label: 'Mark as not printed: II' }, redo: null });
  const blanked = await signalOf('r1c0');
  expect(blanked).toEqual(editor.signal('r1c0')!.millivolts);
  expect(blanked.some((value) => Number.isNaN(value))).toBe(true);

  await workstation.close();
  workstation = await open();
  expect(await signalOf('r1c0')).toEqual(blanked);
  const undone = await ask('undoEdit', { revision: 1, window: 'w' });
  expect(undone).toMatchObject({ revision: 2, undo: null, redo: { label: 'Mark as not printed: II' } });
  expect(await signalOf('r1c0')).toEqual(before);
  editor.apply(undone.changes.map(fromWire));
  expect(editor.signal('r1c0')!.millivolts).toEqual(before);
  expect((await ask('page')).review).toMatchObject({ state: 'in-work', edits: 2 });
});

test('what was made from an older state, or is no path, is refused in words', async () => {
  const { editor, revision } = await openPage();
  const path = editor.path('r0c0')!;
  const result = editColumns(editor, { cellId: 'r0c0', from: path.x0, to: path.x0 + 9 }, 'bridge')!;
  const body = {
    window: 'w',
    tool: 'span',
    label: 'x',
    milliseconds: 0,
    changes: result.changes.map(toWire),
  };
  const late = await call('commitEdit', { ...body, revision: revision - 1 });
  expect([late.status, await late.json()]).toMatchObject([409, { code: 'conflict' }]);
  const rubbish = [{ key: 'path/r0c0', at: 0, before: null, after: 'AAAA' }];
  const refused = await call('commitEdit', { ...body, revision, changes: rubbish });
  expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'usage' }]);
  const layout = { key: 'layout', at: 0, before: null, after: btoa('{"cells":[]}') };
  expect((await call('commitEdit', { ...body, revision, changes: [layout] })).status).toBe(400);
  const base = { key: 'base', at: 0, before: null, after: btoa('{"run":9}') };
  expect((await call('commitEdit', { ...body, revision, changes: [base] })).status).toBe(400);
  const stray = [{ key: '../../etc', at: 0, before: null, after: 'AAAA' }];
  expect((await call('commitEdit', { ...body, revision, changes: stray })).status).toBe(400);
  expect((await ask('edits')).revision).toBe(revision);
});

test('decisions, notes and time stand in the queue and in the history', async () => {
  await ask('review', { state: 'second-look', reason: 'V3 is faint', note: 'ask Eva', milliseconds: 4000 });
  const page = await ask('page');
  expect(page.review).toMatchObject({ state: 'second-look', reason: 'V3 is faint', note: 'ask Eva' });
  expect(page.review.secondsSpent).toBeGreaterThanOrEqual(4);
  expect((await ask('editHistory')).at(-1)!.label).toBe('Wants a second look: V3 is faint · Note changed');
  await ask('review', { state: 'accepted', leads: { r0c0: 'accepted' } });
  expect((await ask('page')).review).toMatchObject({ state: 'accepted', leads: { r0c0: 'accepted' } });
  expect((await ask('editHistory')).at(-1)!.label).toBe('Accepted · I: accepted');
  expect(await ask('progress')).toMatchObject({
    pages: 1,
    byReview: { accepted: 1 },
    byStatus: { ok: 1, failed: 0 },
  });
});

test('a row of the queue that the program could not refresh before it ended follows when it is next opened', async () => {
  const { leadsFound } = await ask('page');
  await workstation.close();
  const db = new Database(join(folder, 'project/project.sqlite'));
  db.exec('UPDATE pages SET leads_found = 99, summarized = edits - 1');
  db.close();
  workstation = await open();
  await vi.waitFor(async () => expect((await ask('page')).leadsFound).toBe(leadsFound), 10_000);
});

test('a page that is digitized again keeps what a person drew; taking that back brings the old reading', async () => {
  const { editor, revision } = await openPage();
  const path = editor.path('r1c1')!;
  const x = path.x0 + 60;
  const y = path.fineY[120]! - 30;
  const drag = dragPin(editor, 'r1c1', x, y, null)!;
  await commit(revision, drag.finish(), 'Pin on aVL');
  const corrected = await signalOf('r1c1');
  const runs = (await ask('edits')).revision;
  await ask('override', { pxPerMm: null, cabrera: false });
  await vi.waitFor(async () => {
    expect((await ask('edits')).revision).toBe(runs + 1);
    expect(await ask('page')).toMatchObject({ status: 'ok' });
  }, 60_000);
  const again = await openPage();
  expect(again.editor.pins('r1c1')).toHaveLength(1);
  expect(again.editor.path('r1c1')!.fineY.slice(116, 125)).toEqual(
    editor.path('r1c1')!.fineY.slice(116, 125),
  );
  const undone = await ask('undoEdit', { revision: again.revision, window: 'w' });
  expect(undone.label).toMatch(/Digitized again/);
  expect(await signalOf('r1c1')).toEqual(corrected);
});

test('signals that lie beside the scan are known of the page', async () => {
  expect((await ask('page')).hasReference).toBe(false);
  const { truth } = drawnPage();
  writeFileSync(join(folder, 'scans/ecg.csv'), writeLeadTableCsv(truth.signals));
  expect((await ask('page')).hasReference).toBe(true);
  const table = unpackLeadTable(await bytes('pageReference'));
  expect([...table.leads.keys()].sort()).toEqual([...truth.signals.leads.keys()].sort());
  writeFileSync(join(folder, 'scans/ecg.csv'), 'no,table');
  const broken = await call('pageReference');
  expect([broken.status, await broken.json()]).toMatchObject([422, { code: 'corrupt' }]);
  rmSync(join(folder, 'scans/ecg.csv'));
  writeFileSync(join(folder, 'elsewhere.csv'), writeLeadTableCsv(truth.signals));
  symlinkSync(join(folder, 'elsewhere.csv'), join(folder, 'scans/ecg.csv'));
  expect((await ask('page')).hasReference).toBe(false);
  rmSync(join(folder, 'scans/ecg.csv'));
});

test('an export holds the corrections', async () => {
  const out = join(folder, 'out');
  const { editor, revision } = await openPage();
  const path = editor.path('r0c0')!;
  const range = { cellId: 'r0c0', from: path.x0, to: path.x0 + path.provenance.length - 1 };
  await commit(revision, editColumns(editor, range, 'blank'));
  await ask('exportPages', { ids: [id], out, formats: ['csv'] });
  await vi.waitFor(() => {
    const [head, first] = readFileSync(join(out, 'ecg.csv'), 'utf8').split('\n');
    const at = head!.split(',').indexOf('I');
    expect(first!.split(',')[at]).toBe('');
  }, 30_000);
});
