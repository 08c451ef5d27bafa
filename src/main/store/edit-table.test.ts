import fc from 'fast-check';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { encodeJson } from '../../core/edit/edit-documents.ts';
import { changeBetween, type ByteChange } from '../../shared/edit/byte-change.ts';
import { openProject, type Project } from './open-project.ts';

/** A project with one page, and that page's id. */
function onePage(dir: string): { project: Project; id: number } {
  const project = openProject(join(dir, 'project'));
  onTestFinished(() => project.close());
  mkdirSync(join(dir, 'scans'), { recursive: true });
  if (project.pages.count() === 0) {
    const folder = project.folders.add(join(dir, 'scans'), { watch: true });
    project.files.add(folder, [{ relativePath: 'a.png', size: 1, mtimeMs: 1 }], { queue: false });
  }
  return { project, id: project.pages.ids()[0]! };
}

const KEYS = ['layout', 'path/r0c0', 'pins/r0c0', 'mask/r0c0/1,2'] as const;
type Documents = ReadonlyMap<string, Uint8Array>;

const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      key: fc.constantFrom(...KEYS),
      bytes: fc.option(fc.uint8Array({ maxLength: 30 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'reopen' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), entry: fc.nat(20) }) },
);

function edit(documents: Documents, key: string, bytes: Uint8Array | null): ByteChange | null {
  return changeBetween(key, documents.get(key) ?? null, bytes);
}

const author = { tool: 'brush', label: 'Paint', who: 'ann', milliseconds: 100 };

test('edits, undo, redo and restore are what a list of snapshots does, also over restarts', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      const dir = tempDir();
      let { project, id } = onePage(dir);
      let now: Documents = new Map();
      const undo: Documents[] = [];
      let redo: Documents[] = [];
      /** State after each entry of the history. */
      const after: { entry: number; state: Documents }[] = [];
      const remember = (): void => {
        after.push({ entry: project.edits.history(id).at(-1)!.id, state: now });
      };
      for (const step of actions) {
        const { revision } = project.edits.stack(id);
        switch (step.do) {
          case 'reopen':
            project.close();
            ({ project, id } = onePage(dir));
            break;
          case 'edit': {
            const change = edit(now, step.key, step.bytes);
            if (!change) continue;
            project.edits.commit(id, { ...author, revision, changes: [change] });
            undo.push(now);
            redo = [];
            const next = new Map(now);
            if (step.bytes) next.set(step.key, step.bytes);
            else next.delete(step.key);
            now = next;
            remember();
            break;
          }
          case 'undo':
          case 'redo': {
            const done = project.edits[step.do](id, revision, 'ann');
            const [from, to] = step.do === 'undo' ? [undo, redo] : [redo, undo];
            expect(done === null).toBe(from.length === 0);
            if (!done) continue;
            to.push(now);
            now = from.pop()!;
            remember();
            break;
          }
          case 'restore': {
            if (after.length === 0) continue;
            const past = after[step.entry % after.length]!;
            project.edits.restore(id, revision, past.entry, 'ann');
            undo.push(now);
            redo = [];
            now = past.state;
            remember();
          }
        }
        expect(plain(project.edits.documents(id))).toEqual(plain(now));
        expect(project.edits.stack(id).undo === null).toBe(undo.length === 0);
        expect(project.edits.stack(id).redo === null).toBe(redo.length === 0);
      }
      project.close();
    }),
    { numRuns: 30 },
  );
});

const plain = (documents: Documents) =>
  Object.fromEntries([...documents].sort(([a], [b]) => a.localeCompare(b)).map(([k, v]) => [k, [...v]]));

test('an action made from an older state is refused, and nothing of it is kept', () => {
  const { project, id } = onePage(tempDir());
  const first = edit(new Map(), 'layout', Uint8Array.of(1))!;
  project.edits.commit(id, { ...author, revision: 0, changes: [first] });
  const late = edit(new Map(), 'pins/r0c0', Uint8Array.of(2))!;
  expect(() => project.edits.commit(id, { ...author, revision: 0, changes: [late] })).toThrow(
    expect.objectContaining({ code: 'conflict' }),
  );
  const wrong = edit(new Map([['layout', Uint8Array.of(9)]]), 'layout', Uint8Array.of(3))!;
  expect(() => project.edits.commit(id, { ...author, revision: 1, changes: [late, wrong] })).toThrow(
    expect.objectContaining({ code: 'conflict' }),
  );
  expect(plain(project.edits.documents(id))).toEqual({ layout: [1] });
  expect(project.edits.history(id)).toHaveLength(1);
});

test('the history tells who did what for how long, and what still holds', () => {
  const { project, id } = onePage(tempDir());
  const change = edit(new Map(), 'layout', Uint8Array.of(1))!;
  project.edits.commit(id, { ...author, revision: 0, changes: [change] });
  project.edits.undo(id, 1, 'bob');
  project.reviews.change(id, { state: 'rejected', reason: 'torn' }, 'bob');
  const history = project.edits.history(id);
  expect(history.map(({ kind, who, label, holds }) => ({ kind, who, label, holds }))).toEqual([
    { kind: 'edit', who: 'ann', label: 'Paint', holds: false },
    { kind: 'undo', who: 'bob', label: 'Paint', holds: false },
    { kind: 'review', who: 'bob', label: 'Rejected: torn', holds: true },
  ]);
  expect(history[0]!.milliseconds).toBe(100);
});

test('a page is in work from its first action on, until somebody decides', () => {
  const { project, id } = onePage(tempDir());
  const state = () => project.pages.summary(id).review.state;
  expect(state()).toBe('open');
  const change = edit(new Map(), 'layout', Uint8Array.of(1))!;
  project.edits.commit(id, { ...author, revision: 0, changes: [change] });
  expect(state()).toBe('in-work');
  project.reviews.change(id, { state: 'accepted', milliseconds: 900, tags: ['af'] }, 'ann');
  expect(project.pages.summary(id).review).toMatchObject({
    state: 'accepted',
    secondsSpent: 1,
    tags: ['af'],
    edits: 1,
  });
  expect(project.pages.ids({ review: 'accepted' })).toEqual([id]);
  expect(project.pages.ids({ review: 'open' })).toEqual([]);
  expect(project.reviews.progress()).toMatchObject({
    byReview: { accepted: 1, 'in-work': 0 },
    medianSecondsPerAccepted: 1,
  });
});

test('single leads are decided on, and opened again', () => {
  const { project, id } = onePage(tempDir());
  const nameOf = (cellId: string) => (cellId === 'r2c1' ? 'aVF' : cellId);
  project.reviews.change(id, { leads: { r2c1: 'rejected', r0c0: 'accepted' } }, 'ann', nameOf);
  project.reviews.change(id, { leads: { r0c0: 'open', r2c1: 'rejected' } }, 'ann', nameOf);
  expect(project.pages.summary(id).review).toMatchObject({ state: 'open', leads: { r2c1: 'rejected' } });
  expect(project.edits.history(id).map(({ label }) => label)).toEqual([
    'aVF: rejected · r0c0: accepted',
    'r0c0: open again',
  ]);
});

test('why a lead is rejected is kept as long as it is, and counted over the project', () => {
  const { project, id } = onePage(tempDir());
  const review = (change: Parameters<typeof project.reviews.change>[1]) =>
    project.reviews.change(id, change, 'ann', () => 'V2');
  review({ leads: { r0c0: 'rejected' }, leadReasons: { r0c0: 'noise' } });
  expect(project.pages.summary(id).review.leadReasons).toEqual({ r0c0: 'noise' });
  review({ leadReasons: { r0c0: 'cut off' } });
  expect(project.reviews.progress().leads).toEqual({ accepted: 0, rejected: 1, 'second-look': 0 });
  expect(review({ leads: { r0c0: 'second-look' } }).leadReasons).toEqual({});
  expect(review({ leads: { r0c0: 'accepted' }, leadReasons: { r0c0: 'fine' } }).leadReasons).toEqual({});
  expect(project.edits.history(id).map(({ label }) => label)).toEqual([
    'V2: rejected (noise)',
    'V2: cut off',
    'V2: wants a second look',
    'V2: accepted',
  ]);
});

test('a lead that is changed after somebody decided on it is open again, the others are not', () => {
  const { project, id } = onePage(tempDir());
  project.reviews.change(
    id,
    { leads: { r0c0: 'accepted', r1c0: 'rejected' }, leadReasons: { r1c0: 'noise' } },
    'ann',
  );
  const changes = [changeBetween('pins/r0c0', null, encodeJson([[1, 2]]))!];
  project.edits.commit(id, {
    revision: 0,
    tool: 'pin',
    label: 'Pin on I',
    who: 'ann',
    milliseconds: 0,
    changes,
  });
  expect(project.pages.summary(id).review).toMatchObject({
    leads: { r1c0: 'rejected' },
    leadReasons: { r1c0: 'noise' },
  });
  expect(project.edits.history(id).at(-1)!.label).toBe('Lead open again, changed after it was accepted');
});
