import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Digitization } from '../../core/digitization.ts';
import { readSignal } from '../../formats/read-signal.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { SIGNAL_FORMATS } from '../../shared/signal-formats.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { exportPages, type ExportSource } from './export-pages.ts';

const processes = openPageProcesses({ size: 1 });
afterAll(() => processes.close());

let root = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-export-pages-'));
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
    .png()
    .toFile(join(root, 'a.png'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const PAGE: Digitization = {
  status: 'ok',
  confidence: 1,
  imageWidth: 40,
  imageHeight: 30,
  rectification: null,
  layout: null,
  paths: [],
  signals: [
    {
      cellId: 'a',
      lead: 'I',
      role: 'lead',
      startSeconds: 0,
      fs: 500,
      millivolts: Float32Array.from([0.5, NaN]),
      confidence: new Float32Array(2),
    },
  ],
  findings: [],
  stages: [],
  reasons: [],
};

/** Page 1: `a.png`; 2: second page of `deep/b.tif`, whose scan is gone; 3: not digitized. */
function source(): ExportSource {
  const paths = ['', join(root, 'a.png'), join(root, 'deep/b.tif'), join(root, 'c.png')];
  return {
    locate: (id) => (paths[id] ? { scanPath: paths[id], folderPath: root } : null),
    load: (id) => ({
      scanPath: paths[id]!,
      folderPath: root,
      pageIndex: id === 2 ? 1 : 0,
      digitization: id === 3 ? null : PAGE,
      overrides: {},
    }),
  };
}

describe('exportPages', () => {
  it('mirrors the library folder, goes on after problems and names them', async () => {
    const seen: number[] = [];
    const out = join(root, 'out');
    const summary = await exportPages(source(), [1, 2, 3], out, ['csv', 'overlay'], {
      processes,
      onProgress: ({ done }) => seen.push(done),
    });
    expect(summary).toMatchObject({ done: 3, failed: 2, renewed: 0 });
    expect(summary.problems.map(({ id }) => id)).toEqual([2, 3]);
    expect(summary.problems[1]!.message).toMatch(/not been digitized/);
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(readdirSync(out).sort()).toEqual(['.tracewright-files', 'a.csv', 'a.overlay.png', 'deep']);
    expect(readdirSync(join(out, 'deep'))).toEqual(['b.p2.csv']);
    expect(readFileSync(join(out, 'a.csv'), 'utf8')).toContain('\n0.0000,0.5000,');
    const again = await exportPages(source(), [1], out, ['csv'], { processes });
    expect(again).toMatchObject({ failed: 0, renewed: 1 });
  });

  it('writes every format of signals, each of which is read back', async () => {
    const out = join(root, 'out');
    const formats = SIGNAL_FORMATS.map(({ id }) => id);
    const summary = await exportPages(source(), [1], out, formats, { processes });
    expect(summary).toMatchObject({ done: 1, failed: 0 });
    const names = readdirSync(out).filter((name) => !name.startsWith('.'));
    expect(names).toEqual(
      SIGNAL_FORMATS.flatMap(({ suffixes }) => suffixes.map((suffix) => `a${suffix}`)).sort(),
    );
    for (const name of names.filter((file) => !file.endsWith('.dat'))) {
      const options = { leadNames: LEAD_NAMES, readFile: (file: string) => readFileSync(join(out, file)) };
      const signal = readSignal(readFileSync(join(out, name)), name, options);
      const lead = signal.leads.find((candidate) => candidate.name === 'I')!;
      // The long form ends with the last sample that is seen.
      expect([...lead.millivolts]).toEqual(name === 'a.long.csv' ? [0.5] : [0.5, NaN]);
    }
    expect((await exportPages(source(), [1], out, formats, { processes })).renewed).toBe(names.length);
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const work = exportPages(source(), [1, 2], join(root, 'out'), ['csv'], {
      processes,
      signal: controller.signal,
      onProgress: ({ done }) => done === 1 && controller.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(join(root, 'out/a.csv'))).toBe(true);
    expect(existsSync(join(root, 'out/deep'))).toBe(false);
  });

  it('refuses unknown pages before it writes anything', async () => {
    await expect(
      exportPages(source(), [1, 9], join(root, 'out'), ['csv'], { processes }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(existsSync(join(root, 'out'))).toBe(false);
  });
});
