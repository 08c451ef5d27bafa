import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { digitizeDirectly } from './digitize-directly.ts';
import { parseDigitizeFlags } from './digitize-flags.ts';
import { findScans } from './find-scans.ts';

const MOODY = new URL('../../../tests/robustness/fixtures/moody-page-child.ts', import.meta.url);

test('a page that kills its process, throws, or hangs is failed with the reason; the others go on', async () => {
  const root = tempDir();
  const [scans, out] = [join(root, 'scans'), join(root, 'out')];
  mkdirSync(scans);
  const paper = { create: { width: 90, height: 60, channels: 3, background: '#fdfbf7' } } as const;
  const blank = await sharp(paper).png().toBuffer();
  for (const name of ['a-dies', 'b-throws', 'c-hangs', 'd']) writeFileSync(join(scans, `${name}.png`), blank);
  const flags = parseDigitizeFlags([scans, '--out', out, '--jobs', '1', '--format', 'json'])!;
  const request = { ...flags, model: null };
  const found = await findScans([scans], out);
  const lines: string[] = [];
  const processes = openPageProcesses({ size: 1, entry: MOODY });
  onTestFinished(() => processes.close());
  const { pages } = await digitizeDirectly(
    request,
    found.scans,
    processes,
    new AbortController().signal,
    { page: (line) => lines.push(line), total: () => undefined, end: () => undefined },
    { timeLimitMs: 5000 },
  );
  expect(pages.map(({ label, status }) => [label, status])).toEqual([
    ['a-dies.png', 'failed'],
    ['b-throws.png', 'failed'],
    ['c-hangs.png', 'failed'],
    ['d.png', 'failed'],
  ]);
  const [dies, throws, hangs, blankPage] = pages.map(({ message }) => message);
  expect(dies).toBe('"a-dies.png" failed 2 times inside the program: its process ended with exit code 7');
  expect(throws).toBe('"b-throws.png" failed 2 times inside the program: a fault of ours');
  expect(hangs).toBe('"c-hangs.png" was given up after 2 attempts of 5 s each.');
  // Digitized by a process that followed, and found to be empty paper.
  expect(blankPage).toContain('ECG');
  expect(lines).toHaveLength(4);
});
