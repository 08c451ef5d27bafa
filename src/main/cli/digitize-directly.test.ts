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
  const wayOut =
    'The other pages are not affected. Save the scan anew as PNG and try it again; if it fails like that, report it.';
  expect(dies).toBe(
    `"a-dies.png" failed 2 times inside the program: its process ended with exit code 7. ${wayOut}`,
  );
  expect(throws).toBe(`"b-throws.png" failed 2 times inside the program: a fault of ours. ${wayOut}`);
  expect(hangs).toMatch(
    /^"c-hangs.png" was given up: a page may take 5 s, and it took longer 2 times. Scan it with/,
  );
  // Digitized by a process that followed, and found to be empty paper.
  expect(blankPage).toContain('ECG');
  expect(lines).toHaveLength(4);
});
