import '../../src/main/version-guard.js';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pairedBootstrap } from '../../src/core/learning/paired-bootstrap.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { keepMemory } from '../../src/main/processes/keep-memory.ts';
import { textTable } from '../../src/main/cli/text-table.ts';
import { checkModel } from '../../src/main/inference/check-model.ts';
import { bundledModelFile, modelFile, type ModelFile } from '../../src/main/inference/model-file.ts';
import { findReferencePages, type ReferencePage } from '../../src/main/learning/find-reference-pages.ts';
import { finetune } from '../../src/main/learning/finetune.ts';
import { parseFinetuneConfig } from '../../src/main/learning/finetune-config.ts';
import { habitsOfCard } from '../../src/main/learning/habits-of-pages.ts';
import { encodeModel } from '../../src/main/training/export/export-model.ts';
import { parametersFromModel } from '../../src/main/training/net/parameters-from-model.ts';
import { mixParameters } from '../../src/main/training/optimise/mix-parameters.ts';
import { annotatedSet } from './annotated-set.ts';
import { openPageReaders, type PageReaders } from './page-readers.ts';
import type { PageReading } from './page-task.ts';

// npm run bench:folds -- [--truth <folder>] [--folders photo,wrinkled,hard] [--minutes 5] [--steps 300] [--rate 0.0003] [--threads 1]
// [--config <json>] [--curve] [--readers 1] [--together] [--out <folder>]: does correcting half of some pages help the other half? The truth plays the
// annotator on every second page of each folder, the model that comes with the program is fine-tuned on them, and both models
// read the others; then the halves change places, in a process of its own (--together: at the same time). The model that ships
// is never trained on these pages. --curve also reads them with states on the way to the best one, which choose nothing; --config
// names more settings of fine-tuning. out/folds can be deleted.
const { values } = parseArgs({
  options: {
    truth: { type: 'string' },
    folders: { type: 'string', default: 'photo,wrinkled,hard' },
    minutes: { type: 'string', default: '5' },
    steps: { type: 'string', default: '300' },
    rate: { type: 'string' },
    threads: { type: 'string', default: '1' },
    readers: { type: 'string', default: '1' },
    config: { type: 'string' },
    curve: { type: 'boolean', default: false },
    together: { type: 'boolean', default: false },
    out: { type: 'string' },
    fold: { type: 'string' },
  },
});
const root = resolve(import.meta.dirname, '../..');
const truth = resolve(values.truth ?? join(root, '../shared/data/pages'));
const out = resolve(values.out ?? join(root, 'out/folds'));
if (!existsSync(truth)) {
  console.log(`No pages to measure on: ${truth} does not exist.`);
  process.exit(0);
}
interface FoldRow {
  readonly page: string;
  readonly before: PageReading;
  readonly after: PageReading;
}
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
if (values.fold === undefined) await playBoth();
else await play(Number(values.fold));

async function playBoth(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const start = (fold: number) =>
    new Promise<void>((done, fail) => {
      const args = [...process.argv.slice(1), '--fold', String(fold)];
      const child = spawn(process.execPath, args, { stdio: 'inherit', env: keepMemory(process.env) });
      child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`Fold ${fold} ended with ${code}.`))));
    });
  if (values.together) await Promise.all([start(0), start(1)]);
  else for (const fold of [0, 1]) await start(fold);
  const folds = [0, 1].map(
    (fold) => (JSON.parse(readFileSync(join(out, `fold-${fold}.json`), 'utf8')) as { rows: FoldRow[] }).rows,
  );
  const rows = folds.flat();
  const figures = rows.map(({ page, before, after }) => [
    page,
    `${before.snrDb.toFixed(2)}${before.helped ? '+' : ''}`,
    `${after.snrDb.toFixed(2)}${after.helped ? '+' : ''}`,
    (after.snrDb - before.snrDb).toFixed(2),
  ]);
  console.log(textTable(['page', 'before dB', 'after dB', 'gain'], figures));
  const gains = folds.map((list) => list.map(({ before, after }) => after.snrDb - before.snrDb));
  const all = pairedBootstrap(gains.flat(), createRandom(1));
  const each = gains.map((list) => pairedBootstrap(list, createRandom(1)));
  for (const [name, { mean, low, high }] of [...each.entries(), ['both', all] as const])
    console.log(
      `fold ${name}: mean gain ${mean.toFixed(2)} dB, 95 % of means between ${low.toFixed(2)} and ${high.toFixed(2)}`,
    );
  writeFileSync(join(out, 'folds.json'), JSON.stringify({ rows, each, all }, null, 2));
}

async function play(fold: number): Promise<void> {
  const base = (await bundledModelFile())!;
  const readers = openPageReaders(Number(values.readers));
  const names = values.folders.split(',');
  const folders = await Promise.all(names.map((name) => findReferencePages(join(truth, name))));
  const pages = folders.flatMap((list) => list.map((page, index) => ({ page, fold: index % 2 })));
  const corrected = pages.filter((one) => one.fold === fold).map(({ page }) => page);
  const others = pages.filter((one) => one.fold !== fold).map(({ page }) => page);
  const annotated = await Promise.all(
    corrected.map((page) => readers.run({ kind: 'annotate', page, model: base } as const)),
  );
  const entries = annotated.flatMap((one) => one?.entry ?? []);
  for (const { path, columns, unverified } of entries)
    console.log(
      `${path}: ${columns.human} of ${columns.all} columns drawn anew, ${unverified.length} leads put aside`,
    );
  const readByBase = Promise.all(
    others.map((page) => readers.run({ kind: 'read', page, ways: [{ model: base, habits: null }] } as const)),
  );
  const began = performance.now();
  const { state, ended, candidate } = await finetune({
    config: parseFinetuneConfig({
      name: 'fold',
      minutes: Number(values.minutes),
      steps: Number(values.steps),
      ...(values.rate ? { rate: { peak: Number(values.rate), warmupSteps: 20 } } : {}),
      threads: Number(values.threads),
      ...(values.config ? (JSON.parse(values.config) as object) : {}),
    }),
    set: await annotatedSet(join(out, `set-${fold}`), entries, base.version),
    parent: { ...base, name: base.version },
    out: join(out, `run-${fold}`),
    onPoint: (point) => {
      if (point.kind !== 'validation') return;
      const { own, replay, snrDb, loss, step, seconds } = point;
      const dice = `Dice ${Object.values(own.classes)
        .map((one) => one.dice.toFixed(3))
        .join(' ')}, replay ${replay?.classes['trace']!.dice.toFixed(3)}`;
      console.log(
        `fold ${fold} step ${step} ${seconds} s: loss ${loss.toFixed(4)}, ${dice}, SNR ${snrDb?.toFixed(2)} dB`,
      );
    },
  });
  const training = {
    steps: state.step,
    ended,
    best: candidate!.step,
    mix: candidate!.finetuned!.mix,
    seconds: (performance.now() - began) / 1000,
  };
  const { share, by, tried } = training.mix;
  console.log(`fold ${fold}: ${state.step} steps, ended by ${ended}, best at ${candidate!.step}`);
  for (const one of tried) console.log(`share ${one.share}: loss ${one.loss.toFixed(4)}, SNR ${one.snrDb}`);
  console.log(`share ${share} is taken by the ${by}`);
  const tuned = await modelFile(join(out, `run-${fold}`, candidate!.file));
  // Pages that look otherwise are left to the base model, as in the program.
  const model = { ...tuned, habits: habitsOfCard(candidate), general: base };
  const known = await readByBase;
  const rows: FoldRow[] = await Promise.all(
    others.map(async (page, k) => {
      const [before] = known[k]!;
      // As the program would: with what the pages taught beside the network.
      const [after] = await readers.run({
        kind: 'read',
        page,
        ways: [{ model, habits: model.habits }],
      } as const);
      const name = `${basename(resolve(page.path, '..'))}/${page.name}`;
      console.log(`${name}: ${before!.snrDb.toFixed(2)} -> ${after!.snrDb.toFixed(2)} dB`);
      return { page: name, before: before!, after: after! };
    }),
  );
  if (values.curve) await readCurve(fold, base, others, rows, readers);
  readers.close();
  writeFileSync(join(out, `fold-${fold}.json`), JSON.stringify({ training, rows }, null, 2));
}

/** Mean gains on the tested pages of states on the way from the model to the run's best one, all pages looked at by them. */
async function readCurve(
  fold: number,
  base: ModelFile,
  pages: readonly ReferencePage[],
  rows: readonly FoldRow[],
  readers: PageReaders,
): Promise<void> {
  const { shape, parameters } = parametersFromModel(checkModel(readFileSync(base.path)));
  const best = Uint8Array.from(readFileSync(join(out, `run-${fold}`, 'best.bin')));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const path = join(out, `run-${fold}`, `share-${share}.onnx`);
    writeFileSync(path, encodeModel(shape, mixParameters(parameters, new Float32Array(best.buffer), share)));
    const model = await modelFile(path);
    const gains = await Promise.all(
      pages.map(async (page, k) => {
        const { before } = rows[k]!;
        if (!before.asked) return 0;
        const ways = [{ model, habits: null }];
        const [after] = await readers.run({ kind: 'read', page, ways } as const);
        return after!.snrDb - before.snrDb;
      }),
    );
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    const each = gains.map((gain) => gain.toFixed(2)).join(' ');
    console.log(
      `fold ${fold}, share ${share} of the way, all pages: mean gain ${mean.toFixed(2)} dB (${each})`,
    );
  }
}
