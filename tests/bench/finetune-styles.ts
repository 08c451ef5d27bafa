import '../../src/main/version-guard.js';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { digitizePage } from '../../src/core/digitize-page.ts';
import type { HabitPage, PageHabits } from '../../src/core/learning/page-habits.ts';
import { pictureStyle } from '../../src/core/explore/picture-style.ts';
import { pairedBootstrap } from '../../src/core/learning/paired-bootstrap.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import { randomEcg } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import type { PageTruth } from '../../src/core/synthesis/page/page-truth.ts';
import { renderPage } from '../../src/core/synthesis/page/render-page.ts';
import { randomPageOptions } from '../../src/core/synthesis/random-page/random-page-options.ts';
import { SYNTH_PRESETS, type SynthPreset } from '../../src/core/synthesis/random-page/synth-preset.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { bundledModelFile, modelFile, type ModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { finetune } from '../../src/main/learning/finetune.ts';
import { parseFinetuneConfig } from '../../src/main/learning/finetune-config.ts';
import { textTable } from '../../src/main/cli/text-table.ts';
import { annotateByDrawing } from './annotate-by-drawing.ts';
import { annotatedSet, entryOf, type AnnotatedEntry } from './annotated-set.ts';

// node tests/bench/finetune-styles.ts [--preset faint-fax] [--pages 24] [--test 40] [--minutes 10] [--steps 300] [--dpi 150]
// [--seed 1]: do corrected pages of a style that the model never saw help other pages of it? An annotator who knows where the
// strokes lie corrects the pages, the model that comes with the program is fine-tuned on them, and four ways read the others:
// the base model, with the habits of the corrected pages, the candidate, and the candidate with the habits. out/styles can go.
const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'faint-fax' },
    pages: { type: 'string', default: '24' },
    test: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '10' },
    steps: { type: 'string', default: '300' },
    dpi: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
  },
});
const preset = values.preset as SynthPreset;
if (!SYNTH_PRESETS.includes(preset)) {
  console.log(`--preset takes ${SYNTH_PRESETS.join(', ')}.`);
  process.exit(2);
}
const out = join(resolve(import.meta.dirname, '../..'), 'out/styles', preset);
setPriority(constants.priority.PRIORITY_LOW);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const base = (await bundledModelFile())!;

interface DrawnPage {
  readonly raster: Raster;
  readonly truth: PageTruth;
}

/** The k-th page of the preset, no finer than was asked for. */
function draw(part: string, k: number): DrawnPage {
  const random = createRandom(Number(values.seed)).fork(`${part} ${k}`);
  const { leads, fs } = simulateEcg(randomEcg(random.fork('heart')), { seconds: 10, fs: 500, random });
  const options = randomPageOptions(random.fork('page'), preset, 10);
  const dpi = Math.min(options.dpi!, Number(values.dpi));
  return renderPage({ ...options, dpi, signals: leads, fs });
}

async function read(
  raster: Raster,
  model: ModelFile,
  habits: PageHabits | null,
): Promise<Awaited<ReturnType<typeof digitizePage>>> {
  return digitizePage(raster, { segment: pageSegmenter(model), habits });
}

async function snrDb(
  { raster, truth }: DrawnPage,
  model: ModelFile,
  habits: PageHabits | null,
): Promise<number> {
  const { signals } = await read(raster, model, habits);
  return scorePage(truth.signals, signals.length > 0 ? toLeadTable(signals) : null).snrDb;
}

const entries: AnnotatedEntry[] = [];
const learnt: HabitPage[] = [];
let columns = { changed: 0, all: 0 };
for (let k = 0; entries.length < Number(values.pages) && k < 3 * Number(values.pages); k++) {
  const { raster, truth } = draw('pool', k);
  const { layout, speedMmPerSecond, gainMmPerMillivolt } = truth;
  const overrides = { layout, speedMmPerSecond, gainMmPerMillivolt };
  const reading = await digitizePage(raster, { segment: pageSegmenter(base), overrides });
  if (reading.paths.length === 0) continue;
  const { data, width, height, channels } = raster;
  const path = join(out, `page-${k}.png`);
  await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toFile(path);
  const annotated = annotateByDrawing(reading, truth);
  columns = {
    changed: columns.changed + annotated.columns.changed,
    all: columns.all + annotated.columns.all,
  };
  entries.push(await entryOf(path, annotated));
  learnt.push({ style: [...pictureStyle(raster)], speedMmPerSecond, gainMmPerMillivolt });
}
console.log(
  `${preset}: ${entries.length} pages corrected, ${columns.changed} of ${columns.all} columns drawn anew`,
);
const habits: PageHabits = { pages: learnt };
const before = process.cpuUsage();
const config = parseFinetuneConfig({
  name: 'style',
  minutes: Number(values.minutes),
  steps: Number(values.steps),
  threads: Number(values.threads),
});
let peakMb = 0;
const { state, ended, candidate } = await finetune({
  config,
  set: await annotatedSet(out, entries, base.version),
  parent: { ...base, name: base.version },
  out: join(out, 'run'),
  onPoint: (point) => {
    if (point.kind === 'step') peakMb = Math.max(peakMb, point.residentMb);
    else {
      const { own, replay, loss, step, seconds } = point;
      const dice = `Dice ${own.classes['trace']!.dice.toFixed(3)}, replay ${replay?.classes['trace']!.dice.toFixed(3)}`;
      console.log(`step ${step} ${seconds.toFixed(0)} s: loss ${loss.toFixed(4)}, ${dice}`);
    }
  },
});
const { user, system } = process.cpuUsage(before);
console.log(
  `${state.step} steps, ended by ${ended}, best at ${candidate!.step}, ${((user + system) / 1e6).toFixed(0)} s of processor time, peak ${peakMb.toFixed(0)} MB`,
);
const tuned = await modelFile(join(out, 'run', candidate!.file));
const ways = {
  base: (page: DrawnPage) => snrDb(page, base, null),
  habits: (page: DrawnPage) => snrDb(page, base, habits),
  tuned: (page: DrawnPage) => snrDb(page, tuned, null),
  both: (page: DrawnPage) => snrDb(page, tuned, habits),
};
const scores: Record<keyof typeof ways, number[]> = { base: [], habits: [], tuned: [], both: [] };
for (let k = 0; k < Number(values.test); k++) {
  const page = draw('test', k);
  for (const way of Object.keys(ways) as (keyof typeof ways)[]) scores[way].push(await ways[way](page));
  console.log(
    `test ${k}: ${Object.values(scores)
      .map((list) => list.at(-1)!.toFixed(1))
      .join(' ')}`,
  );
}
const rows = Object.entries(scores).map(([way, list]) => {
  const gains = list.map((db, k) => db - scores.base[k]!);
  const { mean, low, high } = pairedBootstrap(gains, createRandom(1));
  const sorted = [...list].sort((a, b) => a - b);
  return [
    way,
    (list.reduce((sum, db) => sum + db, 0) / list.length).toFixed(2),
    sorted[sorted.length >> 1]!.toFixed(2),
    mean.toFixed(2),
    `${low.toFixed(2)} ... ${high.toFixed(2)}`,
  ];
});
console.log(textTable(['read by', 'mean dB', 'median dB', 'gain dB', '95 %'], rows));
writeFileSync(join(out, 'styles.json'), JSON.stringify({ preset, values, scores }, null, 2));
