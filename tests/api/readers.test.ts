import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compareReadings } from '../../src/core/agreement/compare-readings.ts';
import { takeLead } from '../../src/core/agreement/take-reading.ts';
import { editColumns } from '../../src/core/edit/edit-columns.ts';
import { createPageEditor, type PageEditor } from '../../src/core/edit/page-editor.ts';
import { fromBase64 } from '../../src/shared/edit/base64.ts';
import { toWire } from '../../src/shared/edit/wire-change.ts';
import { openWorkstationClient, type WorkstationClient } from '../fixtures/workstation-client.ts';

let client: WorkstationClient;
let machine: Float32Array;
const AVL = 'r1c1';
const III = 'r2c0';

beforeAll(async () => {
  client = await openWorkstationClient();
  machine = await client.signalOf(AVL);
}, 120_000);
afterAll(() => client?.close());

const sit = (reader: string) => client.ask('changeReaders', { window: 'w', reader });

/** Blanks forty columns of a lead, as whoever sits there. */
async function blank(cellId: string, first: number): Promise<Float32Array> {
  const { editor, revision } = await client.openPage();
  const { x0 } = editor.path(cellId)!;
  const range = { cellId, from: x0 + first, to: x0 + first + 40 };
  await client.commit(revision, editColumns(editor, range, 'blank'), `Blank ${cellId}`);
  return client.signalOf(cellId);
}

async function readers(): Promise<[PageEditor, PageEditor]> {
  const { editor } = await client.openPage();
  const [a, b] = (await client.ask('finishedReadings')).map(({ documents }) => {
    const known = new Map(documents.map(({ key, value }) => [key, fromBase64(value)]));
    return createPageEditor(editor.base, known, editor.evidence);
  });
  return [a!, b!];
}

test('with one reader nothing is kept apart', async () => {
  expect(await client.ask('readers')).toMatchObject({ mode: 'one', byStage: { first: 1 } });
  expect(await client.ask('page')).toMatchObject({ reading: null });
  expect(await client.ask('edits')).toMatchObject({ reader: '' });
});

test('only the window that corrects says who reads; a reader has a name', async () => {
  await client.ask('lease', { window: 'w' });
  expect((await client.call('changeReaders', { window: 'other', mode: 'two' })).status).toBe(423);
  expect((await client.call('changeReaders', { window: 'w', reader: '  ' })).status).toBe(400);
  const state = await client.ask('changeReaders', { window: 'w', mode: 'two', reader: ' Ann  Lee ' });
  expect(state).toMatchObject({ mode: 'two', reader: 'Ann Lee' });
});

test('the second reader starts from the machine’s reading and sees nothing of the first one’s', async () => {
  await sit('Ann');
  const anns = await blank(AVL, 40);
  await client.ask('review', { state: 'accepted', note: 'first beat is odd', tags: ['af'] });
  expect(await client.ask('page')).toMatchObject({
    review: { state: 'accepted', note: 'first beat is odd', edits: 1 },
    reading: { stage: 'second', seat: 'Ann', mine: 'accepted', agreementDb: null },
  });

  await sit('Ben');
  expect(await client.signalOf(AVL)).toEqual(machine);
  expect(await client.ask('edits')).toEqual({
    reader: 'Ben',
    revision: 0,
    undo: null,
    redo: null,
    undoable: 0,
    merged: false,
    documents: [],
  });
  expect(await client.ask('editHistory')).toEqual([]);
  expect(await client.ask('page')).toMatchObject({
    review: { state: 'open', note: '', tags: [], edits: 0, secondsSpent: 0 },
    reading: { stage: 'second', seat: 'Ben', mine: null },
  });
  expect((await client.call('finishedReadings')).status).toBe(403);
  expect(await client.ask('pageIds', { review: 'accepted' })).toMatchObject({ ids: [] });
  expect(await client.ask('pageIds', { stage: 'second' })).toMatchObject({ ids: [client.id] });

  const { editor } = await client.openPage();
  const late = { cellId: III, from: editor.path(III)!.x0, to: editor.path(III)!.x0 + 9 };
  const body = { revision: 0, reader: 'Ann', window: 'w', tool: 'span', label: 'Late', milliseconds: 0 };
  const changes = editColumns(editor, late, 'blank')!.changes.map(toWire);
  expect((await client.call('commitEdit', { ...body, changes })).status).toBe(409);
  const bens = await blank(III, 60);
  expect(await client.signalOf(AVL)).toEqual(machine);
  await sit('Ann');
  expect(await client.signalOf(AVL)).toEqual(anns);
  expect(await client.signalOf(III)).not.toEqual(bens);
});

test('a third reader finds the page taken, and facts of the paper stay as they are while it is read', async () => {
  await sit('Cleo');
  expect(await client.ask('page')).toMatchObject({ reading: { taken: true, mine: null } });
  expect(await client.ask('pageIds', { stage: 'mine' })).toMatchObject({ ids: [] });
  expect((await client.call('undoEdit', { revision: 0, window: 'w' })).status).toBe(400);
  const taken = await client.call('review', { state: 'accepted' });
  expect([taken.status, await taken.json()]).toMatchObject([423, { message: /Ann and Ben/ }]);
  expect((await client.call('giveBackReading', { window: 'w' })).status).toBe(400);
  const facts = await client.call('override', { quarterTurns: 1 });
  expect([facts.status, await facts.json()]).toMatchObject([423, { message: /Ann has begun/ }]);
});

test('an export before the decision holds neither reading', async () => {
  expect(await exported('before')).toBe(machine.filter((value) => !Number.isNaN(value)).length);
});

test('each reader undoes his own work, also after a restart; a page digitized again keeps both', async () => {
  await sit('Ben');
  await client.restart();
  expect(await client.ask('readers')).toMatchObject({ mode: 'two', reader: 'Ben' });
  expect(await client.ask('undoEdit', { revision: 1, window: 'w' })).toMatchObject({ undo: null });
  expect(await client.ask('redoEdit', { revision: 2, window: 'w' })).toMatchObject({ revision: 3 });
  await client.ask('digitize', { ids: [client.id], again: true });
  await vi.waitFor(async () => expect((await client.ask('edits')).revision).toBe(4), 60_000);
  expect((await client.ask('editHistory')).map(({ kind, who }) => `${kind} ${who}`)).toEqual([
    'edit Ben',
    'undo Ben',
    'redo Ben',
    'base ',
  ]);
  expect((await client.signalOf(III)).some(Number.isNaN)).toBe(true);
  await sit('Ann');
  expect(await client.ask('edits')).toMatchObject({ revision: 2 });
  expect(await client.ask('page')).toMatchObject({ review: { state: 'accepted' } });
  await sit('Dora');
  expect((await client.signalOf(AVL)).some(Number.isNaN)).toBe(false);
});

test('once both have finished their readings are compared, and the page waits for a decision', async () => {
  await sit('Ben');
  await client.ask('review', { state: 'accepted' });
  const { reading, review } = await client.ask('page');
  expect(reading).toMatchObject({ stage: 'adjudicate', seat: '', mine: 'accepted' });
  expect(reading!.agreementDb).toBeLessThan(50);
  expect(review.state).toBe('open');
  expect(await client.ask('pageIds', { stage: 'adjudicate', sort: 'agreement' })).toMatchObject({
    ids: [client.id],
  });
  const [anns, bens] = await readers();
  const differing = compareReadings(anns, bens).leads.filter(({ stretches }) => stretches.length > 0);
  expect(differing.map(({ cellId, stretches }) => [cellId, stretches[0]!.kind])).toEqual([
    [AVL, 'only-second'],
    [III, 'only-first'],
  ]);
});

test('the decision is an action like any other, signed, undone, kept over a restart, and exported', async () => {
  await sit('Cleo');
  const { editor, revision } = await client.openPage();
  const [anns] = await readers();
  await client.commit(revision, takeLead(editor, anns, AVL), 'Take aVL from Ann');
  await client.ask('undoEdit', { revision: revision + 1, window: 'w' });
  expect((await client.signalOf(AVL)).some(Number.isNaN)).toBe(false);
  await client.restart();
  await client.ask('redoEdit', { revision: revision + 2, window: 'w' });
  expect(await client.signalOf(AVL)).toEqual(anns.signal(AVL)!.millivolts);
  await client.ask('review', { state: 'accepted' });
  expect((await client.ask('editHistory')).slice(-2)).toMatchObject([
    { kind: 'redo', label: 'Take aVL from Ann', who: 'Cleo' },
    { kind: 'review', label: 'Accepted', who: 'Cleo' },
  ]);
  expect(await client.ask('page')).toMatchObject({ reading: { stage: 'decided', mine: null } });
  expect(await client.ask('readers')).toMatchObject({ byStage: { decided: 1, adjudicate: 0 } });
  const samples = (await client.signalOf(AVL)).filter((value) => !Number.isNaN(value)).length;
  expect(await exported('after')).toBe(samples);
  expect(samples).toBeLessThan(machine.length);
});

test('what a page was after an entry of its history can be looked at', async () => {
  const history = await client.ask('editHistory');
  const first = history.find(({ kind }) => kind === 'edit')!;
  const documents = async (query?: { entryId: number }) =>
    (await client.ask('pastDocuments', query)).documents.map(({ key }) => key).sort();
  expect(await documents({ entryId: first.id })).toEqual(['base', `path/${AVL}`]);
  expect(await documents()).toEqual(['base']);
  expect((await client.call('pastDocuments', { entryId: 999 })).status).toBe(404);
});

test('with one reader again, the page is what was decided', async () => {
  await client.ask('changeReaders', { window: 'w', mode: 'one' });
  expect(await client.ask('page')).toMatchObject({ reading: null, review: { state: 'accepted' } });
  expect((await client.signalOf(AVL)).some(Number.isNaN)).toBe(true);
});

/** Samples of aVL in an export of the page. */
async function exported(name: string): Promise<number> {
  const out = join(client.folder, name);
  await client.ask('exportPages', { ids: [client.id], out, formats: ['csv'] });
  return vi.waitFor(() => {
    const [head, ...rows] = readFileSync(join(out, 'ecg.csv'), 'utf8').trimEnd().split('\n');
    const at = head!.split(',').indexOf('aVL');
    const filled = rows.filter((row) => row.split(',')[at] !== '').length;
    expect(filled).toBeGreaterThan(0);
    return filled;
  }, 30_000);
}
