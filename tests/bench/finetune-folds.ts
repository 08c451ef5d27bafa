import '../../src/main/version-guard.js';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { constants, setPriority } from 'node:os';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { pairedBootstrap } from '../../src/core/learning/paired-bootstrap.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { bundledModelFile, modelFile, type ModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { findReferencePages, type ReferencePage } from '../../src/main/learning/find-reference-pages.ts';
import { finetune } from '../../src/main/learning/finetune.ts';
import { parseFinetuneConfig } from '../../src/main/learning/finetune-config.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { annotatedEntry, annotatedSet, type AnnotatedEntry } from './annotated-set.ts';
import { textTable } from '../../src/main/cli/text-table.ts';

// node tests/bench/finetune-folds.ts [<truth folder> [<minutes per fold> [<folder,folder...>]]]: does correcting half of some
// pages help the other half? The truth plays the annotator on every second page of each folder, the model that comes with the
// program is fine-tuned on them, and both models read the others; then the halves change places. The model that ships is never
// trained on these pages; out/folds can be deleted.
const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'out/folds');
const [truth = join(root, '../shared/data/pages'), minutes = '5', names = 'photo,wrinkled,hard'] =
  process.argv.slice(2);
if (!existsSync(truth)) {
  console.log(`No pages to measure on: ${truth} does not exist.`);
  process.exit(0);
}
setPriority(constants.priority.PRIORITY_LOW);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const base = (await bundledModelFile())!;
const folders = await Promise.all(names.split(',').map((name) => findReferencePages(join(truth, name))));
const pages = folders.flatMap((list) => list.map((page, index) => ({ page, fold: index % 2 })));
const config = parseFinetuneConfig({ name: 'fold', minutes: Number(minutes), threads: 1 });
const rows: string[][] = [];
const gains: number[] = [];
for (const fold of [0, 1]) {
  const set = await annotate(pages.filter((one) => one.fold === fold).map(({ page }) => page));
  const { state, ended, candidate } = await finetune({
    config,
    set,
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
  console.log(`fold ${fold}: ${state.step} steps, ended by ${ended}, best at ${candidate!.step}`);
  const tuned = await modelFile(join(out, `run-${fold}`, candidate!.file));
  for (const { page } of pages.filter((one) => one.fold !== fold)) {
    const [before, after] = [await score(page, base), await score(page, tuned)];
    gains.push(after - before);
    const name = `${basename(resolve(page.path, '..'))}/${page.name}`;
    console.log(`${name}: ${before.toFixed(2)} -> ${after.toFixed(2)} dB`);
    rows.push([name, before.toFixed(2), after.toFixed(2), (after - before).toFixed(2)]);
  }
}
console.log(textTable(['page', 'before dB', 'after dB', 'gain'], rows));
const { mean, low, high } = pairedBootstrap(gains, createRandom(1));
console.log(
  `mean gain ${mean.toFixed(2)} dB, 95 % of means between ${low.toFixed(2)} and ${high.toFixed(2)}`,
);
writeFileSync(join(out, 'folds.json'), JSON.stringify({ rows, mean, low, high }, null, 2));

async function score(page: ReferencePage, model: ModelFile): Promise<number> {
  const { signals } = await digitizePage(await decodePage(page.path, 0), { segment: pageSegmenter(model) });
  return scorePage(page.truth, signals.length > 0 ? toLeadTable(signals) : null).snrDb;
}

/** A training set of pages as the truth corrects them. */
async function annotate(list: readonly ReferencePage[]) {
  const entries: AnnotatedEntry[] = [];
  for (const { path, name, truth: known } of list) {
    const read = await digitizePage(await decodePage(path, 0), { segment: pageSegmenter(base) });
    const entry = await annotatedEntry(path, read, known);
    if (!entry) continue;
    const { human, all } = entry.columns;
    console.log(`${name}: ${human} of ${all} columns drawn anew, ${entry.unverified.length} leads put aside`);
    entries.push(entry);
  }
  return annotatedSet(out, entries, base.version);
}
