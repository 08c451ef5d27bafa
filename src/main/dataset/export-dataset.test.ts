import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { storeReading } from '../../../tests/fixtures/store-reading.ts';
import type { Digitization } from '../../core/digitization.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import { maskKey } from '../../core/edit/edit-documents.ts';
import { TILE_BYTES } from '../../core/edit/mask-tiles.ts';
import { readCoco } from '../../formats/coco/read-coco.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { readDatasetManifest } from '../../formats/dataset/dataset-manifest.ts';
import { readLabelStudio } from '../../formats/label-studio/label-studio-tasks.ts';
import { readMaskPng } from '../../formats/png-mask/read-mask-png.ts';
import { readWfdb } from '../../formats/wfdb/read-wfdb.ts';
import { datasetOptions, datasetPart } from '../../shared/api/dataset-record.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { exportDataset, verifyDataset } from './export-dataset.ts';
import { patientByName, planDataset } from './dataset-plan.ts';
import { projectDatasetSource } from './project-dataset-source.ts';

const processes = openPageProcesses({ size: 1 });
const NAMES = ['7/7-0003.png', '7/7-0005.png', '8/8-0003.png', '9/9-0003.png', 'new.png'];
const OPTIONS = datasetOptions.parse({
  name: 'Ward 7',
  licence: 'CC BY 4.0',
  parts: datasetPart.options,
  shares: { train: 1, val: 1, test: 1 },
});
let root = '';
let project: Project;
let page: Digitization;
let ids: number[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-dataset-'));
  const scans = join(root, 'scans');
  const { raster } = drawnPage({ dpi: 80 });
  page = await digitizePage(raster);
  const { data, width, height, channels } = raster;
  for (const name of NAMES) mkdirSync(join(scans, name, '..'), { recursive: true });
  await sharp(data, { raw: { width, height, channels } }).png().toFile(join(scans, NAMES[0]!));
  for (const name of NAMES.slice(1)) copyFileSync(join(scans, NAMES[0]!), join(scans, name));
  project = openProject(join(root, 'project'), { now: () => 0 });
  const folder = project.folders.add(scans, { watch: false });
  const found = NAMES.map((relativePath) => {
    const { size, mtimeMs } = statSync(join(scans, relativePath));
    return { relativePath, size, mtimeMs };
  });
  project.files.add(folder, found, { queue: false });
  ids = project.pages.ids();
  for (const id of ids.slice(0, 4)) storeReading(project, id, page);
  const tile = new Uint8Array(TILE_BYTES).fill(255, 0, 64);
  const change = { key: maskKey(page.layout!.cells[0]!.id, 0, 0), at: 0, before: null, after: tile };
  const edit = { revision: 0, tool: 'brush', label: 'Painted', who: 'a', milliseconds: 1, changes: [change] };
  project.edits.commit(ids[0]!, edit);
  project.reviews.change(ids[0]!, { state: 'accepted' }, 'a');
}, 120_000);
afterAll(async () => {
  await processes.close();
  project.close();
  rmSync(root, { recursive: true, force: true });
});

const run = (
  out: string,
  extra: { signal?: AbortSignal; overwrite?: boolean; onProgress?: () => void } = {},
) =>
  exportDataset(projectDatasetSource(project), ids, out, ['csv', 'wfdb', 'json'], OPTIONS, {
    processes,
    concurrency: 2,
    ...extra,
  });

function tree(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test('a paired data set holds everything, whole, and every reader finds the same masks', async () => {
  const out = join(root, 'out');
  const summary = await run(out);
  expect(summary).toMatchObject({ done: 5, failed: 1, resumed: 0 });
  expect(summary.problems[0]!.message).toMatch(/not been digitized/);
  expect(existsSync(`${out}.part`)).toBe(false);
  const manifest = readDatasetManifest(readFileSync(join(out, 'manifest.json'), 'utf8'));
  expect(manifest.pages.map(({ name }) => name)).toEqual(['7-0003', '7-0005', '8-0003', '9-0003']);
  expect(manifest.pages[0]!.split).toBe(manifest.pages[1]!.split);
  expect(new Set(manifest.pages.map(({ split }) => split)).size).toBe(3);
  expect(manifest.leftOut).toMatchObject([{ path: 'new.png', page: 1 }]);
  const listed = [...manifest.files, ...manifest.pages.flatMap(({ files }) => files)];
  await verifyDataset(out, listed);
  expect(tree(out)).toEqual(
    [...listed.map(({ path }) => path), 'README.md', 'SHA256SUMS', 'manifest.json'].sort(),
  );
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: out });

  const first = manifest.pages[0]!;
  expect(first).toMatchObject({ review: 'accepted', patient: '7', corrections: 1, layout: '3x4+1' });
  const at = (folder: string, end: string): Buffer =>
    readFileSync(join(out, folder, first.split, first.name + end));
  expect(JSON.parse(at('signals', '.json').toString())).toMatchObject({ annotator: 'a' });
  const painted = first.leads[0]!;
  expect(painted.maskPixels).toBe(512);
  const plane = readMaskPng(at('masks', `/${painted.cell}-${painted.lead}.png`));
  expect(plane.values.reduce((sum, value) => sum + value, 0)).toBe(512);
  expect([plane.values[0], plane.values[255], plane.values[256]]).toEqual([1, 1, 0]);
  const [coco] = readCoco(readFileSync(join(out, `coco/${first.split}.json`), 'utf8'));
  expect(coco!.fileName).toBe(`images/${first.split}/${first.name}.png`);
  expect(coco!.masks[0]!.mask).toMatchObject({ x0: 0, y0: 0, width: 256, height: 2 });
  const tasks = readLabelStudio(readFileSync(join(out, 'label-studio/tasks.json'), 'utf8'));
  expect(tasks.map(({ fileName }) => fileName)).toEqual(manifest.pages.map(({ name }) => `${name}.png`));
  const image = await sharp(at('images', '.png')).metadata();
  expect([image.width, image.height]).toEqual([page.imageWidth, page.imageHeight]);
  const csv = readLeadTableCsv(at('signals', '.csv').toString());
  const record = readWfdb(at('signals', '.hea').toString(), () => at('signals', '.dat'));
  expect(record.signals.at(-1)!.values.length).toBe(csv.leads.get('V6')!.length);
  const nnunet = readdirSync(join(out, 'nnunet')).sort();
  expect(nnunet[0]).toBe('Dataset700_Ward7');
  const cases = readdirSync(join(out, 'nnunet', nnunet[0]!, 'labelsTr'));
  expect(readdirSync(join(out, 'nnunet', nnunet[0]!, 'imagesTr'))).toEqual(
    cases.map((name) => name.replace('.png', '_0000.png')),
  );
  for (const folder of nnunet) expect(readdirSync(join(out, 'nnunet', folder, 'labelsTr'))).toEqual(cases);
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('CC BY 4.0');
  expect(at('provenance', '.csv').toString()).toMatch(/^cell,lead,role,.*\nr0c0,I,lead,/);
}, 120_000);

test('the same pages give the same bytes, also when it was stopped on the way', async () => {
  const again = join(root, 'again');
  const controller = new AbortController();
  let calls = 0;
  const stopped = run(again, {
    signal: controller.signal,
    onProgress: () => ++calls === 3 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(again)).toBe(false);
  expect(existsSync(`${again}.part`)).toBe(true);
  const summary = await run(again);
  expect(summary.resumed).toBeGreaterThan(0);
  expect(tree(again)).toEqual(tree(join(root, 'out')));
  for (const path of tree(again)) {
    expect(readFileSync(join(again, path)).equals(readFileSync(join(root, 'out', path))), path).toBe(true);
  }
}, 120_000);

test('a place that is taken is refused, a data set of before only gives way when told so', async () => {
  const small = (out: string, overwrite: boolean) =>
    exportDataset(
      projectDatasetSource(project),
      ids,
      out,
      ['csv'],
      { ...OPTIONS, parts: ['provenance'] },
      {
        processes,
        concurrency: 1,
        overwrite,
      },
    );
  await expect(small(join(root, 'scans'), true)).rejects.toThrow(/holds other files/);
  const out = join(root, 'small');
  const first = small(out, false);
  await expect(small(out, false)).rejects.toMatchObject({ code: 'locked' });
  await first;
  const before = tree(out);
  await expect(small(out, false)).rejects.toThrow(/already/);
  writeFileSync(join(out, 'stale.txt'), '');
  await small(out, true);
  expect(tree(out)).toEqual(before);
  expect(before.filter((path) => path.endsWith('.csv'))).toHaveLength(8);
  const { size } = statSync(join(out, 'README.md'));
  const sum = { path: 'README.md', bytes: size, sha256: '0'.repeat(64) };
  await expect(verifyDataset(out, [sum])).rejects.toThrow(/does not read back/);
}, 120_000);

test('patients are told by names, folders or a pattern', () => {
  for (const [path, patient] of [
    ['12/12-0003.png', '12'],
    ['train/12/12-0005.png', '12'],
    ['ward/a_p2.png', 'a'],
    ['ward/scan-07.png', 'scan-07'],
    ['a.b.tif', 'a.b'],
  ]) {
    expect(patientByName(path!)).toBe(patient);
  }
  const candidate = (path: string) => {
    return { id: 1, scanPath: `/s/${path}`, folderPath: '/s', pageIndex: 0, contentHash: '', layout: null };
  };
  const options = { ...OPTIONS, patients: 'pattern' as const, patientPattern: 'pat(\\d+)' };
  expect(planDataset([candidate('x/pat17_1.png')], options)[0]).toMatchObject({
    patient: '17',
    name: 'x_pat17_1',
  });
  expect(() => planDataset([candidate('x/none.png')], options)).toThrow(/finds no patient in "x\/none.png"/);
  expect(() => planDataset([], { ...options, patientPattern: '(' })).toThrow(/no regular expression/);
});
