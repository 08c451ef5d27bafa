import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { digitizeDirectly } from './digitize-directly.ts';
import { parseDigitizeFlags } from './digitize-flags.ts';
import { findScans } from './find-scans.ts';

const MOODY = new URL('../../../tests/robustness/fixtures/moody-scan-page-worker.ts', import.meta.url);

test('a page that kills its thread, throws, or hangs is failed with the reason; the others go on', async () => {
  const root = tempDir();
  const [scans, out] = [join(root, 'scans'), join(root, 'out')];
  mkdirSync(scans);
  const paper = { create: { width: 90, height: 60, channels: 3, background: '#fdfbf7' } } as const;
  const blank = await sharp(paper).png().toBuffer();
  for (const name of ['a-dies', 'b-throws', 'c-hangs', 'd']) writeFileSync(join(scans, `${name}.png`), blank);
  const request = parseDigitizeFlags([scans, '--out', out, '--jobs', '1', '--format', 'json'])!;
  const found = await findScans([scans], out);
  const lines: string[] = [];
  const { pages } = await digitizeDirectly(
    request,
    found.scans,
    new AbortController().signal,
    { page: (line) => lines.push(line), total: () => undefined, end: () => undefined },
    { timeLimitMs: 5000, worker: MOODY },
  );
  expect(pages.map(({ label, status }) => [label, status])).toEqual([
    ['a-dies.png', 'failed'],
    ['b-throws.png', 'failed'],
    ['c-hangs.png', 'failed'],
    ['d.png', 'failed'],
  ]);
  const [dies, throws, hangs, blankPage] = pages.map(({ message }) => message);
  expect(dies).toMatch(/worker|thread/i);
  expect(throws).toBe('a fault of ours');
  expect(hangs).toBe('It took longer than 5 s.');
  // Digitized by the thread, and found to be empty paper.
  expect(blankPage).toContain('ECG');
  expect(lines).toHaveLength(4);
});
