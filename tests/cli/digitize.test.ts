import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLeadTableCsv } from '../../src/formats/csv/read-lead-table-csv.ts';
import { writeLeadTableCsv } from '../../src/formats/csv/write-lead-table-csv.ts';
import { readPageReport } from '../../src/formats/report/page-report-json.ts';
import { readWfdb } from '../../src/formats/wfdb/read-wfdb.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { encodeModel } from '../../src/main/training/export/export-model.ts';
import { initParameters } from '../../src/main/training/net/init-parameters.ts';
import { layOutParameters } from '../../src/main/training/net/parameter-layout.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { runCommand, type CommandResult } from './run-command.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/08-rhythm-strip.png', import.meta.url));

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-cli-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const at = (...parts: string[]) => join(root, ...parts);
function sample(path: string) {
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(SAMPLE, path);
}
/** All files below a folder, relative, sorted. */
function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('digitize a folder', () => {
  let first: CommandResult;
  beforeAll(async () => {
    sample(at('in/twice.png'));
    await sharp(SAMPLE).jpeg({ quality: 95 }).toFile(at('in/twice.jpg'));
    sample(at('in/deep/er/心电图 1.png'));
    await sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff' } })
      .png()
      .toFile(at('in/blank.png'));
    writeFileSync(at('in/broken.png'), readFileSync(SAMPLE).subarray(0, 3000));
    writeFileSync(at('in/empty.jpg'), '');
    writeFileSync(at('in/notes.txt'), 'no scan');
    first = await runCommand(['digitize', at('in'), at('in/missing.tif'), '--out', at('out'), '--jobs', '2']);
  });

  it('ends with 3 and names the reason of every page that failed', () => {
    expect(first.code, first.err).toBe(3);
    const table = first.out.slice(first.out.indexOf('reason'));
    for (const name of ['blank.png', 'broken.png', 'empty.jpg', 'missing.tif']) {
      expect(table).toMatch(new RegExp(`${name} +failed +\\S.{15,}`));
    }
    expect(table).not.toContain('twice');
    expect(first.out).toMatch(/^3 digitized, 0 in part, 4 failed/m);
  });

  it('writes a plain line per page when nobody watches', () => {
    expect(first.out).toMatch(/^\[\d\/6\] ok +twice\.png {2}strip {2}1 lead {2}confidence 0\.\d\d/m);
    expect(first.out).not.toContain('\u001b');
  });

  it('mirrors the tree, keeps extensions where names meet, and leaves nothing half written', () => {
    const files = tree(at('out')).filter((path) => path !== '.tracewright-files');
    const record = files.find((path) => path.endsWith('.hea') && path.startsWith('deep'))!;
    expect(record).toMatch(/^deep\/er\/1_[0-9a-f]{8}\.hea$/);
    expect(files).toEqual(
      [
        'blank.json',
        'blank.overlay.png',
        'broken.json',
        record,
        record.replace('.hea', '.dat'),
        'deep/er/心电图 1.csv',
        'deep/er/心电图 1.json',
        'deep/er/心电图 1.overlay.png',
        'empty.json',
        ...['jpg', 'png'].flatMap((kind) =>
          [`twice.${kind}.csv`, `twice.${kind}.json`, `twice.${kind}.overlay.png`].concat(
            `twice_${kind}.dat`,
            `twice_${kind}.hea`,
          ),
        ),
      ].sort(),
    );
  });

  it('tells in the report of a failed page why', () => {
    const report = readPageReport(readFileSync(at('out/broken.json'), 'utf8'));
    expect(report).toMatchObject({ status: 'failed', file: 'broken.png', layout: null, leads: [] });
    expect(report.reasons[0]).toMatchObject({ code: 'corrupt', severity: 'error' });
  });

  it('writes a record that is read back', () => {
    const record = readWfdb(readFileSync(at('out/twice_png.hea'), 'utf8'), (name) =>
      readFileSync(at('out', name)),
    );
    const lead = record.signals.find(({ description }) => description === 'II')!;
    expect(lead.values.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(2000);
  });

  it('draws an overlay with colour on it', async () => {
    const { data, info } = await sharp(at('out/twice.png.overlay.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Lead II is traced in blue; page and grid are gray and orange.
    let blue = 0;
    for (let i = 0; i < data.length; i += info.channels) if (data[i + 2]! - data[i]! > 80) blue++;
    expect(blue).toBeGreaterThan(info.width);
  });

  it('renews its own files on a second run, but not what someone changed', async () => {
    writeFileSync(at('out/twice.jpg.csv'), 'measured by hand');
    const args = [
      'digitize',
      at('in/twice.png'),
      at('in/twice.jpg'),
      '--out',
      at('out'),
      '--format',
      'csv,json',
    ];
    const again = await runCommand(args);
    expect(again.code).toBe(3);
    expect(again.out).toMatch(/twice\.jpg +failed .*twice\.jpg\.csv exists/);
    expect(again.out).toContain('2 files of an earlier run were replaced.');
    expect(readFileSync(at('out/twice.jpg.csv'), 'utf8')).toBe('measured by hand');
    const forced = await runCommand([...args, '--overwrite', '--quiet']);
    expect([forced.code, forced.out]).toEqual([0, '']);
    expect(readFileSync(at('out/twice.jpg.csv'), 'utf8')).toMatch(/^time_s,I,II/);
  });
});

describe('digitize', () => {
  it('keeps to the asked formats and rate', async () => {
    const result = await runCommand([
      'digitize',
      SAMPLE,
      '--out',
      at('one'),
      '--format',
      'csv',
      '--fs',
      '250',
    ]);
    expect(result.code).toBe(0);
    expect(tree(at('one'))).toEqual(['.tracewright-files', '08-rhythm-strip.csv']);
    expect(readFileSync(at('one/08-rhythm-strip.csv'), 'utf8')).toMatch(/\n0\.0040,/);
  });

  it.each([
    [[], /which files or folders/],
    [['x.png'], /--out/],
    [['x.png', '--out', 'o', '--layout', '7x7'], /"7x7"/],
    [['x.png', '--out', 'o', '--wrong'], /--wrong/],
    [['x.png', '--out', 'o', '--baseline', 'none'], /high-pass or median/],
    [['x.png', '--out', 'o', '--fs', '100', '--notch', '50'], /more than 100 samples/],
  ])('ends with 2 and says why for %j', async (args, message) => {
    const result = await runCommand(['digitize', ...args]);
    expect(result.code).toBe(2);
    expect(result.err).toMatch(message);
    expect(result.err).toMatch(/--help/);
  });

  it('filters signals and takes lags from known ones only when asked, and says so', async () => {
    sample(at('raw/a.png'));
    const plain = ['digitize', at('raw'), '--format', 'csv,json', '--model', 'none', '--quiet', '--out'];
    expect((await runCommand([...plain, at('plain')])).code).toBe(0);
    const before = readLeadTableCsv(readFileSync(at('plain/a.csv'), 'utf8'));
    expect(readPageReport(readFileSync(at('plain/a.json'), 'utf8')).processing).toBeUndefined();
    // The known signals came 20 samples earlier: the digitized ones are late by 40 ms.
    const early = new Map([...before.leads].map(([lead, values]) => [lead, values.subarray(20)]));
    mkdirSync(at('known'));
    writeFileSync(at('known/a.csv'), writeLeadTableCsv({ ...before, leads: early }));
    const flags = ['--baseline', 'median', '--notch', '50', '--low-pass', '100', '--reference', at('known')];
    const result = await runCommand([...plain, at('filtered'), ...flags]);
    expect(result.code, result.out + result.err).toBe(0);
    const { processing } = readPageReport(readFileSync(at('filtered/a.json'), 'utf8'));
    expect(processing).toMatchObject({ baseline: 'median', notchHz: 50, lowPassHz: 100 });
    expect(processing!.lags.length).toBeGreaterThan(0);
    for (const { lagSeconds, correlation } of processing!.lags) {
      expect(lagSeconds).toBeCloseTo(0.04, 3);
      expect(correlation).toBeGreaterThan(0.99);
    }
    const after = readLeadTableCsv(readFileSync(at('filtered/a.csv'), 'utf8'));
    expect([...after.leads.keys()]).toEqual([...before.leads.keys()]);
    const [values] = after.leads.values();
    const median = Float32Array.from(values!.filter((value) => !Number.isNaN(value))).sort();
    expect(Math.abs(median[median.length >> 1]!)).toBeLessThan(0.02);
  });

  it('ends with 2 when the output folder cannot be one, before any work', async () => {
    writeFileSync(at('file'), '');
    const result = await runCommand(['digitize', SAMPLE, '--out', at('file/out')]);
    expect(result.code).toBe(2);
    expect(result.err).toContain('part of the path is a file');
  });

  it('looks at pages with a model of your own, or with none, and tells which', async () => {
    sample(at('look/a.png'));
    const shape = { widths: [4, 6], classes: 4 };
    const model = encodeModel(shape, initParameters(layOutParameters(shape), createRandom(1)));
    writeFileSync(at('own.onnx'), model);
    const used: unknown[] = [];
    for (const stated of [[at('own.onnx')], [at('own.onnx'), '--mirror'], ['none', '--mirror']]) {
      const args = ['digitize', at('look'), '--out', at('looked'), '--format', 'json', '--model', ...stated];
      const result = await runCommand(args);
      expect(result.code, result.out + result.err).toBe(0);
      used.push(readPageReport(readFileSync(at('looked/a.json'), 'utf8')).versions['model']);
    }
    expect(used).toEqual([
      expect.stringMatching(/^own\.onnx [0-9a-f]{12}$/),
      expect.stringMatching(/^own\.onnx [0-9a-f]{12}, mirrored$/),
      undefined,
    ]);
  });

  it('ends with 2 when the model is none, before any work', async () => {
    writeFileSync(at('no-model.onnx'), 'weights');
    const result = await runCommand(['digitize', SAMPLE, '--out', at('x'), '--model', at('no-model.onnx')]);
    expect(result.code).toBe(2);
    expect(result.err).toMatch(/no-model\.onnx cannot be used/);
    expect(existsSync(at('x'))).toBe(false);
  });

  it('ends with 2 when the execution provider does not run the model here, before any work', async () => {
    const result = await runCommand(['digitize', SAMPLE, '--out', at('y'), '--provider', 'no-such']);
    expect(result.code).toBe(2);
    expect(result.err).toMatch(/--provider no-such cannot be used\. \w+/);
    expect(existsSync(at('y'))).toBe(false);
  });

  it('ends with 2 when there is nothing to digitize', async () => {
    mkdirSync(at('nothing'));
    const result = await runCommand(['digitize', at('nothing'), '--out', at('none')]);
    expect([result.code, existsSync(at('none'))]).toEqual([2, false]);
  });

  it('stops at an interrupt with 130, keeping what is complete', async () => {
    for (let i = 0; i < 30; i++) sample(at('many', `${String(i).padStart(2, '0')}.png`));
    let told = false;
    const result = await runCommand(
      ['digitize', at('many'), '--out', at('stopped'), '--format', 'csv,json', '--jobs', '1'],
      (soFar, kill) => {
        if (told || !soFar.includes('[1/30]')) return;
        told = true;
        kill('SIGINT');
      },
    );
    expect(result.code, result.err).toBe(130);
    expect(result.out).toContain('Stopped before the end');
    const files = tree(at('stopped')).filter((path) => path !== '.tracewright-files');
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(files.length).toBeLessThan(60);
    expect(files.filter((path) => !/^\d\d\.(csv|json)$/.test(path))).toEqual([]);
    expect(files.filter((path) => path.endsWith('.csv'))).toHaveLength(files.length / 2);
  });
});

describe('the command line', () => {
  it('explains itself', async () => {
    expect(await runCommand(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('npm run score'),
    });
    expect(await runCommand(['fly'])).toMatchObject({ code: 2, err: expect.stringContaining('"fly"') });
    for (const command of ['digitize', 'score', 'contact-sheet', 'samples']) {
      const { code, out } = await runCommand([command, '--help']);
      expect([code, out]).toEqual([0, expect.stringContaining(`npm run ${command}`)]);
    }
  });
});

describe('digitize --project', () => {
  it('keeps pages and results, digitizes none twice, and writes the same files', async () => {
    sample(at('ward/a.png'));
    sample(at('ward/deep/b.png'));
    const args = [
      'digitize',
      at('ward'),
      '--project',
      at('project'),
      '--jobs',
      '1',
      '--format',
      'csv,wfdb,json',
    ];
    const first = await runCommand([...args, '--out', at('kept')]);
    expect(first.code, first.out + first.err).toBe(0);
    expect(first.out).toMatch(/ok +deep\/b\.png {2}strip {2}1 lead {2}confidence/);
    const direct = await runCommand(['digitize', at('ward'), '--out', at('direct'), '--format', 'csv,wfdb']);
    expect(direct.code).toBe(0);
    for (const name of ['a.csv', 'deep/b.csv', 'deep/b.dat', 'deep/b.hea']) {
      expect(readFileSync(at('kept', name)).equals(readFileSync(at('direct', name))), name).toBe(true);
    }
    const report = readPageReport(readFileSync(at('kept/a.json'), 'utf8'));
    expect(report.milliseconds['decode']).toBeGreaterThan(0);
    sample(at('ward/c.png'));
    const second = await runCommand([...args, '--out', at('kept'), '--fs', '500']);
    expect(second.code, second.out + second.err).toBe(0);
    expect(second.out).toMatch(/^3 digitized/m);
    const project = openProject(at('project'));
    const runs = project.pages.ids().map((id) => project.results.runs(id));
    project.close();
    expect(runs).toEqual([1, 1, 1]);
  });

  it('states what was stated, and digitizes those pages again', async () => {
    const args = ['digitize', at('ward/a.png'), '--project', at('project'), '--out', at('stated')];
    const result = await runCommand([...args, '--format', 'json', '--gain', '20']);
    expect(result.code, result.out + result.err).toBe(0);
    const report = readPageReport(readFileSync(at('stated/a.json'), 'utf8'));
    expect(report).toMatchObject({
      gainMmPerMillivolt: 20,
      gainSource: 'user',
      overrides: { gainMmPerMillivolt: 20 },
    });
  });
});
