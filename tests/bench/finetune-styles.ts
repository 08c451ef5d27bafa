import '../../src/main/version-guard.js';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PageHabits } from '../../src/core/learning/page-habits.ts';
import { pairedBootstrap } from '../../src/core/learning/paired-bootstrap.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { SYNTH_PRESETS, type SynthPreset } from '../../src/core/synthesis/random-page/synth-preset.ts';
import { textTable } from '../../src/main/cli/text-table.ts';
import { bundledModelFile, modelFile, type ModelFile } from '../../src/main/inference/model-file.ts';
import { findReferencePages } from '../../src/main/learning/find-reference-pages.ts';
import { parseFinetuneConfig } from '../../src/main/learning/finetune-config.ts';
import { habitsOfCard } from '../../src/main/learning/habits-of-pages.ts';
import type { FinetunePoint } from '../../src/main/learning/finetune.ts';
import { openLearnProcess } from '../../src/main/learning/learn-process.ts';
import type { FinetuneTask } from '../../src/main/learning/learn-services.ts';
import { annotatedSet } from './annotated-set.ts';
import { openPageReaders } from './page-readers.ts';
import type { Annotated, DrawnSource, PageReading, ScanSource } from './page-task.ts';

// npm run bench:styles -- [--preset faint-fax] [--pages 24] [--test 40] [--minutes 10] [--steps 300] [--rate 0.0003] [--dpi 150]
// [--seed 1] [--threads 1] [--readers 1] [--limit 100000] [--scan] [--reference <folder>] [--out <folder>]: do corrected pages of a style
// that the model never saw help other pages of it? An annotator who knows where the strokes lie corrects the pages, the model
// that comes with the program is fine-tuned on them, and four ways read the others: the base model, with the habits of the
// corrected pages, the candidate, and the candidate with the habits. With --scan the base model also reads the same hearts and
// layouts as `scan`, for what the style costs. With --reference both models read the scans of those folders, for what is forgotten.
// --readers pages are read beside each other; after --limit seconds no further page is begun. out/styles can go.
const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'faint-fax' },
    pages: { type: 'string', default: '24' },
    test: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '10' },
    steps: { type: 'string', default: '300' },
    dpi: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string' },
    threads: { type: 'string', default: '1' },
    readers: { type: 'string', default: '1' },
    limit: { type: 'string', default: '100000' },
    scan: { type: 'boolean', default: false },
    reference: { type: 'string' },
    out: { type: 'string' },
  },
});
const preset = values.preset as SynthPreset;
if (!SYNTH_PRESETS.includes(preset)) {
  console.log(`--preset takes ${SYNTH_PRESETS.join(', ')}.`);
  process.exit(2);
}
const out = resolve(values.out ?? join(import.meta.dirname, '../../out/styles', preset));
const seconds = (): number => performance.now() / 1000;
const told = (words: string): void => console.log(`${seconds().toFixed(0).padStart(4)} s  ${words}`);
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const base = (await bundledModelFile())!;
const readers = openPageReaders(Number(values.readers));
const source = (part: string, k: number, of = preset): DrawnSource => ({
  preset: of,
  seed: Number(values.seed),
  part,
  k,
  dpi: Number(values.dpi),
});

const annotated: Annotated[] = [];
for (let next = 0; annotated.length < Number(values.pages) && next < 3 * Number(values.pages);) {
  const wanted = Number(values.pages) - annotated.length;
  const made = await Promise.all(
    Array.from({ length: wanted }, (_, index) => {
      const page = source('pool', next + index);
      return readers.run({
        kind: 'annotate',
        page,
        model: base,
        png: join(out, `page-${next + index}.png`),
      } as const);
    }),
  );
  annotated.push(...made.filter((one) => one !== null));
  next += wanted;
}
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
const [drawn, columns] = [
  sum(annotated.map((one) => one.columns.changed)),
  sum(annotated.map((one) => one.columns.all)),
];
told(`${preset}: ${annotated.length} pages corrected, ${drawn} of ${columns} columns drawn anew`);
const habits: PageHabits = { pages: annotated.flatMap(({ habit }) => habit ?? []) };

/** Reads pages with a model, without and with the habits; null for those that the time did not reach. */
async function readAll(
  pages: readonly (DrawnSource | ScanSource)[],
  model: ModelFile,
  ways: readonly (PageHabits | null)[],
): Promise<(PageReading[] | null)[]> {
  let begun = 0;
  const all: (PageReading[] | null)[] = pages.map(() => null);
  const turn = async (): Promise<void> => {
    while (begun < pages.length && seconds() < Number(values.limit)) {
      const k = begun++;
      all[k] = await readers.run({
        kind: 'read',
        page: pages[k]!,
        ways: ways.map((way) => ({ model, habits: way })),
      });
    }
  };
  await Promise.all(Array.from({ length: Number(values.readers) }, turn));
  return all;
}

const tests = Array.from({ length: Number(values.test) }, (_, k) => source('test', k));
const scans = values.scan ? tests.map(({ part, k }) => source(part, k, 'scan')) : [];
const reference = values.reference ? await findReferencePages(resolve(values.reference)) : [];
// Read while the model learns: processes of their own do that.
const testsByBase = readAll(tests, base, [null, habits]);
const scansByBase = testsByBase.then(() => readAll(scans, base, [null]));
const referenceByBase = scansByBase.then(() => readAll(reference, base, [null]));

const learning = seconds();
let [steps, peakMb] = [0, 0];
// In a process like the app's: its allocator and heap are set up otherwise than those of this one.
const learners = openLearnProcess();
const onNews = (point: FinetunePoint): void => {
  steps = point.step;
  if (point.kind === 'step') peakMb = Math.max(peakMb, point.residentMb);
  else {
    const { own, replay, loss, step } = point;
    const dice = `Dice ${own.classes['trace']!.dice.toFixed(3)}, replay ${replay?.classes['trace']!.dice.toFixed(3)}`;
    told(`step ${step}: loss ${loss.toFixed(4)}, ${dice}`);
  }
};
const task: FinetuneTask = {
  config: parseFinetuneConfig({
    name: 'style',
    minutes: Number(values.minutes),
    steps: Number(values.steps),
    ...(values.rate ? { rate: { peak: Number(values.rate), warmupSteps: 20 } } : {}),
    threads: Number(values.threads),
  }),
  set: await annotatedSet(
    out,
    annotated.map(({ entry }) => entry),
    base.version,
  ),
  parent: { ...base, name: base.version },
  out: join(out, 'run'),
};
const { ended, candidate } = await learners.run('learn', task, { onNews });
await learners.close();
const training = {
  steps,
  ended,
  best: candidate!.step,
  mix: candidate!.finetuned!.mix,
  seconds: seconds() - learning,
  peakMb,
};
told(
  `${steps} steps in ${training.seconds.toFixed(0)} s, ended by ${ended}, best at ${candidate!.step}, held ${peakMb} MB at most`,
);
const ways = training.mix.tried.map((one) => `${one.share}: ${one.snrDb?.toFixed(2) ?? '-'} dB`).join(', ');
told(`${training.mix.share} of the way, by the ${training.mix.by} of ${training.mix.pages} pages (${ways})`);
const learnt: PageHabits = { ...habits, line: habitsOfCard(candidate)?.line };
// Pages that look otherwise are left to the base model, as in the program.
const tuned = { ...(await modelFile(join(out, 'run', candidate!.file))), habits: learnt, general: base };
/** By the candidate; a page for which the base model was never asked reads alike with any model. */
async function readByTuned(
  pages: readonly (DrawnSource | ScanSource)[],
  known: readonly (PageReading[] | null)[],
  ways: readonly (PageHabits | null)[],
): Promise<(PageReading[] | null)[]> {
  const open = pages.flatMap((_, k) => (known[k]?.some(({ asked }) => asked) ? [k] : []));
  const read = await readAll(
    open.map((k) => pages[k]!),
    tuned,
    ways,
  );
  return known.map((before, k) => (open.includes(k) ? read[open.indexOf(k)]! : before));
}

const untouched = await testsByBase;
told('read by the base model');
const after = await readByTuned(tests, untouched, [null, learnt]);
told('read by the candidate');
const asScans = await scansByBase;
const known = await referenceByBase;
const kept = await readByTuned(reference, known, [null]);
readers.close();
type Way = 'base' | 'habits' | 'tuned' | 'both' | 'scan';
const pages = tests.flatMap((_, k) => {
  const [before, now] = [untouched[k], after[k]];
  if (!before || !now) return [];
  const [scan] = asScans[k] ?? [];
  const read = { base: before[0]!, habits: before[1]!, tuned: now[0]!, both: now[1]! };
  const ways: Partial<Record<Way, PageReading>> & typeof read = scan ? { ...read, scan } : read;
  return [{ k, ways }];
});
for (const { k, ways } of pages) {
  const shown = Object.entries(ways).map(
    ([way, { snrDb, helped, asked }]) => `${way} ${snrDb.toFixed(1)}${helped ? '+' : asked ? '-' : ' '}`,
  );
  console.log(`test ${k}: ${shown.join('  ')}  ${ways.both.layout}`);
}
const mean = (list: readonly number[]): number => sum(list) / list.length;
const rows = (['base', 'habits', 'tuned', 'both', 'scan'] as const).flatMap((way) => {
  const pairs = pages.flatMap(({ ways }) =>
    way in ways ? [[ways[way]!.snrDb, ways.base.snrDb] as const] : [],
  );
  if (pairs.length === 0) return [];
  const gains = pairs.map(([db, baseDb]) => db - baseDb);
  const { mean: gainDb, low, high } = pairedBootstrap(gains, createRandom(1));
  const sorted = pairs.map(([db]) => db).sort((a, b) => a - b);
  return [
    {
      way,
      pages: pairs.length,
      meanDb: mean(sorted),
      medianDb: sorted[sorted.length >> 1]!,
      gainDb,
      low,
      high,
    },
  ];
});
const figures = (list: readonly number[]): string[] => list.map((one) => one.toFixed(2));
told(`${pages.length} of ${tests.length} test pages`);
console.log(
  textTable(
    ['read by', 'pages', 'mean dB', 'median dB', 'gain dB', '95 %'],
    rows.map(({ way, pages: count, meanDb, medianDb, gainDb, low, high }) => [
      way,
      String(count),
      ...figures([meanDb, medianDb, gainDb]),
      figures([low, high]).join(' ... '),
    ]),
  ),
);
const folders = [...new Set(reference.map(({ folder }) => folder))].map((folder) => {
  const of = reference.flatMap((page, k) => (page.folder === folder && known[k] && kept[k] ? [k] : []));
  const [baseDb, tunedDb] = [known, kept].map((all) => of.map((k) => all[k]![0]!.snrDb));
  return {
    folder,
    pages: of.map((k) => reference[k]!.name),
    baseDb: baseDb!,
    tunedDb: tunedDb!,
    change: mean(tunedDb!) - mean(baseDb!),
  };
});
if (folders.length > 0) {
  console.log(
    textTable(
      ['folder', 'pages', 'base dB', 'tuned dB', 'change'],
      folders.map(({ folder, pages: names, baseDb, tunedDb, change }) => [
        folder,
        String(names.length),
        ...figures([mean(baseDb), mean(tunedDb), change]),
      ]),
    ),
  );
}
const result = {
  preset,
  values,
  corrected: { pages: annotated.length, columns: { changed: drawn, all: columns } },
  training,
};
writeFileSync(join(out, 'styles.json'), JSON.stringify({ ...result, rows, folders, pages }, null, 1));
