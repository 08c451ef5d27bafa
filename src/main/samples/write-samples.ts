import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Raster } from '../../core/image/raster.ts';
import { createRandom } from '../../core/synthesis/random.ts';
import { randomEcg } from '../../core/synthesis/ecg/random-ecg.ts';
import { simulateEcg, type SimulatedEcg } from '../../core/synthesis/ecg/simulate-ecg.ts';
import { renderPage, type RenderedPage } from '../../core/synthesis/page/render-page.ts';
import { writeLeadTableCsv } from '../../formats/csv/write-lead-table-csv.ts';
import { SAMPLE_PAGES, type SamplePage } from './sample-pages.ts';
import { truthJson } from './truth-json.ts';

const FS = 500;
const SECONDS = 10;
const JPEG_QUALITY = 86;

/**
 * Draws the bundled sample scans into a folder: for every page the picture, `NAME.csv` (its true signals, in the form
 * the digitizer writes) and `NAME.json` (layout, speed, gain and spans). Existing files are replaced.
 *
 * @param outDir folder, made when it does not exist
 * @returns paths of the pictures
 *
 * Cost: about 5 s for the ten pages.
 */
export async function writeSamples(outDir: string): Promise<string[]> {
  await mkdir(outDir, { recursive: true });
  const paths: string[] = [];
  for (const sample of SAMPLE_PAGES) {
    const rendered = drawSample(sample);
    const path = join(outDir, sample.file);
    const base = path.replace(/\.[^.]+$/, '');
    await replaceFile(path, await encode(rendered.raster, sample));
    await replaceFile(`${base}.csv`, writeLeadTableCsv(rendered.truth.signals));
    await replaceFile(`${base}.json`, truthJson(rendered.truth));
    paths.push(path);
  }
  return paths;
}

/** One sample page before it is encoded; the same every time. */
export function drawSample(sample: SamplePage): RenderedPage {
  const random = createRandom(sample.seed);
  const ecg = simulateEcg(randomEcg(random, sample.ecg), { seconds: SECONDS, fs: FS, random });
  return renderPage({
    ...sample.page,
    signals: ecg.leads,
    fs: FS,
    seed: sample.seed,
    header: header(sample, ecg),
  });
}

function header(
  sample: SamplePage,
  ecg: SimulatedEcg,
): { left: string[]; middle: string[]; right: string[] } {
  const beats = ecg.rPeakSeconds;
  const rate = Math.round((60 * (beats.length - 1)) / (beats.at(-1)! - beats[0]!));
  const serial = sample.file.slice(0, 2);
  return {
    left: [sample.title, `ID 000-00${serial}`, `Rate ${rate} bpm`],
    middle: [sample.finding, 'Unconfirmed report'],
    right: [`${serial}.03.2024  10:${serial}`, 'SAMPLE CLINIC'],
  };
}

async function encode({ data, width, height, channels }: Raster, sample: SamplePage): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels } }).withMetadata({
    density: sample.page.dpi ?? 200,
  });
  if (sample.file.endsWith('.jpg')) return image.jpeg({ quality: JPEG_QUALITY }).toBuffer();
  const bilevel = sample.page.conditions?.colours === 'bilevel';
  return image.png({ compressionLevel: 9, ...(bilevel ? { palette: true, colours: 2 } : {}) }).toBuffer();
}

/** Writes beside the target, then renames: nobody ever sees half a file. */
async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const beside = `${path}.part`;
  await writeFile(beside, content);
  await rename(beside, path);
}
