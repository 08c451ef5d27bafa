import { digitizePage } from '../../src/core/digitize-page.ts';
import { STAGE_NAMES } from '../../src/core/digitization.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { median, type BenchRow } from './bench-row.ts';
import { benchScans } from './pages.ts';

/** Median time of every stage and of the whole page, one thread. */
export default async function benchDigitizer(): Promise<BenchRow[]> {
  const wholes: number[] = [];
  const decodes: number[] = [];
  const stages = new Map<string, number[]>(STAGE_NAMES.map((name) => [name, []]));
  const scans = benchScans(10);
  for (const [index, path] of [scans[0]!, ...scans].entries()) {
    const started = performance.now();
    const raster = await decodePage(path, 0);
    const decoded = performance.now();
    const page = await digitizePage(raster, { now: () => performance.now() });
    if (index === 0) continue; // The first page also pays for the compiler.
    decodes.push(decoded - started);
    wholes.push(performance.now() - started);
    for (const { stage, milliseconds } of page.stages) stages.get(stage)!.push(milliseconds);
  }
  return [
    {
      name: 'page, decoded and digitized (median)',
      value: median(wholes),
      unit: 'ms',
      goal: { atMost: 1500 },
    },
    { name: 'decode', value: median(decodes), unit: 'ms', goal: null },
    ...[...stages]
      .filter(([, times]) => times.length > 0)
      .map(([name, times]): BenchRow => ({
        name: `stage ${name}`,
        value: median(times),
        unit: 'ms',
        goal: null,
      })),
  ];
}
