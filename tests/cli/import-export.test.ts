import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDatasetManifest } from '../../src/formats/dataset/dataset-manifest.ts';
import { readSubmission } from '../../src/formats/kaggle/kaggle-submission.ts';
import { runCli } from '../../src/main/cli/run-cli.ts';
import { knownSignalsPath } from '../../src/main/import/known-signals.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { LEAD_NAMES } from '../../src/shared/lead-name.ts';
import { drawnPage } from '../fixtures/drawn-page.ts';

let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-in-out-'));
  const { raster, truth } = drawnPage({ dpi: 110 });
  const { signals } = truth;
  const { data, width, height, channels } = raster;
  mkdirSync(join(root, 'kaggle/train/12'), { recursive: true });
  mkdirSync(join(root, 'kaggle/test'), { recursive: true });
  const scan = join(root, 'kaggle/train/12/12-0001.png');
  await sharp(data, { raw: { width, height, channels } }).png().toFile(scan);
  copyFileSync(scan, join(root, 'kaggle/test/77.png'));
  const rows = Array.from({ length: signals.leads.get('II')!.length }, (_, k) =>
    LEAD_NAMES.map((lead) => {
      const value = signals.leads.get(lead)?.[k] ?? NaN;
      return Number.isNaN(value) ? '' : value.toFixed(4);
    }).join(','),
  );
  writeFileSync(join(root, 'kaggle/train/12/12.csv'), [LEAD_NAMES.join(','), ...rows, ''].join('\n'));
  writeFileSync(join(root, 'kaggle/train.csv'), `id,fs,sig_len\n12,${signals.fs},${rows.length}\n`);
  const asked = LEAD_NAMES.map((lead) => `77,${lead},250,${lead === 'II' ? 2500 : 625}`);
  writeFileSync(
    join(root, 'kaggle/test.csv'),
    `id,lead,fs,number_of_rows\n${asked.join('\n')}\n78,II,250,2500\n`,
  );
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function cli(...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const take = (piece: string): void => void (text += piece);
  const code = await runCli(args, { out: take, err: take, columns: () => null });
  return { code, text };
}

test('from the competition’s folder to a submission and its score', async () => {
  const common = ['kaggle', '--from', join(root, 'kaggle'), '--project', join(root, 'kp'), '--jobs', '1'];
  const train = await cli(...common, '--split', 'train', '--out', join(root, 'train.csv'));
  expect(train).toMatchObject({ code: 0 });
  expect(train.text).toMatch(/1 scans in Kaggle's layout, 1 with signals \(1 by record folder\)/);
  const scored = /\n1 +0 +12\/12 +([\d.]+) /.exec(train.text);
  expect(Number(scored?.[1])).toBeGreaterThan(15);
  const submission = readSubmission(readFileSync(join(root, 'train.csv'), 'utf8'));
  expect([...submission.get('12')!].map(([lead, { length }]) => [lead, length]).slice(0, 2)).toEqual([
    ['I', 1250],
    ['II', 5000],
  ]);
  const again = await cli(...common, '--out', join(root, 'test.csv'));
  expect(again.code).toBe(3);
  expect(again.text).toContain('78: test.csv asks for it');
  const asked = readSubmission(readFileSync(join(root, 'test.csv'), 'utf8'));
  expect([...asked.keys()]).toEqual(['77', '78']);
  expect(asked.get('77')!.get('V6')!.length).toBe(625);
  expect(
    asked
      .get('77')!
      .get('V6')!
      .some((value) => value !== 0),
  ).toBe(true);
  expect(
    asked
      .get('78')!
      .get('II')!
      .every((value) => value === 0),
  ).toBe(true);
}, 240_000);

test('what is exported comes back: the same masks, the known signals, nothing moved', async () => {
  const { code } = await cli(
    'export',
    '--project',
    join(root, 'kp'),
    '--out',
    join(root, 'set'),
    '--search',
    '0001',
    '--format',
    'csv,images,planes,label-maps,coco',
    '--split',
    '0:0:1',
    '--quiet',
  );
  expect(code).toBe(0);
  const manifest = readDatasetManifest(readFileSync(join(root, 'set/manifest.json'), 'utf8'));
  expect(manifest.pages).toMatchObject([{ name: '12-0001', patient: '12', split: 'test' }]);
  const back = await cli(
    'import',
    '--from',
    join(root, 'set'),
    '--project',
    join(root, 'back'),
    '--digitize',
    '--jobs',
    '1',
  );
  expect(back.text).toMatch(/masks of 13 leads on 1 page/);
  expect(back.text).toMatch(/median lag 0 ms, 0 of 1 pages doubtful/);
  expect(back.code).toBe(0);
  const project = openProject(join(root, 'back'));
  const [id] = project.pages.ids();
  expect(project.pages.ids()).toHaveLength(1);
  expect(project.edits.history(id!)).toMatchObject([{ tool: 'import', who: 'import', holds: true }]);
  const known = readFileSync(knownSignalsPath(project.dir, project.pages.locate(id!)!.contentHash), 'utf8');
  expect(known).toBe(readFileSync(join(root, 'set/signals/test/12-0001.csv'), 'utf8'));
  project.close();
  await cli(
    'export',
    '--project',
    join(root, 'back'),
    '--out',
    join(root, 'set2'),
    '--format',
    'images,planes',
    '--split',
    '0:0:1',
    '--quiet',
  );
  const [first] = readdirSync(join(root, 'set/masks/test'));
  const [second] = readdirSync(join(root, 'set2/masks/test'));
  const planes = readdirSync(join(root, 'set/masks/test', first!));
  expect(planes.length).toBe(13);
  expect(readdirSync(join(root, 'set2/masks/test', second!))).toEqual(planes);
  for (const plane of planes) {
    const [a, b] = [
      join(root, 'set/masks/test', first!, plane),
      join(root, 'set2/masks/test', second!, plane),
    ];
    expect(readFileSync(b).equals(readFileSync(a)), plane).toBe(true);
  }
}, 240_000);

test('without identities nothing leaves unreviewed, unless that is allowed, and names are hashes', async () => {
  const common = ['export', '--project', join(root, 'kp'), '--search', '0001', '--format', 'csv,json,images'];
  const refused = await cli(...common, '--out', join(root, 'refused'), '--deidentify', '--quiet');
  expect(refused.code).not.toBe(0);
  expect(refused.text).toMatch(/nobody has reviewed its text/);
  const key = join(root, 'secret.key');
  const allowed = await cli(
    ...common,
    ...['--out', join(root, 'anonymous'), '--deidentify', '--unreviewed', '--key', key],
    ...['--complete', '--notch', '50', '--quiet'],
  );
  expect(allowed.text).toContain('A new key was made');
  expect(allowed.code).toBe(0);
  const manifest = readDatasetManifest(readFileSync(join(root, 'anonymous/manifest.json'), 'utf8'));
  expect(manifest.deidentified).toMatchObject({ unreviewedPages: 1 });
  const { name, split, patient } = manifest.pages[0]!;
  expect([name, patient].every((text) => /^[0-9a-f]{16}$/.test(text))).toBe(true);
  const report = JSON.parse(readFileSync(join(root, 'anonymous/signals', split, `${name}.json`), 'utf8')) as {
    file: string;
    processing: unknown;
  };
  expect(report.file).toBe(`${name}.png`);
  expect(report.processing).toMatchObject({ notchHz: 50, completedLimbLeads: true });
  for (const args of [['--unreviewed'], ['--deidentify', '--key', join(root, 'x/key')]]) {
    expect((await cli(...common, '--out', join(root, 'x'), ...args)).code).toBe(2);
  }
}, 240_000);

test('signals that began a second earlier are found, and kept on the clock of the page', async () => {
  const table = readFileSync(join(root, 'kaggle/train/12/12.csv'), 'utf8').split('\n');
  const gap = new Array<string>(500).fill(','.repeat(11));
  mkdirSync(join(root, 'later'));
  writeFileSync(join(root, 'later/scan.csv'), [table[0], ...gap, ...table.slice(1)].join('\n'));
  copyFileSync(join(root, 'kaggle/test/77.png'), join(root, 'later/scan.png'));
  const seconds = String((table.length - 2 + 500) / 500);
  const { text } = await cli(
    'import',
    '--from',
    join(root, 'later'),
    '--project',
    join(root, 'lp'),
    '--digitize',
    '--align',
    '--seconds',
    seconds,
    '--lag',
    '3',
    '--jobs',
    '1',
  );
  const lag = Number(/median lag (-?\d+) ms/.exec(text)?.[1]);
  expect(Math.abs(lag - 1000)).toBeLessThan(15);
  const project = openProject(join(root, 'lp'));
  const known = knownSignalsPath(project.dir, project.pages.locate(project.pages.ids()[0]!)!.contentHash);
  project.close();
  const first = Number(readFileSync(known, 'utf8').split('\n')[1]!.split(',')[0]);
  expect(Math.abs(first + 1)).toBeLessThan(0.015);
}, 240_000);

test('an import tells what it would do, and refuses what makes no sense', async () => {
  const { code, text } = await cli('import', '--from', join(root, 'kaggle'), '--preview');
  expect(code).toBe(0);
  expect(text).toContain('train/12/12-0001.png  <-  train/12/12.csv  (record folder)');
  for (const [args, words] of [
    [['--from', join(root, 'none'), '--preview'], /none/],
    [['--from', root], /--project/],
    [['--from', root, '--preview', '--kind', 'other'], /--kind takes/],
    [[], /--from/],
  ] as const) {
    const refused = await cli('import', ...args);
    expect(refused.code).toBe(2);
    expect(refused.text).toMatch(words);
  }
  expect(
    (await cli('kaggle', '--from', root, '--project', join(root, 'x'), '--out', 'y', '--split', 'all')).code,
  ).toBe(2);
});
