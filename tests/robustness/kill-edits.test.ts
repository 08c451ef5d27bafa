import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decodeJson } from '../../src/core/edit/edit-documents.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { tempDir } from '../fixtures/temp-dir.ts';

const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 4);
const CHILD = fileURLToPath(new URL('./fixtures/edit-child.ts', import.meta.url));

/** Lets the child correct for a while and kills it; number of the last action that it was told is kept. */
async function correctAndKill(project: string, actions: number, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, project], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let killing = false;
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
    if (killing || output.split('kept').length - 1 < actions) return;
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  return Number(/kept (\d+)\n[^\n]*$/.exec(output)?.[1] ?? Number.NaN);
}

test(
  `killed ${KILLS} times while a page is corrected, no action that was answered is lost, and undo walks back through all`,
  { timeout: 60_000 + KILLS * 20_000 },
  async () => {
    const root = tempDir();
    const dir = join(root, 'project');
    mkdirSync(join(root, 'scans'));
    const made = openProject(dir);
    const folder = made.folders.add(join(root, 'scans'), { watch: false });
    made.files.add(folder, [{ relativePath: 'a.png', size: 1, mtimeMs: 1 }], { queue: false });
    const id = made.pages.ids()[0]!;
    made.close();
    const random = createRandom(KILLS);
    let kept = -1;
    for (let i = 0; i < KILLS; i++) {
      const last = await correctAndKill(dir, 1 + Math.floor(random.next() * 12), random.uniform(0, 30));
      expect(last).toBeGreaterThan(kept);
      const project = openProject(dir);
      const { revision, undo } = project.edits.stack(id);
      // An action may have been kept whose answer the kill cut off, but none that was answered is missing.
      expect(revision).toBeGreaterThanOrEqual(last + 1);
      expect(revision).toBeLessThanOrEqual(last + 2);
      expect(undo).toEqual({ label: `Action ${revision - 1}` });
      expect(decodeJson(project.edits.documents(id).get('pins/r0c0')!)).toEqual([
        [revision - 1, (revision - 1) / 2],
      ]);
      project.close();
      kept = last;
    }
    const project = openProject(dir);
    const actions = project.edits.stack(id).revision;
    for (let i = actions; i > 0; i--) {
      const step = project.edits.undo(id, project.edits.stack(id).revision, 'ann');
      expect(step!.label).toBe(`Action ${i - 1}`);
    }
    expect(project.edits.documents(id).size).toBe(0);
    expect(project.edits.stack(id).undo).toBeNull();
    project.close();
  },
);
