import { markScan } from '../../src/main/deidentify/mark-scan.ts';
import type { Box, Raster } from '../../src/core/image/raster.ts';
import { randomEcg } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../../src/core/synthesis/page/render-page.ts';
import { randomPageOptions } from '../../src/core/synthesis/random-page/random-page-options.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import type { BenchRow } from './bench-row.ts';

const PAGES = 12;
/** Share of a line's ink that must lie in boxes for the line to count as found. */
const FOUND = 0.9;
/** A line of which less lies in the picture cannot be read. */
const IN_PICTURE = 0.3;

/** How much of the print that may tell who a patient is is marked on random pages, without a model. */
export default async function benchPrint(report: (line: string) => void): Promise<BenchRow[]> {
  const counts = { text: [0, 0], note: [0, 0], trace: [0, 0] } satisfies Record<string, [number, number]>;
  for (let seed = 1; seed <= PAGES; seed++) {
    const random = createRandom(seed);
    const signals = simulateEcg(randomEcg(random), { seconds: 10, fs: 500, random }).leads;
    const options = randomPageOptions(createRandom(1000 + seed), 'mixed', 10);
    const { raster, truth } = renderPage({ ...options, signals, fs: 500 });
    const { print } = await markScan(raster);
    const covered = paint(
      raster,
      print.boxes.filter(({ kind }) => kind === 'identity'),
    );
    const missed: string[] = [];
    const judge = (kind: 'text' | 'note', text: string | null, box: Box) => {
      const share = coveredInk(raster, covered, box);
      if (share === null) return;
      counts[kind][1]++;
      if (share >= FOUND) counts[kind][0]++;
      else missed.push(`${text ?? kind} ${share.toFixed(2)}`);
    };
    for (const { kind, text, box } of truth.texts) if (kind === 'other') judge('text', text, box);
    for (const { kind, text, box } of truth.extras) if (kind !== 'redaction') judge('note', text, box);
    for (const { tracePx } of truth.cells) {
      for (let k = 0; k < tracePx.length; k += 2) {
        const [x, y] = [Math.round(tracePx[k]!), Math.round(tracePx[k + 1]!)];
        if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) continue;
        counts.trace[1]++;
        counts.trace[0] += covered[y * raster.width + x]!;
      }
    }
    report(
      `page ${seed} (${options.kind}): ${missed.length === 0 ? 'all found' : `missed ${missed.join(', ')}`}`,
    );
  }
  const share = ([found, all]: readonly number[]) => (100 * found!) / Math.max(1, all!);
  return [
    { name: 'printed lines marked as identity', value: share(counts.text), unit: '%', goal: { atLeast: 95 } },
    { name: 'notes, stamps, tables, codes marked', value: share(counts.note), unit: '%', goal: null },
    { name: 'trace that lies in such marks', value: share(counts.trace), unit: '%', goal: null },
  ];
}

function paint({ width, height }: Raster, boxes: readonly Box[]): Uint8Array {
  const covered = new Uint8Array(width * height);
  for (const { x0, y0, x1, y1 } of boxes) {
    for (let y = y0; y < y1; y++) covered.fill(1, y * width + x0, y * width + x1);
  }
  return covered;
}

/** Share of the dark pixels of a box that is covered; null where hardly any of it lies in the picture. */
function coveredInk({ data, width, height, channels }: Raster, covered: Uint8Array, box: Box): number | null {
  const [x0, y0] = [Math.max(0, box.x0), Math.max(0, box.y0)];
  const [x1, y1] = [Math.min(width, box.x1), Math.min(height, box.y1)];
  const whole = (box.x1 - box.x0) * (box.y1 - box.y0);
  if (x1 <= x0 || y1 <= y0 || (x1 - x0) * (y1 - y0) < IN_PICTURE * whole) return null;
  const places: number[] = [];
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) places.push(y * width + x);
  const gray = (at: number) => data[at * channels + (channels === 3 ? 1 : 0)]!;
  const sorted = Uint8Array.from(places, gray).sort();
  const dark = sorted[Math.floor(0.02 * sorted.length)]!;
  const level = dark + 0.45 * (sorted[Math.floor(0.7 * sorted.length)]! - dark);
  const ink = places.filter((at) => gray(at) < level);
  return ink.length === 0 ? null : ink.filter((at) => covered[at] === 1).length / ink.length;
}
