import fc from 'fast-check';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { changeBetween } from '../../shared/edit/byte-change.ts';
import type { EditTable } from './edit-table.ts';
import { packChanges } from './edit-log.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './open-database.ts';
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

type Documents = ReadonlyMap<string, Uint8Array>;
const WHO = ['', 'Ann', 'Ben'] as const;
const KEYS = ['layout', 'path/r0c0', 'mask/r0c0/1,2'] as const;

const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who: fc.constantFrom(...WHO),
      key: fc.constantFrom(...KEYS),
      bytes: fc.option(fc.uint8Array({ maxLength: 20 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('undo' as const, 'redo' as const),
      who: fc.constantFrom(...WHO),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

test('the page and its two readers never see each other’s work, whatever they do in turns and over restarts', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      const dir = tempDir();
      let { project, id } = onePage(dir);
      const place = (who: string): [EditTable, number] =>
        who === '' ? [project.edits, id] : [project.readings.edits, project.readings.begin(id, who)];
      const models = new Map(
        WHO.map((who) => [who as string, { now: new Map() as Documents, undo: [], redo: [] } as Model]),
      );
      for (const step of actions) {
        if (step.do === 'reopen') {
          project.close();
          ({ project, id } = onePage(dir));
          continue;
        }
        const [table, stack] = place(step.who);
        const model = models.get(step.who)!;
        const { revision } = table.stack(stack);
        if (step.do === 'edit') {
          const change = changeBetween(step.key, model.now.get(step.key) ?? null, step.bytes);
          if (!change) continue;
          const edit = { tool: 'brush', label: 'Paint', who: step.who, milliseconds: 1, revision };
          table.commit(stack, { ...edit, changes: [change] });
          model.undo.push(model.now);
          model.redo = [];
          const next = new Map(model.now);
          if (step.bytes) next.set(step.key, step.bytes);
          else next.delete(step.key);
          model.now = next;
        } else {
          const [from, to] = step.do === 'undo' ? [model.undo, model.redo] : [model.redo, model.undo];
          const done = table[step.do](stack, revision, step.who);
          expect(done === null).toBe(from.length === 0);
          if (!done) continue;
          to.push(model.now);
          model.now = from.pop()!;
        }
      }
      for (const [who, { now }] of models) {
        const [table, stack] = place(who);
        expect(plain(table.documents(stack))).toEqual(plain(now));
        expect(new Set(table.history(stack).map((entry) => entry.who))).toEqual(
          new Set(table.history(stack).length > 0 ? [who] : []),
        );
      }
      project.close();
    }),
    { numRuns: 30 },
  );
});

interface Model {
  now: Documents;
  undo: Documents[];
  redo: Documents[];
}

const plain = (documents: Documents): Record<string, number[]> =>
  Object.fromEntries([...documents].sort().map(([key, bytes]) => [key, [...bytes]]));

test('a page goes from reader to reader to a decision, and back when one of them takes his work up again', () => {
  const { project, id } = onePage(tempDir());
  const { readings } = project;
  const decide = (who: string, state: 'accepted' | 'rejected' | 'open') =>
    readings.decisions.change(readings.begin(id, who), { state }, who);
  expect(readings.stage(id)).toBe('first');
  decide('Ann', 'accepted');
  expect(readings.stage(id)).toBe('second');
  decide('Ben', 'rejected');
  expect(readings.stage(id)).toBe('adjudicate');
  decide('Ben', 'open');
  expect(readings.stage(id)).toBe('second');
  decide('Ben', 'accepted');
  project.reviews.change(id, { state: 'accepted' }, 'Cleo');
  expect(readings.countByStage()).toEqual({ first: 0, second: 0, adjudicate: 0, decided: 1 });
  expect(() => readings.begin(id, 'Dora')).toThrow(/read by Ann and Ben/);
  expect(project.pages.ids({ stage: 'decided' })).toEqual([id]);
  expect(project.pages.ids({ stage: 'adjudicate' })).toEqual([]);
});

test('a page that a reader gives back waits for another; his work is there when he takes it up again', () => {
  const { project, id } = onePage(tempDir());
  const { readings } = project;
  const change = changeBetween('layout', null, Uint8Array.of(1))!;
  const edit = { tool: 'brush', label: 'Paint', who: 'Ann', milliseconds: 1, revision: 0 };
  readings.edits.commit(readings.begin(id, 'Ann'), { ...edit, changes: [change] });
  readings.begin(id, 'Ben');
  readings.giveBack(id, 'Ann');
  expect(() => readings.giveBack(id, 'Ann')).toThrow(expect.objectContaining({ code: 'usage' }));
  const cleo = readings.begin(id, 'Cleo');
  expect(() => readings.begin(id, 'Ann')).toThrow(expect.objectContaining({ code: 'locked' }));
  readings.giveBack(id, 'Ben');
  expect(readings.documents(id, 'Ann').get('layout')).toEqual(Buffer.of(1));
  expect(readings.of(id).map(({ reader }) => reader)).toEqual(['Cleo']);
  readings.begin(id, 'Ann');
  readings.decisions.change(cleo, { state: 'accepted' }, 'Cleo');
  expect(() => readings.giveBack(id, 'Cleo')).toThrow(/no unfinished reading/);
  expect(readings.stage(id)).toBe('second');
});

test('the corrections of a project from before there were readers are the page’s own', () => {
  const dir = tempDir();
  mkdirSync(join(dir, 'project'));
  const file = join(dir, 'project/project.sqlite');
  const before = openDatabase(file, MIGRATIONS.slice(0, 4));
  before.exec(`
    INSERT INTO folders (id, path) VALUES (1, '/scans');
    INSERT INTO files (id, folder_id, relative_path, size, mtime_ms) VALUES (1, 1, 'a.png', 1, 1);
    INSERT INTO pages (id, file_id, folder_id, page_index, search, sort_name, status, added_at, edits, review)
      VALUES (1, 1, 1, 0, 'a.png', 'a.png', 'ok', 0, 1, 'accepted');
    INSERT INTO documents VALUES (1, 'layout', x'07');`);
  before
    .prepare(
      `INSERT INTO journal (page_id, kind, tool, label, who, at, milliseconds, changes)
       VALUES (1, 'edit', 'lead', 'Rename', 'ann', 5, 100, ?)`,
    )
    .run(packChanges([changeBetween('layout', null, Uint8Array.of(7))!]));
  before.close();
  const project = openProject(join(dir, 'project'));
  onTestFinished(() => project.close());
  expect(project.edits.history(1)).toMatchObject([{ label: 'Rename', who: 'ann', holds: true }]);
  expect(project.edits.undo(1, 1, 'bob')).toMatchObject({ label: 'Rename' });
  expect(project.edits.documents(1).size).toBe(0);
  expect(project.readings.stage(1)).toBe('first');
});

test('the queue is filtered by the review of whoever reads', () => {
  const { project, id } = onePage(tempDir());
  const { readings, pages } = project;
  readings.decisions.change(readings.begin(id, 'Ann'), { state: 'accepted' }, 'Ann');
  expect(pages.ids({ review: 'accepted', reader: 'Ann' })).toEqual([id]);
  expect(pages.ids({ review: 'accepted', reader: 'Ben' })).toEqual([]);
  expect(pages.ids({ review: 'open', reader: 'Ben', search: 'a.png' })).toEqual([id]);
  expect(pages.ids({ review: 'accepted' })).toEqual([]);
});

test('a reader finds the pages that are his to read', () => {
  const { project, id } = onePage(tempDir());
  const { readings, pages } = project;
  const mine = (reader: string) => pages.ids({ stage: 'mine', reader });
  readings.decisions.change(readings.begin(id, 'Ann'), { state: 'accepted' }, 'Ann');
  expect([mine('Ann'), mine('Ben'), mine('Cleo')]).toEqual([[], [id], [id]]);
  readings.begin(id, 'Ben');
  expect([mine('Ann'), mine('Ben'), mine('Cleo')]).toEqual([[], [id], []]);
  readings.giveBack(id, 'Ben');
  expect(mine('Cleo')).toEqual([id]);
  readings.decisions.change(readings.begin(id, 'Cleo'), { state: 'accepted' }, 'Cleo');
  expect([mine('Ann'), mine('Ben'), mine('Cleo')]).toEqual([[], [], []]);
});

test('pages are listed by agreement, the worst first and those without one last', () => {
  const { project, id } = onePage(tempDir());
  const folder = project.folders.list()[0]!.id;
  project.files.add(
    folder,
    ['b.png', 'c.png'].map((relativePath) => ({ relativePath, size: 1, mtimeMs: 1 })),
    { queue: false },
  );
  const [, b, c] = project.pages.ids();
  project.readings.agree(c!, 12);
  project.readings.agree(b!, 31);
  expect(project.pages.ids({ sort: 'agreement' })).toEqual([c, b, id]);
  expect(project.readings.agreement(c!)).toBe(12);
});
