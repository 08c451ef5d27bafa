import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject } from '../store/open-project.ts';
import { parseExportFlags } from './export-flags.ts';
import { runCli } from './run-cli.ts';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tracewright-export-cli-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function cli(...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const take = (piece: string): void => void (text += piece);
  const code = await runCli(['export', ...args], { out: take, err: take, columns: () => null });
  return { code, text };
}

test('flags say what is written of which pages', () => {
  const parse = (line: string) =>
    parseExportFlags(['--project', 'p', '--out', 'o', ...line.split(' ').filter(Boolean)])!;
  expect(parse('')).toMatchObject({ formats: ['csv', 'wfdb', 'json'], dataset: null, ids: null });
  expect(parse('--format coco,csv --accepted --pages 4,7..9')).toMatchObject({
    formats: ['csv'],
    dataset: { parts: ['coco'], name: null, shares: { train: 70, val: 15, test: 15 }, patients: 'name' },
    query: { review: 'accepted' },
    ids: [4, 7, 8, 9],
  });
  expect(parse('--dataset --split 8:1:1 --seed 5 --patient-pattern p(.*)').dataset).toMatchObject({
    shares: { train: 8, val: 1, test: 1 },
    seed: 5,
    patients: 'pattern',
    patientPattern: 'p(.*)',
  });
  expect(parse('--format everything').formats).not.toContain('overlay');
  for (const [line, words] of [
    ['--format png', /not "png"/],
    ['--format coco,overlay', /no overlays/],
    ['--split 1:2', /three shares/],
    ['--pages 9..4', /numbers such as/],
    ['--review done', /--review takes one of/],
    ['--stratify age', /stratify/],
    ['somewhere', /no option of export/],
  ] as const) {
    expect(() => parse(line), line).toThrow(words);
  }
});

test('refuses what makes no sense, and makes no project by looking for one', async () => {
  const none = await cli('--project', join(root, 'none'), '--out', join(root, 'out'));
  expect(none).toMatchObject({ code: 2, text: expect.stringContaining('There is no project') as string });
  expect(existsSync(join(root, 'none'))).toBe(false);
  openProject(join(root, 'project')).close();
  const empty = await cli('--project', join(root, 'project'), '--out', join(root, 'out'));
  expect(empty).toMatchObject({ code: 2, text: expect.stringContaining('No page of the project') as string });
  expect((await cli('--help')).text).toContain('--licence');
});

test('pages that were not digitized are named, and end with 3', async () => {
  const project = openProject(join(root, 'project'));
  const folder = project.folders.add(root, { watch: false });
  writeFileSync(join(root, 'a.png'), '');
  project.files.add(folder, [{ relativePath: 'a.png', size: 0, mtimeMs: 0 }], { queue: false });
  project.close();
  const { code, text } = await cli(
    '--project',
    join(root, 'project'),
    '--out',
    join(root, 'out'),
    '--format',
    'csv',
  );
  expect(code).toBe(3);
  expect(text).toContain('0 of 1 pages written');
  expect(text).toContain('a.png: The page has not been digitized yet.');
  expect(readFileSync(join(root, 'out', '.tracewright-files'), 'utf8')).toBe('');
});
