import { describe, expect, it } from 'vitest';
import { batchSummary } from './batch-summary.ts';
import { parseDigitizeFlags } from './digitize-flags.ts';
import { createProgressReporter, minutes, progressBar } from './progress-reporter.ts';
import { textTable } from './text-table.ts';

describe('parseDigitizeFlags', () => {
  it('reads every flag', () => {
    const args =
      'in x.png --out o --layout 6x2+1 --speed 50 --gain 5 --fs 250 --format csv,json --jobs 3 --quiet --mirror --provider webgpu ' +
      '--baseline median --notch 50 --low-pass 40 --reference known';
    expect(parseDigitizeFlags(args.split(' '))).toEqual({
      inputs: ['in', 'x.png'],
      out: 'o',
      project: null,
      overrides: { layout: '6x2+1', cabrera: null, speedMmPerSecond: 50, gainMmPerMillivolt: 5 },
      fs: 250,
      fsStated: true,
      formats: ['csv', 'json'],
      processing: { baseline: 'median', notchHz: 50, lowPassHz: 40, fs: null },
      reference: 'known',
      statedModel: null,
      mirror: true,
      provider: 'webgpu',
      jobs: 3,
      overwrite: false,
      quiet: true,
    });
  });

  it('finds out what is not stated', () => {
    const request = parseDigitizeFlags(['in', '--out', 'o', '--layout', 'auto']);
    expect(request).toMatchObject({ fs: 500, formats: ['csv', 'wfdb', 'json', 'overlay'] });
    expect(Object.values(request!.overrides)).toEqual([null, null, null, null]);
  });

  it.each([
    ['', /which files/],
    ['a.png', /--out/],
    ['a.png --out o --layout 5x5', /--layout takes auto.*"5x5"/],
    ['a.png --out o --speed fast', /--speed takes a number from 5 to 200, not "fast"/],
    ['a.png --out o --gain 0', /--gain/],
    ['a.png --out o --jobs 1.5', /--jobs takes a whole number/],
    ['a.png --out o --format csv,pdf', /--format.*"pdf"/],
    ['a.png --out o --colour', /--colour/],
    ['a.png --out', /--out/],
  ])('refuses "%s" as usage', (line, message) => {
    const parse = () => parseDigitizeFlags(line.split(' ').filter(Boolean));
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('progress', () => {
  it('draws a bar with the time left, cut to the terminal', () => {
    expect(progressBar(5, 10, 60_000, 'ok a.png', 80)).toBe(
      '[############            ] 5/10  1:00 left  ok a.png',
    );
    expect(progressBar(0, 3, 0, '', 80)).toBe('[                        ] 0/3  starting');
    expect(progressBar(1, 2, 1000, 'x'.repeat(99), 50)).toHaveLength(49);
    expect([minutes(59_499), minutes(3_661_000)]).toEqual(['0:59', '1:01:01']);
  });

  it('writes plain lines where nobody watches, and nothing when quiet', () => {
    for (const quiet of [false, true]) {
      let out = '';
      const terminal = {
        out: (text: string) => void (out += text),
        err: () => undefined,
        columns: () => null,
      };
      const progress = createProgressReporter(terminal, { quiet });
      progress.total(2);
      progress.page('ok  a.png');
      progress.end();
      expect(out).toBe(quiet ? '' : '[1/2] ok  a.png\n');
    }
  });
});

describe('batchSummary', () => {
  it('counts, and names each page in trouble with its reason', () => {
    const pages = [
      { label: 'b.png', status: 'partial', message: 'V3 left the paper.', milliseconds: 900 },
      { label: 'a.png', status: 'ok', message: null, milliseconds: 1000 },
      { label: 'c.png', status: 'failed', message: 'No ECG was found.', milliseconds: 50 },
    ] as const;
    expect(batchSummary(pages, { elapsed: 2000, renewed: 3, stopped: false, out: 'o' })).toBe(
      [
        '1 digitized, 1 in part, 1 failed; 0:02 in all, 900 ms per page (median); results in o',
        '3 files of an earlier run were replaced.',
        '',
        'page   status   reason',
        'c.png  failed   No ECG was found.',
        'b.png  partial  V3 left the paper.',
        '',
      ].join('\n'),
    );
  });
});

describe('textTable', () => {
  it('aligns numbers right, words left, wide characters by their cells', () => {
    expect(
      textTable(
        ['name', 'dB', 'what'],
        [
          ['心电', '9.5', 'x'],
          ['ab', '10.25', ''],
        ],
      ),
    ).toBe(['name     dB  what', '心电    9.5  x', 'ab    10.25'].join('\n'));
  });
});
