import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LEAD_NAMES } from '../../src/shared/lead-name.ts';
import type { Layout } from '../../src/core/lead/layout.ts';
import { timeByHeart } from '../../src/core/lint/time-by-heart.ts';
import type { LeadSignal } from '../../src/core/signal/lead-signal.ts';
import { layoutCells } from '../../src/core/synthesis/page/layout-cells.ts';
import { readWfdb } from '../../src/formats/wfdb/read-wfdb.ts';
import type { BenchRow } from './bench-row.ts';

const RECORDS = resolve(import.meta.dirname, '../../../shared/data/records/ptb-xl');

/** How often the intervals of a heart tell the paper speed rightly, on records laid out as 3x4+1 at 25 and at 50 mm/s. */
export default function benchHeartSpeed(): BenchRow[] {
  if (!existsSync(RECORDS)) {
    console.log('  skipped: there are no shared records on this machine');
    return [];
  }
  const doubled = { 25: 0, 50: 0 };
  const headers = readdirSync(RECORDS).filter((name) => name.endsWith('.hea'));
  for (const name of headers) {
    const text = readFileSync(join(RECORDS, name), 'utf8');
    const record = readWfdb(text, (file) => new Uint8Array(readFileSync(join(RECORDS, file))));
    for (const speed of [25, 50] as const) {
      const { layout, signals } = readAt25(record, speed);
      if (timeByHeart(layout, signals).layout !== layout) doubled[speed]++;
    }
  }
  return [
    {
      name: 'pages of 25 mm/s taken for 50',
      value: (100 * doubled[25]) / headers.length,
      unit: '%',
      goal: { atMost: 0.5 },
    },
    {
      name: 'pages of 50 mm/s recognised',
      value: (100 * doubled[50]) / headers.length,
      unit: '%',
      goal: { atLeast: 85 },
    },
  ];
}

function readAt25(
  record: ReturnType<typeof readWfdb>,
  speed: 25 | 50,
): { layout: Layout; signals: LeadSignal[] } {
  const slower = speed / 25;
  const cells = layoutCells('3x4+1', { seconds: 10 });
  const signals = cells.map(({ id, lead, role, startSeconds, endSeconds }): LeadSignal => {
    const [from, to] = [startSeconds, endSeconds].map((t) => Math.round((t / slower) * record.fs));
    const millivolts = Float32Array.from(record.signals[LEAD_NAMES.indexOf(lead)]!.values.slice(from, to));
    const confidence = new Float32Array(millivolts.length).fill(1);
    return { cellId: id, lead, role, startSeconds, fs: record.fs / slower, millivolts, confidence };
  });
  const layout = { cells, speedMmPerSecond: 25, speedSource: 'duration' } as unknown as Layout;
  return { layout, signals };
}
