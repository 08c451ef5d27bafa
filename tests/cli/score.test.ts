import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
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

  it('reads tables and folders that are symbolic links, and ends where they turn in a circle', async () => {
    mkdirSync(join(root, 'linked'), { recursive: true });
    symlinkSync(join(root, 'truth/a/good.csv'), join(root, 'linked/good.csv'));
    symlinkSync(join(root, 'truth/a'), join(root, 'linked/more'));
    symlinkSync(join(root, 'linked'), join(root, 'linked/again'));
    symlinkSync(join(root, 'nowhere.csv'), join(root, 'linked/broken.csv'));
    const { code, out } = await runCommand([
      'score',
      '--truth',
      join(root, 'linked'),
      '--pred',
      root,
      '--json',
    ]);
    expect(code).toBe(0);
    const { folders } = JSON.parse(out) as { folders: { folder: string; pages: number }[] };
    expect(folders.map(({ folder, pages }) => [folder, pages])).toEqual([
      ['.', 1],
      ['more', 2],
    ]);
  });

  it('compares two predictions page by page', async () => {
    mkdirSync(join(root, 'other/a'), { recursive: true });
    for (const name of ['good', 'weak']) {
      writeFileSync(join(root, `other/a/${name}.csv`), readFileSync(join(root, 'pred/a/weak.csv')));
    }
    const { out } = await score('--against', join(root, 'other'), '--pages');
    expect(out).toContain('1 pages better, 0 worse, 2 alike within 0.1 dB');
    expect(out).toMatch(/a\/good +25\.84 +6\.02 +19\.82/);
    const json = JSON.parse((await score('--against', join(root, 'other'), '--json')).out) as {
      against: { meanDb: { difference: number; interval: { low: number; high: number } } };
    };
    expect(json.against.meanDb.difference).toBeCloseTo(19.82 / 3, 2);
    expect(json.against.meanDb.interval.low).toBe(0);
  });

  it('measures masks and all else with --full, by style, and writes a report that needs nothing', async () => {
    const [width, height] = [64, 40];
    const mask = async (path: string, shift: number) => {
      const pixels = new Uint16Array(width * height);
      for (let y = 10; y < 14; y++) for (let x = 5; x < 45; x++) pixels[(y + shift) * width + x] = 1;
      const bytes = await sharp(pixels, { raw: { width, height, channels: 1 } })
        .toColourspace('grey16')
        .png()
        .toBuffer();
      writeFileSync(path, bytes);
    };
    const cells = { kind: 'scan', cells: [{ lead: 'II', mask_bit: 0 }] };
    writeFileSync(join(root, 'truth/a/good.json'), JSON.stringify(cells));
    writeFileSync(join(root, 'pred/a/good.json'), JSON.stringify({ ...cells, annotator: 'Ada' }));
    await mask(join(root, 'truth/a/good.mask.png'), 0);
    await mask(join(root, 'pred/a/good.mask.png'), 2);
    const html = join(root, 'report.html');
    const { code, out } = await score('--json', '--by', 'style', '--by', 'annotator', '--html', html);
    expect(code).toBe(0);
    const json = JSON.parse(out) as {
      folders: {
        masks?: { dice: number; iou: number; hd95Px: number };
        measures: { cincSnrDb: number | null };
        pageScores: { leads: { II: { mask?: { dice: number }; measures: { maeMicrovolts: number } } } }[];
      }[];
      groups: { style: { name: string; pages: number }[]; annotator: { name: string }[] };
    };
    expect(json.folders[0]!.masks).toMatchObject({ dice: 0.5, iou: 1 / 3, hd95Px: 2 });
    expect(json.folders[0]!.pageScores[0]!.leads.II.mask!.dice).toBe(0.5);
    expect(json.folders[1]!.masks).toBeUndefined();
    // Of two leads one is perfect: infinite decibels, which JSON does not have.
    expect(json.folders[0]!.measures.cincSnrDb).toBeNull();
    expect(json.groups.style.map(({ name, pages }) => [name, pages])).toEqual([
      ['(not stated)', 2],
      ['scan', 1],
    ]);
    expect(json.groups.annotator.map(({ name }) => name)).toEqual(['(not stated)', 'Ada']);
    const report = readFileSync(html, 'utf8');
    expect(report).toContain('<svg');
    expect(report).toContain('b/lost');
    expect(report).not.toMatch(/<script|https?:|src="(?!data:)|url\(/);
  });

  it('says what it cannot group by, and which mask is none', async () => {
    expect((await score('--by', 'colour')).err).toContain('--by takes');
    writeFileSync(join(root, 'truth/a/weak.mask.png'), 'no picture');
    writeFileSync(join(root, 'pred/a/weak.mask.png'), 'no picture');
    const { code, err } = await score('--full');
    expect(code).toBe(1);
    expect(err).toContain('weak.mask.png is no mask');
  });
});
