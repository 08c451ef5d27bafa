import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { Digitization } from '../../src/core/digitization.ts';
import type { LeadSignal } from '../../src/core/signal/lead-signal.ts';
import { bundledModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { median, type BenchRow } from './bench-row.ts';

const SCANS = resolve(import.meta.dirname, '../../../shared/data/scans/real');

/** Scans and photographs without digital truth: what their leads say about one another. */
export default async function benchRealScans(say: (line: string) => void): Promise<BenchRow[]> {
  if (!existsSync(SCANS)) {
    say('skipped: the real scans are not here');
    return [];
  }
  const segment = pageSegmenter(await bundledModelFile());
  const names = readdirSync(SCANS).sort();
  const strips: number[] = [];
  const limbs: number[] = [];
  let read = 0;
  let named = 0;
  for (const name of names) {
    const page = await digitizePage(await decodePage(join(SCANS, name), 0), { segment });
    if (page.status !== 'failed') read++;
    if (
      page.status === 'ok' &&
      !page.stages.some(({ reasons }) => reasons.some((r) => r.code === 'rows-ignored'))
    ) {
      named++;
    }
    strips.push(...stripCorrelations(page));
    limbs.push(...limbResidual(page));
  }
  return [
    { name: `pages read, of ${names.length}`, value: read, unit: 'pages', goal: { atLeast: names.length } },
    {
      name: 'with every row traced and every lead there',
      value: named,
      unit: 'pages',
      goal: { atLeast: 26 },
    },
    {
      name: `short lead against its rhythm strip (median of ${strips.length})`,
      value: median(strips),
      unit: 'r',
      goal: { atLeast: 0.97 },
    },
    {
      name: `I + III - II over II (median of ${limbs.length})`,
      value: median(limbs),
      unit: 'rms',
      goal: { atMost: 0.15 },
    },
  ];
}

/** Correlation of every rhythm strip with the short lead of its name, on the page's clock. */
function stripCorrelations({ signals }: Digitization): number[] {
  return signals.flatMap((strip) => {
    const short = strip.role === 'rhythm' && signals.find((s) => s.role === 'lead' && s.lead === strip.lead);
    if (!short) return [];
    const [a, b] = together(short, strip);
    return [correlation(a!, b!)];
  });
}

/** Rms of I + III - II over that of II where the three are printed at the same time. */
function limbResidual({ signals, layout }: Digitization): number[] {
  const [one, two, three] = (['I', 'II', 'III'] as const).map((lead) =>
    signals.find((s) => s.role === 'lead' && s.lead === lead),
  );
  if (!one || !two || !three) return [];
  const columns = [one, two, three].map((s) => layout!.cells.find(({ id }) => id === s.cellId)!.column);
  if (new Set(columns).size > 1) return [];
  const [a, b, c] = together(one, two, three);
  const rest = a!.map((value, k) => value + c![k]! - b![k]!);
  return [deviation(rest) / deviation(b!)];
}

/** Samples of the leads at the moments that all of them show. */
function together(...signals: readonly LeadSignal[]): number[][] {
  const fs = signals[0]!.fs;
  const firsts = signals.map((s) => Math.round(s.startSeconds * fs));
  const from = Math.max(...firsts);
  const to = Math.min(...signals.map((s, k) => firsts[k]! + s.millivolts.length));
  const samples: number[][] = signals.map(() => []);
  for (let at = from; at < to; at++) {
    const values = signals.map((s, k) => s.millivolts[at - firsts[k]!]!);
    if (values.every(Number.isFinite)) values.forEach((value, k) => samples[k]!.push(value));
  }
  return samples;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const sum = a.map((value, k) => value + b[k]!);
  return (deviation(sum) ** 2 - deviation(a) ** 2 - deviation(b) ** 2) / (2 * deviation(a) * deviation(b));
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
