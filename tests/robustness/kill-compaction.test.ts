import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { compactProject } from '../../src/main/compaction/compact-project.ts';
import { openProject, type Project } from '../../src/main/store/open-project.ts';
import { paintStrokes } from '../fixtures/paint-strokes.ts';
import { tempDir } from '../fixtures/temp-dir.ts';

const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 4);
const CHILD = fileURLToPath(new URL('./fixtures/compact-child.ts', import.meta.url));
const PAGES = 12;
const STROKES = 230;

const digest = (documents: ReadonlyMap<string, Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const [key, bytes] of [...documents].sort()) hash.update(key).update(bytes);
  return hash.digest('hex');
};

/** Everything that must be the same whatever became of the compaction. */
function told(project: Project) {
  return project.pages.ids().map((id) => ({
    now: digest(project.edits.documents(id)),
    first: digest(project.edits.documentsAfter(id, null)),
    seconds: project.reviews.get(id).secondsSpent,
    ledger: project.edits
      .history(id)
      .filter(({ tool }) => tool !== 'compaction')
      .map(({ kept: _, undoable: __, id: ___, ...entry }) => entry),
  }));
}

const merged = (project: Project): number => {
  return project.pages.ids().filter((id) => project.edits.stack(id).merged).length;
};

test(
  `killed ${KILLS} times while history is compacted, every page is as before or as after`,
  { timeout: 60_000 + KILLS * 20_000 },
  async () => {
    const root = tempDir();
    const whole = join(root, 'project');
    const dir = join(root, 'killed');
    mkdirSync(join(root, 'scans'));
    const clock = { now: 1e12 };
    let project = openProject(whole, { now: () => clock.now });
    const folder = project.folders.add(join(root, 'scans'), { watch: false });
    const files = Array.from({ length: PAGES }, (_, i) => ({
      relativePath: `${i}.png`,
      size: 1,
      mtimeMs: 1,
    }));
    project.files.add(folder, files, { queue: false });
    for (const id of project.pages.ids()) paintStrokes(project, id, STROKES, clock);
    const before = told(project);
    project.close();
    const random = createRandom(KILLS);
    for (let i = 0; i < KILLS; i++) {
      // Each time from the beginning, so that every kill falls into the work.
      rmSync(dir, { recursive: true, force: true });
      cpSync(whole, dir, { recursive: true });
      const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'close');
      await once(createInterface(child.stdout), 'line');
      setTimeout(() => child.kill('SIGKILL'), random.uniform(0, 200));
      await ended;
      project = openProject(dir, { now: () => clock.now });
      expect(told(project)).toEqual(before);
      for (const id of project.pages.ids()) {
        const { merged: isMerged, undoable } = project.edits.stack(id);
        expect(undoable).toBe(isMerged ? STROKES - 200 : STROKES);
        const gone = project.edits.history(id).filter(({ kept }) => !kept);
        expect(gone).toHaveLength(isMerged ? 198 : 0);
      }
      project.close();
      const db = new Database(join(dir, 'project.sqlite'), { readonly: true });
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    }
    project = openProject(dir, { now: () => clock.now });
    const done = await compactProject(project, { keep: { actions: 10, days: 0 }, who: 'ann' });
    expect(done).toMatchObject({ finished: true, message: null });
    expect(merged(project)).toBe(PAGES);
    expect(told(project)).toEqual(before);
    for (const id of project.pages.ids()) {
      while (project.edits.undo(id, project.edits.stack(id).revision, 'ann'));
      const known = project.edits.history(id).filter(({ kind }) => kind === 'edit');
      expect(digest(project.edits.documents(id))).toBe(
        digest(project.edits.documentsAfter(id, known[199]!.id)),
      );
    }
    project.close();
  },
);
