import fc from 'fast-check';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { paintStrokes } from '../../../../tests/fixtures/paint-strokes.ts';
import { tempDir } from '../../../../tests/fixtures/temp-dir.ts';
import { changeBetween } from '../../../shared/edit/byte-change.ts';
import { packChanges } from '../edit-log.ts';
import type { EditTable } from '../edit-table.ts';
import { openProject, type Project } from '../open-project.ts';
import type { StackName } from './compaction-table.ts';
import { COMPACTION_TOOL } from './merge-runs.ts';

type Documents = ReadonlyMap<string, Uint8Array>;

const HOUR = 3_600_000;
const author = { tool: 'brush', label: 'Paint', who: 'ann', milliseconds: 100 };
const plain = (documents: Documents) =>
  Object.fromEntries([...documents].sort(([a], [b]) => a.localeCompare(b)).map(([k, v]) => [k, [...v]]));

/** A project with one page, somebody's reading of it, and a clock of its own. */
function onePage(): { project: Project; clock: { now: number }; close: () => void } {
  const dir = tempDir();
  const clock = { now: 1e12 };
  const project = openProject(join(dir, 'project'), { now: () => clock.now });
  mkdirSync(join(dir, 'scans'));
  const folder = project.folders.add(join(dir, 'scans'), { watch: true });
  project.files.add(folder, [{ relativePath: 'a.png', size: 1, mtimeMs: 1 }], { queue: false });
  return { project, clock, close: () => project.close() };
}

function place(project: Project, rows: StackName['rows']) {
  const page = project.pages.ids()[0]!;
  if (rows === 'pages') return { id: page, edits: project.edits, decisions: project.reviews };
  return {
    id: project.readings.begin(page, 'ann'),
    edits: project.readings.edits,
    decisions: project.readings.decisions,
  };
}

function compact(project: Project, stack: StackName, keep: { actions: number; days: number }) {
  const work = project.compaction.merge(stack, keep, 'ann');
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** Everything the ledger says, without what compaction added and the numbers of entries. */
function ledger(edits: EditTable, id: number) {
  return edits
    .history(id)
    .filter(({ tool }) => tool !== COMPACTION_TOOL)
    .map(({ id: _, kept: __, undoable: ___, ...told }) => told);
}

const KEYS = ['layout', 'path/r0c0', 'pins/r0c0', 'mask/r0c0/1,2', 'mask/r0c0/1,3'] as const;

const action = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      key: fc.constantFrom(...KEYS),
      bytes: fc.option(fc.uint8Array({ maxLength: 20, max: 3 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('decide' as const, 'pause' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), entry: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('compact' as const),
      actions: fc.integer({ min: 1, max: 6 }),
      days: fc.constantFrom(0, 0, 0.1),
    }),
  },
);

test('a history that is compacted at any time differs in nothing but how far undo reaches', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('pages' as const, 'readings' as const),
      fc.array(action, { maxLength: 50, size: 'max' }),
      (rows, actions) => {
        const plainOne = onePage();
        const compacted = onePage();
        const [a, b] = [place(plainOne.project, rows), place(compacted.project, rows)];
        /** Entries with the same place in both histories, what compaction wrote left out. */
        const entries = (one: typeof a) =>
          one.edits.history(one.id).filter(({ tool }) => tool !== COMPACTION_TOOL);
        for (const step of actions) {
          const now = a.edits.documents(a.id);
          const { revision } = a.edits.stack(a.id);
          plainOne.clock.now = compacted.clock.now += step.do === 'pause' ? 2 * HOUR : 1000;
          switch (step.do) {
            case 'edit': {
              const change = changeBetween(step.key, now.get(step.key) ?? null, step.bytes);
              if (!change) continue;
              for (const one of [a, b]) one.edits.commit(one.id, { ...author, revision, changes: [change] });
              break;
            }
            case 'undo':
            case 'redo': {
              const { undo, redo, undoable, merged } = b.edits.stack(b.id);
              expect(undo === null).toBe(undoable === 0);
              const done = b.edits[step.do](b.id, revision, 'bob');
              expect(done === null).toBe((step.do === 'undo' ? undo : redo) === null);
              if (done === null) {
                // All there is to be done again can be done again; undo ends early only where it said so.
                if (a.edits.stack(a.id)[step.do] !== null) expect([step.do, merged]).toEqual(['undo', true]);
                continue;
              }
              expect(done).toEqual(a.edits[step.do](a.id, revision, 'bob'));
              break;
            }
            case 'decide': {
              const state = revision % 2 === 0 ? 'accepted' : 'rejected';
              for (const one of [a, b]) one.decisions.change(one.id, { state, milliseconds: 7 }, 'bob');
              break;
            }
            case 'restore': {
              const known = entries(b);
              if (known.length === 0) continue;
              const at = step.entry % known.length;
              if (!known[at]!.kept) {
                const restore = (): unknown => b.edits.restore(b.id, revision, known[at]!.id, 'ann');
                expect(restore).toThrow(expect.objectContaining({ code: 'not-found' }));
                continue;
              }
              a.edits.restore(a.id, revision, entries(a)[at]!.id, 'ann');
              b.edits.restore(b.id, revision, known[at]!.id, 'ann');
              break;
            }
            case 'compact': {
              const before = b.edits.stack(b.id);
              const done = compact(compacted.project, { rows, id: b.id }, step);
              const after = b.edits.stack(b.id);
              expect(after.undoable).toBeGreaterThanOrEqual(Math.min(before.undoable, step.actions));
              expect({ ...after, undoable: 0, merged: false }).toEqual({
                ...before,
                undoable: 0,
                merged: false,
              });
              expect(b.edits.history(b.id).filter(({ undoable }) => undoable)).toHaveLength(after.undoable);
              if (done) expect(done.states).toBeLessThan(done.actions);
            }
          }
          expect(plain(b.edits.documents(b.id))).toEqual(plain(a.edits.documents(a.id)));
        }
        expect(ledger(b.edits, b.id)).toEqual(ledger(a.edits, a.id));
        expect(b.decisions.get(b.id)).toEqual(a.decisions.get(a.id));
        const originals = entries(a);
        expect(plain(b.edits.documentsAfter(b.id, null))).toEqual(plain(a.edits.documentsAfter(a.id, null)));
        for (const [i, { id, kept }] of entries(b).entries()) {
          if (!kept) continue;
          expect(plain(b.edits.documentsAfter(b.id, id))).toEqual(
            plain(a.edits.documentsAfter(a.id, originals[i]!.id)),
          );
        }
        // Early and late, the same stretches are merged.
        const { revision } = a.edits.stack(a.id);
        const last = changeBetween(
          'region/r1',
          a.edits.document(a.id, 'region/r1'),
          Uint8Array.of(revision),
        )!;
        for (const [one, { project }] of [
          [a, plainOne],
          [b, compacted],
        ] as const) {
          one.edits.commit(one.id, { ...author, revision, changes: [last] });
          compact(project, { rows, id: one.id }, { actions: 1, days: 0 });
        }
        expect(entries(b).map(({ kept }) => kept)).toEqual(entries(a).map(({ kept }) => kept));
        plainOne.close();
        compacted.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('thousands of strokes shrink to a state in a hundred, and every one is still told', () => {
  const { project, clock, close } = onePage();
  onTestFinished(close);
  const id = project.pages.ids()[0]!;
  paintStrokes(project, id, 1250, clock);
  const documents = plain(project.edits.documents(id));
  const before = project.compaction.journalBytes(0)!.bytes;
  expect(project.compaction.candidates({ actions: 200 })).toEqual([{ rows: 'pages', id }]);
  const done = compact(project, { rows: 'pages', id }, { actions: 200, days: 0 })!;
  expect(done).toMatchObject({ actions: 1000, states: 10 });
  expect(before - project.compaction.journalBytes(0)!.bytes).toBe(
    done.bytesBefore - done.bytesAfter - packChanges([]).length,
  );
  expect(done.bytesAfter).toBeLessThan(done.bytesBefore / 2);
  expect(project.edits.stack(id)).toMatchObject({ revision: 1250, undoable: 250, merged: true });
  expect(plain(project.edits.documents(id))).toEqual(documents);
  const history = project.edits.history(id);
  expect(
    history.filter(({ kind, who, tool }) => kind === 'edit' && who === 'ann' && tool === 'brush'),
  ).toHaveLength(1250);
  expect(history.filter(({ kept, kind }) => kept && kind === 'edit')).toHaveLength(260);
  expect(history.at(-1)).toMatchObject({
    label: 'History compacted: 1000 actions merged, 10 states kept',
    who: 'ann',
    holds: true,
  });
  expect(compact(project, { rows: 'pages', id }, { actions: 200, days: 0 })).toBeNull();
});

test('who undoes while the changes are made keeps what can be done again', () => {
  const { project, clock, close } = onePage();
  onTestFinished(close);
  const id = project.pages.ids()[0]!;
  paintStrokes(project, id, 230, clock);
  const keep = { actions: 20, days: 0 };
  const work = project.compaction.merge({ rows: 'pages', id }, keep, '');
  for (let i = 0; i < 5; i++) expect(work.next().done).toBe(false);
  for (let i = 0; i < 60; i++) project.edits.undo(id, project.edits.stack(id).revision, 'ann');
  let step = work.next();
  while (!step.done) step = work.next();
  expect(step.value).toBeNull();
  expect(project.edits.stack(id)).toMatchObject({ undoable: 170, merged: false });
  expect(project.edits.history(id).every(({ kept }) => kept)).toBe(true);
});
