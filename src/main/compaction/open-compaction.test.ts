import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { paintStrokes } from '../../../tests/fixtures/paint-strokes.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { DEFAULT_KEEP, type CompactionProgress } from '../../shared/api/compaction-record.ts';
import type { ServerEvent } from '../../shared/api/server-event.ts';
import { AppError } from '../../shared/app-error.ts';
import { runCli } from '../cli/run-cli.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { compactProject } from './compact-project.ts';
import { openCompaction } from './open-compaction.ts';

const never = new AbortController().signal;

/** A project whose pages were painted on 240 times each. */
function painted(pages: number): { project: Project; dir: string } {
  const root = tempDir();
  const dir = join(root, 'project');
  const clock = { now: 1e12 };
  const project = openProject(dir, { now: () => clock.now });
  onTestFinished(() => project.close());
  mkdirSync(join(root, 'scans'));
  const folder = project.folders.add(join(root, 'scans'), { watch: true });
  const files = Array.from({ length: pages }, (_, i) => ({ relativePath: `${i}.png`, size: 1, mtimeMs: 1 }));
  project.files.add(folder, files, { queue: false });
  for (const id of project.pages.ids()) paintStrokes(project, id, 240, clock);
  return { project, dir };
}

function opened(project: Project, idleMs?: number) {
  const events: CompactionProgress[] = [];
  const lease = {
    expect: (window: string) => {
      if (window !== 'w') throw new AppError('locked', 'Another window corrects.');
    },
  };
  const publish = (event: ServerEvent): void => {
    if (event.type === 'compaction') events.push(event.progress);
  };
  const compaction = openCompaction(project, { reader: () => 'ann' }, lease, publish, idleMs);
  onTestFinished(() => compaction.close());
  return { ...compaction, events, ended: () => vi.waitUntil(() => events.at(-1)?.finished) };
}

test('what is merged is told before and after, signed, and only at the word of the window that corrects', async () => {
  const { project } = painted(3);
  const { handlers, events, ended } = opened(project);
  expect(handlers.compaction({}, never)).toEqual({ keep: DEFAULT_KEEP, progress: null });
  expect(() => handlers.compactHistory({ window: 'other' }, never)).toThrow(/Another window/);
  const keep = { automatic: false, actions: 30, days: 0 };
  expect(() => handlers.changeKeep({ ...keep, window: 'other' }, never)).toThrow(/Another window/);
  handlers.changeKeep({ ...keep, window: 'w' }, never);
  const preview = await handlers.previewCompaction(keep, never);
  expect(preview).toMatchObject({ stacks: 3, actions: 600, states: 6 });
  expect(preview.bytes).toBeLessThan(preview.journalBytes);
  handlers.compactHistory({ window: 'w' }, never);
  expect(() => handlers.compactHistory({ window: 'w' }, never)).toThrow(/already/);
  await ended();
  expect(events.at(-1)).toMatchObject({
    done: 3,
    total: 3,
    actions: 600,
    states: 6,
    bytesBefore: preview.bytes,
  });
  expect(await handlers.previewCompaction(keep, never)).toMatchObject({ stacks: 0, actions: 0 });
  for (const id of project.pages.ids()) {
    expect(project.edits.history(id).at(-1)).toMatchObject({ tool: 'compaction', who: 'ann' });
  }
});

test('it begins by itself where nobody corrects, unless it was told not to', async () => {
  const { project } = painted(1);
  const rule = { automatic: true, actions: 30, days: 0, window: 'w' };
  const quiet = opened(project, 1_000_000);
  quiet.handlers.changeKeep({ ...rule, automatic: false }, never);
  const { handlers, ended, events } = opened(project, 5);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(events).toEqual([]);
  handlers.changeKeep(rule, never);
  const id = project.pages.ids()[0]!;
  project.edits.undo(id, project.edits.stack(id).revision, 'ann');
  await ended();
  expect(events.at(-1)).toMatchObject({ actions: 200, message: null });
  expect(project.edits.history(id).at(-1)).toMatchObject({ tool: 'compaction', who: '' });
});

test('stopped, the pages it came to are merged and the others are not', async () => {
  const { project } = painted(4);
  const abort = new AbortController();
  const done = await compactProject(project, {
    keep: { actions: 30, days: 0 },
    who: '',
    signal: abort.signal,
    onProgress: ({ done: pages }) => pages === 2 && abort.abort(),
  });
  expect(done).toMatchObject({ done: 2, total: 4, finished: true, actions: 400 });
  expect(project.pages.ids().filter((id) => project.edits.stack(id).merged)).toHaveLength(2);
});

test('others have their turn whenever a slice is used up', async () => {
  const { project } = painted(1);
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 9));
  onTestFinished(() => clock.mockRestore());
  let turns = 0;
  let ended = false;
  const turn = (): void => {
    turns++;
    if (!ended) setImmediate(turn);
  };
  turn();
  await compactProject(project, { keep: { actions: 30, days: 0 }, who: '' });
  ended = true;
  // One for each step that was walked back over, at least.
  expect(turns).toBeGreaterThan(200);
});

test('the command says what it would do, does it, and makes the file smaller', async () => {
  const { project, dir } = painted(8);
  project.close();
  let text = '';
  const take = (piece: string): void => void (text += piece);
  const cli = (...args: string[]) =>
    runCli(['compact', '--project', dir, ...args], { out: take, err: take, columns: () => null });
  const size = statSync(join(dir, 'project.sqlite')).size;
  expect(await cli('--actions', '20', '--days', '0', '--dry-run')).toBe(0);
  expect(text).toMatch(/^1600 actions of 8 histories can be merged into 16 states; they take [\d.]+ MB of/);
  expect(statSync(join(dir, 'project.sqlite')).size).toBe(size);
  expect(await cli('--actions', '20', '--days', '0')).toBe(0);
  expect(text).toMatch(/1600 actions merged into 16 states/);
  expect(statSync(join(dir, 'project.sqlite')).size).toBeLessThan(size * 0.8);
  expect(await cli('--actions', '3')).toBe(2);
  expect(text).toContain('--actions takes a whole number from 10 to 100000, not "3".');
}, 20_000);
