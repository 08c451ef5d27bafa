import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackLeadTable } from '../../core/metrics/pack-lead-table.ts';
import { keepTable, knownSignalsPath } from '../import/known-signals.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { openPageReferences } from './page-reference.ts';

let root = '';
let project: Project;
let id = 0;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-reference-')));
  mkdirSync(join(root, 'scans'));
  writeFileSync(join(root, 'scans/a.png'), 'x');
  project = openProject(join(root, 'project'));
  const folder = project.folders.add(join(root, 'scans'), { watch: false });
  const { size, mtimeMs } = statSync(join(root, 'scans/a.png'));
  project.files.add(folder, [{ relativePath: 'a.png', size, mtimeMs }], { queue: false });
  id = project.pages.ids()[0]!;
});
afterEach(() => {
  project.close();
  rmSync(root, { recursive: true, force: true });
});

const known = async (): Promise<number> => {
  const bytes = await openPageReferences(project).answer(id).bytes();
  return unpackLeadTable(bytes).leads.get('II')![0]!;
};

test('what an import kept of a scan is its reference, a table beside it comes first', async () => {
  const references = openPageReferences(project);
  expect(references.has(id)).toBe(false);
  const table = { fs: 500, startSeconds: 0, leads: new Map([['II', Float32Array.of(0.25, 0)] as const]) };
  await keepTable(knownSignalsPath(project.dir, project.pages.locate(id)!.contentHash), table);
  expect(references.has(id)).toBe(true);
  expect(await known()).toBe(0.25);
  writeFileSync(join(root, 'scans/a.csv'), 'time_s,II\n0,0.5\n0.002,1\n');
  expect(await known()).toBe(0.5);
});

test('a link beside a scan leads nowhere', () => {
  writeFileSync(join(root, 'secret.csv'), 'time_s,II\n0,1\n');
  symlinkSync(join(root, 'secret.csv'), join(root, 'scans/a.csv'));
  expect(openPageReferences(project).has(id)).toBe(false);
});
