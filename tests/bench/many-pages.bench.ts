import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { drawStrip } from '../fixtures/draw-strip.ts';
import { median, type BenchRow } from './bench-row.ts';
import { residentMb } from './resident-memory.ts';

const root = resolve(import.meta.dirname, '../..');
const FEW = 10;
const MANY = Number(process.env['TRACEWRIGHT_BENCH_PAGES'] ?? 1000);
/** Pages at the start that also pay for the compiler. */
const WARM_UP = 20;

/** Whether a page takes longer the more pages there are: `npm run bench -- many-pages`, a few minutes. */
export default async function benchManyPages(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-'));
  try {
    const [few, many] = [join(folder, 'few'), join(folder, 'many')];
    await drawPages(few, FEW);
    await drawPages(many, MANY);
    const rows: BenchRow[] = [];
    for (const mode of ['direct', 'project'] as const) {
      const short = await digitize(few, join(folder, `${mode}-few`), mode);
      const long = await digitize(many, join(folder, `${mode}-many`), mode);
      const first = median(long.intervals.slice(WARM_UP, WARM_UP + 10));
      const last = median(long.intervals.slice(-10));
      const row = (name: string, value: number, goal: BenchRow['goal'] = null, unit = 'ms'): BenchRow => ({
        name: `${mode}: ${name}`,
        value,
        unit,
        goal,
      });
      rows.push(
        row(`a page, of ${FEW} in all`, short.milliseconds / FEW),
        row(`a page, of ${MANY} in all`, long.milliseconds / MANY),
        row(`median of pages ${WARM_UP + 1} to ${WARM_UP + 10}`, first),
        row('median of the last 10 pages', last),
        row('last over first', last / first, { atMost: 1.2 }, 'x'),
        row(`resident memory after ${MANY} pages over after ${WARM_UP}`, long.growthMb, { atMost: 60 }, 'MB'),
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies of one small strip, told apart by bytes behind the image. */
async function drawPages(folder: string, count: number): Promise<void> {
  mkdirSync(folder);
  const strip = await drawStrip();
  for (let i = 0; i < count; i++) {
    const name = `${String(i).padStart(5, '0')}.jpg`;
    writeFileSync(join(folder, name), Buffer.concat([strip, Buffer.from(`page ${i}`)]));
  }
}

interface Batch {
  readonly milliseconds: number;
  /** Milliseconds between one page's line and the next one's. */
  readonly intervals: readonly number[];
  readonly growthMb: number;
}

async function digitize(scans: string, out: string, mode: 'direct' | 'project'): Promise<Batch> {
  const project = mode === 'project' ? ['--project', `${out}.project`] : [];
  const args = ['digitize', scans, '--out', out, '--jobs', '1', ...project];
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'src/main/cli.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const finishes: number[] = [];
  let early = 0;
  let late = 0;
  child.stdout.on('data', (text: Buffer) => {
    text
      .toString()
      .match(/^\[\d+\/\d+\]/gm)
      ?.forEach(() => finishes.push(performance.now()));
    if (finishes.length <= WARM_UP) early = residentMb(child.pid!);
    else if (finishes.length % 50 === 0) late = residentMb(child.pid!);
  });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`digitizing ended with exit code ${String(code)}`);
  return {
    milliseconds: performance.now() - started,
    intervals: finishes.slice(1).map((at, i) => at - finishes[i]!),
    growthMb: late - early,
  };
}
