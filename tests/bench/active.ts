import '../../src/main/version-guard.js';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { Digitization } from '../../src/core/digitization.ts';
import { rankPages, type OpenPage } from '../../src/core/learning/rank-pages.ts';
import { pictureStyle } from '../../src/core/explore/picture-style.ts';
import { STRATEGIES, type Strategy } from '../../src/shared/learning-strategy.ts';
import { pairedBootstrap } from '../../src/core/learning/paired-bootstrap.ts';
import { traceUncertainty } from '../../src/core/learning/trace-uncertainty.ts';
import type { LeadTable } from '../../src/core/metrics/lead-table.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { rectifyPage } from '../../src/core/page/rectify-page.ts';
import { randomEcg } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../../src/core/synthesis/page/render-page.ts';
import { randomPageOptions } from '../../src/core/synthesis/random-page/random-page-options.ts';
import { SYNTH_PRESETS, type SynthPreset } from '../../src/core/synthesis/random-page/synth-preset.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { attentionOf } from '../../src/core/trust/attention.ts';
import { bundledModelFile, modelFile, type ModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { finetune } from '../../src/main/learning/finetune.ts';
import { parseFinetuneConfig } from '../../src/main/learning/finetune-config.ts';
import { textTable } from '../../src/main/cli/text-table.ts';
import { annotatedEntry, annotatedSet, type AnnotatedEntry } from './annotated-set.ts';

// npm run bench:active -- --strategy random,uncertainty [--preset faint-fax] [--pool 24] [--test 12] [--round 4] [--rounds 3]
// [--seeds 5] [--minutes 3] plays an annotator who corrects the pages that a strategy chooses, in rounds, with the truth in hand:
// after each round the model that comes with the program is fine-tuned on all pages corrected so far and reads the test pages.
// Prints the mean gain per corrected page. Presets that the model never saw: monitor, dotted-blue, faint-fax.
const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'out/active');
const { values } = parseArgs({
  options: {
    strategy: { type: 'string', default: 'random,uncertainty' },
    preset: { type: 'string', default: 'faint-fax' },
    pool: { type: 'string', default: '24' },
    test: { type: 'string', default: '12' },
    round: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    seeds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '3' },
    steps: { type: 'string', default: '200' },
  },
});
const strategies = values.strategy.split(',') as Strategy[];
const preset = values.preset as SynthPreset;
if (!strategies.every((one) => STRATEGIES.includes(one)) || !SYNTH_PRESETS.includes(preset)) {
  console.log(`--strategy takes ${STRATEGIES.join(', ')}; --preset takes ${SYNTH_PRESETS.join(', ')}.`);
  process.exit(2);
}
const count = (name: 'pool' | 'test' | 'round' | 'rounds' | 'seeds'): number => Number(values[name]);
setPriority(constants.priority.PRIORITY_LOW);
rmSync(out, { recursive: true, force: true });
const base = (await bundledModelFile())!;
const config = parseFinetuneConfig({
  name: 'active',
  minutes: Number(values.minutes),
  steps: Number(values.steps),
  threads: 1,
});

interface DrawnPage {
  readonly path: string;
  readonly raster: Raster;
  readonly truth: LeadTable;
}

const rows: string[][] = [];
for (const strategy of strategies) {
  /** Gain over the base model after each round, by seed. */
  const gains: number[][] = Array.from({ length: count('rounds') }, () => []);
  for (let seed = 1; seed <= count('seeds'); seed++) {
    const pool = await draw('pool', seed, count('pool'));
    const test = await draw('test', seed, count('test'));
    const before = await meanDb(test, base);
    const corrected = new Map<number, AnnotatedEntry | null>();
    let model = base;
    for (const [round, list] of gains.entries()) {
      const open: OpenPage[] = [];
      const readings = new Map<number, Digitization>();
      for (const [id, { raster }] of pool.entries()) {
        if (corrected.has(id)) continue;
        const { reading, uncertainty } = await look(raster, model);
        readings.set(id, reading);
        const style = pictureStyle(raster);
        open.push({ id, uncertainty, attention: attentionOf(reading).score, style });
      }
      const styles = [...corrected.keys()].map((id) => pictureStyle(pool[id]!.raster));
      const random = createRandom(seed).fork(`${strategy} ${round}`);
      for (const { id } of rankPages(open, styles, strategy, random).slice(0, count('round'))) {
        const { path, truth } = pool[id]!;
        corrected.set(id, await annotatedEntry(path, readings.get(id)!, truth));
      }
      const entries = [...corrected.values()].filter((entry) => entry !== null);
      if (entries.length < 2) {
        list.push(0);
        continue;
      }
      const folder = join(out, `${strategy}-${seed}-${round}`);
      const set = await annotatedSet(folder, entries, base.version);
      const parent = { ...base, name: base.version };
      const { candidate } = await finetune({ config, set, parent, out: join(folder, 'run') });
      model = await modelFile(join(folder, 'run', candidate!.file));
      const after = await meanDb(test, model);
      list.push(after - before);
      console.log(
        `${strategy} seed ${seed}: ${corrected.size} pages, ${before.toFixed(2)} -> ${after.toFixed(2)} dB`,
      );
    }
  }
  for (const [round, list] of gains.entries()) {
    const pages = (round + 1) * count('round');
    const { mean, low, high } = pairedBootstrap(list, createRandom(1));
    const interval = `${low.toFixed(2)} ... ${high.toFixed(2)}`;
    rows.push([strategy, String(pages), mean.toFixed(2), interval, (mean / pages).toFixed(3)]);
  }
}
const table = textTable(['strategy', 'pages', 'gain dB', '95 %', 'dB per page'], rows);
console.log(table);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'active.txt'), `${preset}, ${count('seeds')} seeds\n${table}\n`);

/** Pages of the preset with simulated recordings, as files and in memory. */
async function draw(part: string, seed: number, pages: number): Promise<DrawnPage[]> {
  const folder = join(out, `pages-${seed}`);
  mkdirSync(folder, { recursive: true });
  const drawn: DrawnPage[] = [];
  for (let k = 0; k < pages; k++) {
    const random = createRandom(seed).fork(`${part} ${k}`);
    const { leads, fs } = simulateEcg(randomEcg(random.fork('heart')), { seconds: 10, fs: 500, random });
    const options = randomPageOptions(random.fork('page'), preset, 10);
    const { raster, truth } = renderPage({ ...options, signals: leads, fs });
    const path = join(folder, `${part}-${k}.png`);
    const { data, width, height, channels } = raster;
    await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toFile(path);
    drawn.push({ path, raster, truth: truth.signals });
  }
  return drawn;
}

async function look(
  raster: Raster,
  model: ModelFile,
): Promise<{ reading: Digitization; uncertainty: number }> {
  const reading = await digitizePage(raster, { segment: pageSegmenter(model) });
  const { value: flat } = rectifyPage(raster, {
    overrides: { quarterTurns: reading.rectification?.quarterTurns ?? 0 },
  });
  const seen = await pageSegmenter(model)!(flat.raster);
  return { reading, uncertainty: seen ? traceUncertainty(seen) : 1 };
}

async function meanDb(pages: readonly DrawnPage[], model: ModelFile): Promise<number> {
  let sum = 0;
  for (const { raster, truth } of pages) {
    const { signals } = await digitizePage(raster, { segment: pageSegmenter(model) });
    sum += scorePage(truth, signals.length > 0 ? toLeadTable(signals) : null).snrDb;
  }
  return sum / pages.length;
}
