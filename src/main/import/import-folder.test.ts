import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { writeAecg } from '../../formats/aecg/write-aecg.ts';
import { signalFromTable } from '../../formats/signal/lead-table-signal.ts';
import { writeWfdb } from '../../formats/wfdb/write-wfdb.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { openLibrary } from '../library/open-library.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { importFolder, type ImportOutcome } from './import-folder.ts';
import { knownSignalsPath } from './known-signals.ts';
import { planImport } from './plan-import.ts';

const processes = openPageProcesses({ size: 1 });
afterAll(() => processes.close());
let root = '';
let project: Project;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-import-')));
  project = openProject(join(root, 'project'));
});
afterEach(() => {
  project.close();
  rmSync(root, { recursive: true, force: true });
});

async function scan(path: string, width: number): Promise<void> {
  mkdirSync(join(root, 'in', path, '..'), { recursive: true });
  const create = { width, height: 20, channels: 3, background: '#fff' } as const;
  await sharp({ create })
    .png()
    .toFile(join(root, 'in', path));
}

function put(path: string, bytes: string | Uint8Array): void {
  mkdirSync(join(root, 'in', path, '..'), { recursive: true });
  writeFileSync(join(root, 'in', path), bytes);
}

async function run(signal?: AbortSignal): Promise<ImportOutcome> {
  const library = openLibrary(project, { queue: false });
  try {
    return await importFolder(project, library, await planImport(join(root, 'in')), {
      processes,
      digitize: null,
      seconds: 2,
      maxLagSeconds: 1,
      signal,
    });
  } finally {
    await library.close();
  }
}

test('signals of every kind are known of their scans, what does not fit is named', async () => {
  await scan('a/x.png', 21);
  put('a/x.csv', 'time_s,II\n0,0.5\n0.002,1\n');
  await scan('miner/m.png', 22);
  put('miner/m.csv', 'I,II\n0.1,0.2\n0.3,0.4\n');
  await scan('wfdb/r.png', 23);
  const record = writeWfdb('r', {
    fs: 250,
    startSeconds: 0,
    leads: new Map([['V6', Float32Array.of(0.1, 0.2)]]),
  });
  put('wfdb/r.hea', record.header);
  put('wfdb/r.dat', record.data);
  await scan('tizer/e.png', 25);
  const signal = signalFromTable({
    fs: 500,
    startSeconds: 0,
    leads: new Map([['V2', Float32Array.of(0.5, 0.25)]]),
  });
  put('tizer/e.xml', writeAecg(signal));
  await scan('bad/b.png', 24);
  put('bad/b.csv', 'I,II\n0.1\n');
  await scan('twin/t.png', 22);
  put('twin/t.csv', 'I\n9\n9\n');
  writeFileSync(join(root, 'secret.csv'), 'I\n1\n');
  symlinkSync(join(root, 'secret.csv'), join(root, 'in/link.csv'));
  const { pages, known, mismatches } = await run();
  expect([...pages.keys()]).toEqual([
    'a/x.png',
    'bad/b.png',
    'miner/m.png',
    'tizer/e.png',
    'twin/t.png',
    'wfdb/r.png',
  ]);
  expect([...known.keys()]).toEqual(['a/x.png', 'miner/m.png', 'tizer/e.png', 'twin/t.png', 'wfdb/r.png']);
  expect((await known.get('tizer/e.png')!()).leads.get('V2')![1]).toBeCloseTo(0.25, 4);
  expect(mismatches.map(({ path }) => path)).toEqual(['link.csv', 'bad/b.csv', 'twin/t.png']);
  const kept = (path: string) =>
    knownSignalsPath(project.dir, project.pages.locate(pages.get(path)!)!.contentHash);
  expect(existsSync(kept('a/x.png'))).toBe(false);
  const wfdb = readLeadTableCsv(readFileSync(kept('wfdb/r.png'), 'utf8'));
  expect([wfdb.fs, wfdb.leads.get('V6')![1]]).toEqual([250, Math.fround(0.2)]);
  expect((await known.get('miner/m.png')!()).fs).toBe(1);
  expect(existsSync(join(root, 'in/.tracewright-files'))).toBe(false);
});

test('annotations state the scale, pictures are tagged, and importing twice changes nothing', async () => {
  await scan('train/5/5-0005.png', 30);
  put('train/5/5.csv', 'I,II\n0.1,0.2\n0.3,0.4\n');
  put('train.csv', 'id,fs,sig_len\n5,500,2\n');
  put(
    'train/5/note.json',
    JSON.stringify({
      schema: { name: 'paper-ecg-user-annotation', version: 0 },
      image: { name: '5-0005.png' },
      rotation: 0,
      timeScale: 50,
      voltageScale: 200,
      leads: {},
    }),
  );
  await run();
  const { annotated } = await run();
  const [id] = project.pages.ids();
  expect(annotated).toBe(1);
  expect(project.pages.overrides(id!)).toEqual({ speedMmPerSecond: 50 });
  expect(project.reviews.get(id!).tags).toEqual(['photo of a print']);
  expect(project.folders.list()).toHaveLength(1);
  await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});
