import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { randomEcg } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import { readWfdb } from '../../src/formats/wfdb/read-wfdb.ts';
import { writeWfdb } from '../../src/formats/wfdb/write-wfdb.ts';
import { runCommand } from './run-command.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-synth-cli-'));
  mkdirSync(join(root, 'records/sub'), { recursive: true });
  for (const [folder, name, seed] of [
    ['records', 'one', 1],
    ['records/sub', 'two', 2],
  ] as const) {
    const random = createRandom(seed);
    const ecg = simulateEcg(randomEcg(random), { seconds: 10, fs: 250, random });
    const { header, data } = writeWfdb(name, { fs: 250, startSeconds: 0, leads: ecg.leads });
    writeFileSync(join(root, folder, `${name}.hea`), header);
    writeFileSync(join(root, folder, `${name}.dat`), data);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const synth = (out: string, ...flags: string[]) =>
  runCommand(['synth', '--out', join(root, out), '--dpi', '80', '--seed', '7', ...flags]);

/** Every file below a folder with its bytes. */
function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.sort().map((path) => [path.slice(join(root, folder).length + 1), readFileSync(path, 'latin1')]),
  );
}

describe('synth', () => {
  it('draws records with everything that is true of them, the same whatever --jobs and --count', async () => {
    const records = join(root, 'records');
    const first = await synth('a', '--records', records, '--count', '3', '--jobs', '2');
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(/3 drawn, 0 kept, 0 failed/);
    const files = filesOf('a');
    const stems = ['one', 'one-2', 'sub/two'];
    for (const stem of stems) {
      for (const ending of ['csv', 'json', 'mask.png', 'hea', 'dat']) {
        expect(files.has(`${stem}.${ending}`), `${stem}.${ending}`).toBe(true);
      }
      expect(files.has(`${stem}.png`) !== files.has(`${stem}.jpg`)).toBe(true);
    }
    expect(files.size).toBe(18);
    await synth('b', '--records', records, '--jobs', '1');
    const again = filesOf('b');
    expect(again.size).toBe(12);
    for (const [name, bytes] of again) expect(files.get(name) === bytes, name).toBe(true);

    const json = JSON.parse(files.get('sub/two.json')!) as Record<string, unknown>;
    const mask = sharp(join(root, 'a/sub/two.mask.png'));
    expect(await mask.metadata()).toMatchObject({
      width: json['width'],
      height: json['height'],
      depth: 'ushort',
    });
    const bits = await mask.toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    const values = new Set(new Uint16Array(bits.buffer, bits.byteOffset, bits.length / 2));
    const cells = json['cells'] as { mask_bit: number }[];
    for (const { mask_bit: bit } of cells) expect(values.has(1 << bit), `bit ${bit}`).toBe(true);

    const copy = readWfdb(readFileSync(join(root, 'a/sub/two.hea'), 'latin1'), (file) =>
      readFileSync(join(root, 'a/sub', file)),
    );
    const source = readWfdb(readFileSync(join(root, 'records/sub/two.hea'), 'latin1'), (file) =>
      readFileSync(join(root, 'records/sub', file)),
    );
    expect(copy.signals[7]!.values).toEqual(source.signals[7]!.values);
  });

  it('keeps what is drawn, and does not touch pages of another recipe', async () => {
    expect((await synth('keep', '--count', '2')).out).toMatch(/2 drawn/);
    const before = filesOf('keep');
    expect((await synth('keep', '--count', '3')).out).toMatch(/1 drawn, 2 kept/);
    const after = filesOf('keep');
    for (const [name, bytes] of before) expect(after.get(name) === bytes, name).toBe(true);
    const other = await synth('keep', '--count', '1', '--preset', 'clean');
    expect(other.code).toBe(3);
    expect(other.out).toMatch(/belongs to another run; --overwrite/);
    const again = ['--preset', 'clean', '--overwrite', '--format', 'jpg', '--no-masks'];
    expect((await synth('keep', '--count', '1', ...again)).code).toBe(0);
    const pictures = [...filesOf('keep').keys()].filter((name) => /^model-00001.*(png|jpg)$/.test(name));
    expect(pictures).toEqual(['model-00001.jpg']);
  });

  it('draws what is asked for', async () => {
    const flags = [
      '--layout',
      '6x2',
      '--speed',
      '50',
      '--rotate',
      '0',
      '--format',
      'jpg',
      '--mask-unplotted',
    ];
    const { code } = await synth(
      'asked',
      '--count',
      '1',
      '--preset',
      'plain',
      ...flags,
      '--no-masks',
      '--quiet',
    );
    expect(code).toBe(0);
    const files = filesOf('asked');
    expect([...files.keys()]).toEqual(
      ['csv', 'dat', 'hea', 'jpg', 'json'].map((ending) => `model-00001.${ending}`),
    );
    const json = JSON.parse(files.get('model-00001.json')!) as Record<string, unknown>;
    expect([json['layout'], json['speed_mm_per_s']]).toEqual(['6x2', 50]);
    const record = readWfdb(files.get('model-00001.hea')!, (file) => readFileSync(join(root, 'asked', file)));
    expect(record.signals[6]!.values[0]).toBeNaN();
  });

  it('never replaces records or files of others unasked', async () => {
    const own = await runCommand([
      'synth',
      '--records',
      join(root, 'records'),
      '--out',
      join(root, 'records'),
    ]);
    expect([own.code, /would replace the records/.test(own.err)]).toEqual([2, true]);
    mkdirSync(join(root, 'others'));
    writeFileSync(join(root, 'others/model-00001.csv'), 'mine');
    const other = await synth('others', '--count', '1');
    expect([other.code, /is no page of an earlier run/.test(other.out)]).toEqual([3, true]);
    expect(filesOf('others')).toEqual(new Map([['model-00001.csv', 'mine']]));
  });

  it.each([
    [['--preset', 'oil'], /--preset takes one of mixed/],
    [['--dpi', '20..90'], /--dpi takes a number or a range like 72\.\.600/],
    [['--grid', 'maybe'], /--grid takes yes, no or a probability/],
    [['--columns', '3', '--rhythm', 'II'], /No page prints 4x3 with 1 rhythm strips/],
    [['--rhythm', 'II,X'], /--rhythm takes none or up to three/],
    [['--layout', '3x4', '--columns', '4'], /contradict/],
    [['stray'], /does not know what "stray" means/],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await runCommand(['synth', '--out', join(root, 'no'), ...flags]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('says what is missing, and helps', async () => {
    expect((await runCommand(['synth'])).err).toMatch(/--out <dir>/);
    const missing = await synth('no', '--records', join(root, 'nowhere'));
    expect([missing.code, /no readable folder/.test(missing.err)]).toEqual([1, true]);
    expect((await runCommand(['synth', '--help'])).out).toMatch(/--wrinkles CHANCE/);
  });
});
