import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLeadTableCsv } from '../../src/formats/csv/write-lead-table-csv.ts';
import { runCommand } from './run-command.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-score-'));
  const wave = (scale: number) => {
    const values = Float32Array.from(
      { length: 500 },
      (_, i) => scale * Math.sin((2 * Math.PI * 5 * i) / 500),
    );
    return writeLeadTableCsv({ fs: 500, startSeconds: 0, leads: new Map([['II', values]]) });
  };
  for (const folder of ['truth/a', 'truth/b', 'pred/a']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'truth/LIST.csv'), 'file,width\nx,1\n');
  writeFileSync(join(root, 'truth/a/good.csv'), wave(1));
  writeFileSync(join(root, 'pred/a/good.csv'), wave(1));
  writeFileSync(join(root, 'truth/a/weak.csv'), wave(1));
  // Half as high: the difference holds a quarter of the power, 6.02 dB.
  writeFileSync(join(root, 'pred/a/weak.csv'), wave(0.5));
  writeFileSync(join(root, 'truth/b/lost.csv'), wave(1));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const score = (...flags: string[]) =>
  runCommand(['score', '--truth', join(root, 'truth'), '--pred', join(root, 'pred'), ...flags]);

describe('score', () => {
  it('prints folders and the whole', async () => {
    const { code, out } = await score();
    expect(code).toBe(0);
    const rows = out
      .trim()
      .split('\n')
      .map((line) => line.split(/ +/));
    // Score of a: 10 log10((384 + 4) / 2); mean: (25.84 + 6.02) / 2.
    expect(rows[1]!.slice(0, 7)).toEqual(['a', '2', '0', '2/2', '22.88', '15.93', '15.93']);
    expect(rows[2]!.slice(0, 5)).toEqual(['b', '1', '1', '0/1', '0.00']);
    expect(rows[3]!.slice(0, 4)).toEqual(['all', '3', '1', '2/3']);
  });

  it('lists pages and leads, worst first', async () => {
    const { out } = await score('--leads');
    const names = out.split('\n').map((line) => line.trimStart().split(' ')[0]);
    expect(names.slice(1, 5)).toEqual(['weak', 'II', 'good', 'II']);
    expect(out).toMatch(/lost +0\.00 .*no signal/);
  });

  it('gives everything to programs', async () => {
    const { folders } = JSON.parse((await score('--json')).out) as {
      folders: { folder: string; medianDb: number; pageScores: { name: string; snrDb: number }[] }[];
    };
    expect(folders.map(({ folder }) => folder)).toEqual(['a', 'b']);
    expect(folders[0]!.pageScores.map(({ name }) => name)).toEqual(['good', 'weak']);
    expect(folders[0]!.pageScores[1]!.snrDb).toBeCloseTo(6.02, 2);
  });

  it('refuses what it cannot compare', async () => {
    expect((await runCommand(['score', '--truth', root])).code).toBe(2);
    const missing = await runCommand(['score', '--truth', join(root, 'nowhere'), '--pred', root]);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('nowhere');
  });
});
