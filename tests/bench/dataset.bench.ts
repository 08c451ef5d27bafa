import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { Digitization } from '../../src/core/digitization.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { storeReading } from '../fixtures/store-reading.ts';
import type { BenchRow } from './bench-row.ts';
import { residentMb } from './resident-memory.ts';

const root = resolve(import.meta.dirname, '../..');
const PAGES = Number(process.env['TRACEWRIGHT_BENCH_PAGES'] ?? 100);
/** Different pages; the others are copies of them under other names and with other bytes behind the picture. */
const DRAWN = 8;
/** What the goals are stated for. */
const GOAL_PAGES = 2000;

/**
 * Record pairs brought into a project, and out again as a data set of WFDB, PNG and masks, on two processes:
 * `npm run bench -- dataset`, two minutes. Digitizing is left out: the pages get the readings of those they are copies of.
 */
export default async function benchDataset(say: (line: string) => void): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-'));
  try {
    const [drawn, pairs, project, out] = ['drawn', 'pairs', 'project', 'set'].map((name) =>
      join(folder, name),
    );
    say(`${DRAWN} pages are drawn and digitized`);
    await cli(
      'synth',
      '--preset',
      'plain',
      '--count',
      String(DRAWN),
      '--out',
      drawn!,
      '--dpi',
      '200',
      '--quiet',
    );
    const readings = await copyPairs(drawn!, pairs!);
    say(`${PAGES} pairs come in`);
    const brought = await cli('import', '--from', pairs!, '--project', project!, '--jobs', '2', '--quiet');
    const stateBytes = await storeReadings(project!, readings);
    say('and go out');
    const went = await cli(
      ...['export', '--project', project!, '--out', out!, '--format', 'wfdb,images,planes', '--jobs', '2'],
      ...['--dataset', '--quiet'],
    );
    const bytes = sizeOf(out!);
    return [
      ...rowsOf('import', brought, { atMost: 60 }),
      ...rowsOf('export', went, { atMost: 300 }),
      { name: 'a page in the project', value: stateBytes / 1024, unit: 'kB', goal: null },
      { name: 'a page in the data set', value: bytes / PAGES / 1024, unit: 'kB', goal: null },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(what: string, run: Run, goal: BenchRow['goal']): BenchRow[] {
  const start = `${what}: `;
  // What a run costs once is not multiplied.
  const all = (seconds: number): number => ONCE_SECONDS + ((seconds - ONCE_SECONDS) / PAGES) * GOAL_PAGES;
  return [
    {
      name: `${start}${GOAL_PAGES} pages, by the time of ${PAGES}`,
      value: all(run.seconds),
      unit: 's',
      goal,
    },
    ...(run.cpuSeconds === null
      ? []
      : [
          { name: `${start}the same of two idle cores`, value: all(run.cpuSeconds / 2), unit: 's', goal },
          {
            name: `${start}processor time a page`,
            value: (1000 * run.cpuSeconds) / PAGES,
            unit: 'ms',
            goal: null,
          },
        ]),
    { name: `${start}resident memory, the most`, value: run.mostMb, unit: 'MB', goal: null },
    {
      name: `${start}the same, last quarter over second`,
      value: run.growth,
      unit: 'x',
      goal: { atMost: 1.15 },
    },
  ];
}

/** Starting the program and its processes. */
const ONCE_SECONDS = 1;

interface Run {
  readonly seconds: number;
  /** Of the program and all its processes (Linux); null elsewhere. */
  readonly cpuSeconds: number | null;
  readonly mostMb: number;
  /** Mean memory in the last quarter of the time over that in the second; 1 where memory cannot be seen. */
  readonly growth: number;
}

async function cli(...args: string[]): Promise<Run> {
  const started = performance.now();
  const cpu = childSeconds();
  const child = spawn(process.execPath, [join(root, 'src/main/cli.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seen: number[] = [];
  const timer = setInterval(() => seen.push(residentMb(child.pid!)), 250);
  const code = await new Promise((done) => child.once('exit', done));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${args[0]} ended with exit code ${String(code)}`);
  const mean = (from: number, to: number): number => {
    const part = seen.slice(Math.floor(from * seen.length), Math.floor(to * seen.length));
    return part.reduce((sum, mb) => sum + mb, 0) / part.length;
  };
  const after = childSeconds();
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: cpu === null || after === null ? null : after - cpu,
    mostMb: Math.max(0, ...seen),
    growth: mean(0.75, 1) / mean(0.25, 0.5) || 1,
  };
}

/** Processor time of all processes that ended below this one. */
function childSeconds(): number | null {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return null;
  }
}

/** Pictures with their records, many times over; returns the reading of each drawn page by the name it begins with. */
async function copyPairs(from: string, to: string): Promise<Map<string, Digitization>> {
  mkdirSync(to);
  const readings = new Map<string, Digitization>();
  const names = readdirSync(from).flatMap((file) => /^(.+)(?<!\.mask)\.png$/.exec(file)?.[1] ?? []);
  for (const name of names) {
    readings.set(name, await digitizePage(await decodePage(join(from, `${name}.png`), 0)));
  }
  for (let i = 0; i < PAGES; i++) {
    const name = names[i % names.length]!;
    const copy = `${name}_${String(i).padStart(5, '0')}`;
    const read = (suffix: string): Buffer => readFileSync(join(from, `${name}${suffix}`));
    writeFileSync(join(to, `${copy}.png`), Buffer.concat([read('.png'), Buffer.from(`page ${i}`)]));
    writeFileSync(join(to, `${copy}.dat`), read('.dat'));
    writeFileSync(join(to, `${copy}.hea`), read('.hea').toString('latin1').replaceAll(name, copy), 'latin1');
  }
  return readings;
}

/** @returns bytes that a page takes in the project */
async function storeReadings(folder: string, readings: ReadonlyMap<string, Digitization>): Promise<number> {
  const project = openProject(folder);
  try {
    const before = sizeOf(folder);
    for (const id of project.pages.ids()) {
      const name = project.pages.summary(id).name.replace(/_\d{5}\.png$/, '');
      storeReading(project, id, readings.get(name));
    }
    return (sizeOf(folder) - before) / project.pages.ids().length;
  } finally {
    project.close();
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
