import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { BenchRow } from './bench-row.ts';
import { benchScans } from './pages.ts';
import { residentMb } from './resident-memory.ts';

const root = resolve(import.meta.dirname, '../..');
const PAGES = 80;

/**
 * Throughput of the command line with one and two jobs, and the most memory all its processes held. A process takes its
 * first pages at half speed, until its code is compiled: the batch is long enough for that not to count.
 */
export default async function benchBatch(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-'));
  try {
    const scans = join(folder, 'scans');
    mkdirSync(scans);
    const sources = benchScans(8);
    for (let i = 0; i < PAGES; i++) {
      const source = sources[i % sources.length]!;
      copyFileSync(source, join(scans, `${String(i).padStart(2, '0')}${extname(source)}`));
    }
    const one = await digitize(scans, join(folder, 'one'), ['--jobs', '1', '--model', 'none']);
    const two = await digitize(scans, join(folder, 'two'), ['--jobs', '2', '--model', 'none']);
    const seeing = await digitize(scans, join(folder, 'seeing'), ['--jobs', '2']);
    return [
      { name: 'one job', value: (PAGES / one.seconds) * 60, unit: 'pages/min', goal: null },
      { name: 'two jobs', value: (PAGES / two.seconds) * 60, unit: 'pages/min', goal: null },
      { name: 'two jobs over one', value: one.seconds / two.seconds, unit: 'x', goal: { atLeast: 1.7 } },
      {
        name: 'two jobs with the model',
        value: (PAGES / seeing.seconds) * 60,
        unit: 'pages/min',
        goal: null,
      },
      { name: 'most resident memory, two jobs', value: two.peakMb, unit: 'MB', goal: { atMost: 700 } },
      { name: '  with the model', value: seeing.peakMb, unit: 'MB', goal: { atMost: 1200 } },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function digitize(
  scans: string,
  out: string,
  options: readonly string[],
): Promise<{ seconds: number; peakMb: number }> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'src/main/cli.ts'), 'digitize', scans, '--out', out, ...options, '--quiet'],
    { stdio: 'ignore' },
  );
  let peakMb = 0;
  // Asking holds up the processes that are asked: twenty times a second it took a tenth of both cores.
  const watch = setInterval(() => (peakMb = Math.max(peakMb, residentMb(child.pid!))), 500);
  await new Promise((done) => child.once('exit', done));
  clearInterval(watch);
  return { seconds: (performance.now() - started) / 1000, peakMb };
}
