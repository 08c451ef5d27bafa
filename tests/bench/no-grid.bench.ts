import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { scoreFolder } from '../../src/core/metrics/score-folder.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import { readLeadTableCsv } from '../../src/formats/csv/read-lead-table-csv.ts';
import { bundledModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import type { BenchRow } from './bench-row.ts';

const PAGES = resolve(import.meta.dirname, '../../../shared/data/pages');
const FOLDERS = ['clean', 'layouts'];

/** How well pages are read whose red grid was taken out of the picture: only their print tells the scale. */
export default async function benchNoGrid(): Promise<BenchRow[]> {
  if (!existsSync(PAGES)) {
    console.log('  skipped: there are no shared pages on this machine');
    return [];
  }
  const model = await bundledModelFile();
  const segment = pageSegmenter(model && { ...model, mirror: false, provider: 'cpu' });
  const scores = [];
  for (const path of FOLDERS.flatMap(pagesOf)) {
    const { signals } = await digitizePage(await withoutRed(path), { segment });
    const truth = readLeadTableCsv(readFileSync(path.replace(/\.png$/, '.csv'), 'utf8'));
    scores.push(scorePage(truth, signals.length > 0 ? toLeadTable(signals) : null));
  }
  const { scoreDb, leadsFound } = scoreFolder(scores);
  return [
    { name: 'Kaggle SNR without a grid, mean', value: scoreDb, unit: 'dB', goal: { atLeast: 20 } },
    { name: '  leads found', value: leadsFound, unit: 'leads', goal: null },
  ];
}

function pagesOf(folder: string): string[] {
  const names = readdirSync(join(PAGES, folder)).filter((name) => name.endsWith('.png'));
  return names.map((name) => join(PAGES, folder, name));
}

/** The red channel, in which red lines are paper, stretched until nothing is left of them. */
async function withoutRed(path: string): Promise<Raster> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .extractChannel(0)
    .linear(1.6, -93)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: info.channels as 1 };
}
