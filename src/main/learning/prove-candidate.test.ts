import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedProject, drawnScan } from '../../../tests/fixtures/accepted-project.ts';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { writeLeadTableCsv } from '../../formats/csv/write-lead-table-csv.ts';
import { runCli } from '../cli/run-cli.ts';
import { openPageProcesses, type PageProcesses } from '../jobs/page-processes.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { findReferencePages } from './find-reference-pages.ts';
import { makeTrainingSet } from './make-training-set.ts';
import { proveCandidate } from './prove-candidate.ts';

let dir: string;
let project: Project;
let processes: PageProcesses;
let set: string;
let digest: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tracewright-prove-'));
  const scans = { 'a.png': await drawnScan(1), 'b.png': await drawnScan(2), 'c.png': await drawnScan(3) };
  project = acceptedProject(dir, scans);
  processes = openPageProcesses({ size: 1 });
  ({ hash: set } = await makeTrainingSet(
    project,
    createCorrectedPages(project),
    processes,
  ));
  const known = join(dir, 'known', 'strips');
  await mkdir(known, { recursive: true });
  await copyFile(join(dir, 'scans', 'a.png'), join(known, 'a.png'));
  await writeFile(join(known, 'a.csv'), writeLeadTableCsv(toLeadTable(scans['a.png'].reading.signals)));
  await writeFile(join(known, 'list.csv'), 'name,count\na,1\n');
  const bytes = smallModel(4);
  digest = createHash('sha256').update(bytes).digest('hex');
  await mkdir(join(project.dir, 'models'));
  await writeFile(join(project.dir, 'models', 'm.onnx'), bytes);
  project.models.add({
    name: 'm.onnx',
    file: 'm.onnx',
    sha256: digest,
    bytes: bytes.length,
    card: null,
    source: '/m',
  });
});

afterAll(async () => {
  await processes.close();
  project.close();
  await rm(dir, { recursive: true, force: true });
});

describe('a proof', () => {
  test('compares on the locked pages and on reference pages, and says what follows', async () => {
    const references = await findReferencePages(join(dir, 'known'));
    expect(references.map(({ folder, name }) => [folder, name])).toEqual([['strips', 'a.png']]);
    const candidate = { path: join(project.dir, 'models', 'm.onnx'), sha256: digest, version: 'm.onnx' };
    const report = await proveCandidate(project, processes, { candidate, current: null, set, references });
    expect(report.leftOut).toEqual([]);
    expect(report.folders.map(({ folder, kind, pages }) => [folder, kind, pages])).toEqual([
      ['Locked pages', 'locked', 1],
      ['strips', 'reference', 1],
    ]);
    const [locked, strips] = report.folders;
    // The accepted reading is what both find again on a page that is sure: 25.84 dB is the most there is.
    expect(locked!.current).toMatchObject({ dice: null, failures: 0, leadsFound: 3, leadsPrinted: 3 });
    expect(locked!.current.scoreDb).toBeCloseTo(25.84, 1);
    expect(locked!.candidate.dice).toBeGreaterThan(0);
    expect(locked!.candidate.dice).toBeLessThan(0.5);
    expect(strips!.candidate.scoreDb).toBeGreaterThan(24);
    expect(locked!.differenceDb).toEqual({ mean: 0, low: 0, high: 0 });
    expect(report).toMatchObject({
      current: 'none',
      candidate: digest,
      set,
      better: false,
      allowed: false,
      harmed: [],
    });
  });

  test('leaves out locked pages whose scan is another one now, and needs at least one page', async () => {
    const candidate = { path: '/nowhere.onnx', sha256: digest, version: 'm.onnx' };
    await expect(
      proveCandidate(project, processes, { candidate, current: null, set: null, references: [] }),
    ).rejects.toThrow(/no page to prove/);
    await expect(findReferencePages(join(dir, 'scans'))).rejects.toThrow(/No scan with its signals/);
  });

  test('from the command line is kept, and decides about promotion', async () => {
    project.close();
    const run = async (...args: string[]) => {
      const result = { code: 0, out: '', err: '' };
      const terminal = {
        out: (text: string) => void (result.out += text),
        err: (text: string) => void (result.err += text),
        columns: () => null,
      };
      result.code = await runCli(args, terminal);
      return result;
    };
    const at = ['--project', join(dir, 'project')];
    const named = ['--candidate', digest.slice(0, 8)];
    // Against itself nothing is gained.
    const proven = await run(
      'prove',
      ...at,
      ...named,
      '--pages',
      join(dir, 'known'),
      '--without-samples',
      '--against',
      digest.slice(0, 8),
      '--jobs',
      '1',
    );
    expect(proven).toMatchObject({
      code: 0,
      err: expect.stringMatching(/may not be promoted without a reason/) as string,
    });
    expect(proven.out).toMatch(/Locked pages +1 .*\n.*strips +1 /);
    const refused = await run('promote', ...at, ...named);
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/was not proven against the model in use/) as string,
    });
    const promoted = await run('promote', ...at, ...named, '--reason', 'only strips here');
    expect(promoted).toMatchObject({ code: 0, out: expect.stringMatching(/In use now: m\.onnx/) as string });
    const back = await run('promote', ...at, '--roll-back');
    expect(back.out).toMatch(/In use now: segmentation\.onnx/);
    project = openProject(join(dir, 'project'));
    expect(project.proofs.proofs()).toHaveLength(1);
    expect(project.proofs.promotions().map(({ kind }) => kind)).toEqual(['roll-back', 'promotion']);
  });
});
