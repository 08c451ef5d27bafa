import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decodeJson, encodeJson } from '../../src/core/edit/edit-documents.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { fromBase64 } from '../../src/shared/edit/base64.ts';
import { changeBetween } from '../../src/shared/edit/byte-change.ts';
import { toWire } from '../../src/shared/edit/wire-change.ts';
import { storeReading } from '../fixtures/store-reading.ts';
import { tempDir } from '../fixtures/temp-dir.ts';
import { enterHost, type Ask } from './fixtures/enter-host.ts';

const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 4);
const CHILD = fileURLToPath(new URL('./fixtures/serve-child.ts', import.meta.url));
const KEY = 'pins/r0c0';

/** Corrects a page without end, each action on the answer to the one before; calls back for each that was answered. */
async function correct(ask: Ask, id: number, kept: (action: number) => void): Promise<never> {
  const path = `/api/pages/${id}/edits`;
  const edits = (await ask('GET', path)) as { revision: number; documents: { key: string; value: string }[] };
  const known = edits.documents.find(({ key }) => key === KEY)?.value;
  let before = known === undefined ? null : fromBase64(known);
  for (let { revision } = edits; ; revision++) {
    const after = encodeJson([[revision, revision / 2]]);
    const changes = [toWire(changeBetween(KEY, before, after)!)];
    const label = `Action ${revision}`;
    await ask('POST', path, { revision, window: 'w', tool: 'pin', label, milliseconds: 1, changes });
    before = after;
    kept(revision);
  }
}

/** Serves the project, corrects it for a while and kills the host; number of the last action that was answered. */
async function correctAndKill(
  dir: string,
  id: number,
  actions: number,
  milliseconds: number,
): Promise<number> {
  const host = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(host, 'close');
  const [entryUrl] = (await once(createInterface(host.stdout), 'line')) as [string];
  let answered = 0;
  let last = Number.NaN;
  await correct(await enterHost(entryUrl), id, (action) => {
    last = action;
    if (++answered === actions) setTimeout(() => host.kill('SIGKILL'), milliseconds);
  }).catch((cause: Error) => {
    // The request that the kill cut off; anything else is a refusal and ends the test.
    if (answered < actions || !/ECONNRE|socket hang up|aborted/.test(`${cause.message}`)) throw cause;
  });
  await ended;
  return last;
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
    storeReading(made, id);
    made.close();
    const random = createRandom(KILLS);
    let kept = -1;
    for (let i = 0; i < KILLS; i++) {
      const last = await correctAndKill(dir, id, 1 + Math.floor(random.next() * 12), random.uniform(0, 30));
      expect(last).toBeGreaterThan(kept);
      const project = openProject(dir);
      const { revision, undo } = project.edits.stack(id);
      // An action may have been kept whose answer the kill cut off, but none that was answered is missing.
      expect(revision).toBeGreaterThanOrEqual(last + 1);
      expect(revision).toBeLessThanOrEqual(last + 2);
      expect(undo).toEqual({ label: `Action ${revision - 1}` });
      expect(decodeJson(project.edits.document(id, KEY)!)).toEqual([[revision - 1, (revision - 1) / 2]]);
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
