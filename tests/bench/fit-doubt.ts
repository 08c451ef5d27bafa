import '../../src/main/version-guard.js';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import { badnessOfSnr, BEST_SNR_DB, deviation } from '../../src/core/trust/expected-snr.ts';
import { noiseShare } from '../../src/core/trust/noise-share.ts';
import { SNR_TRAITS, snrTraits, sumsOf, type SnrTrait } from '../../src/core/trust/snr-traits.ts';
import type { TraitWeight } from '../../src/core/trust/snr-weights.ts';
import { textTable } from '../../src/main/cli/text-table.ts';
import { bundledModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { findReferencePages } from '../../src/main/learning/find-reference-pages.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { drawDoubtPages } from './doubt-styles.ts';
import { badnessAuroc, rankCorrelation } from './rank-figures.ts';

// npm run fit:doubt -- [<truth folder> ...]: draws pages of 23 styles, reads them with the model that ships, and fits what
// `expectedSnr` weighs (printed as source). Told is how well pages are ranked: those of kinds of styles that were left out of the fit,
// of 20 styles more, and below the folders named. About 2 s per page that was not read before; out/doubt holds pages and traits.
const root = resolve(import.meta.dirname, '../..');
const records = join(root, '../shared/data/records/ptb-xl');
const into = join(root, 'out/doubt');
/** Below this the leads of a page are not what was printed; pages are told apart above `GOOD_DB`, and those below count less. */
const WORST_DB = -3;
const GOOD_DB = 12;
const BAD_COUNTS = 0.3;
/** Ridge, in pages. */
const RIDGE = 10;
/** Each page is also learnt from as if its recorder's leads did not fit together, and counts so much of itself then. */
const LAWLESS_COUNTS = 0.1;
const MOST_MISFIT_LOG = -4;
const SWEEPS = 2000;

interface Row {
  readonly style: string;
  readonly name: string;
  readonly snrDb: number;
  readonly before: number;
  readonly traits: readonly number[];
}

if (!existsSync(records)) {
  console.log(`No records to draw pages of: ${records} does not exist.`);
  process.exit(0);
}
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const drawn = drawDoubtPages(root, records, into);
const rows = await readRows(drawn.fitted);
const kindOf = ({ style }: Row): string => style.split('-')[0]!;
const kinds = [...new Set(rows.map(kindOf))];
const fits = new Map(kinds.map((kind) => [kind, fit(rows.filter((row) => kindOf(row) !== kind))]));
console.log(`${rows.length} drawn pages, the kind of each left out`);
tell(rows, (row) => badness(row, fits.get(kindOf(row))!));
const fitted = fit(rows);
for (const folder of [drawn.checked, ...process.argv.slice(2)]) {
  const others = await readRows(resolve(folder));
  console.log(`${others.length} pages below ${relative(root, resolve(folder))}`);
  tell(others, (row) => badness(row, fitted));
}
console.log(`export const USUAL_BADNESS = ${fitted.usual.toFixed(4)};`);
for (const [k, trait] of SNR_TRAITS.entries()) {
  const { usual, spread, weight } = fitted.weights[k]!;
  console.log(
    `  ${trait}: { usual: ${usual.toFixed(4)}, spread: ${spread.toFixed(4)}, weight: ${weight.toFixed(4)} },`,
  );
}

/** Traits and true SNR of the pages below a folder, from a file where they were read before. */
async function readRows(folder: string): Promise<Row[]> {
  const file = join(into, `${relative(root, folder).replaceAll(/[^\w-]+/g, '_')}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Row[];
  const segment = pageSegmenter((await bundledModelFile())!);
  const found: Row[] = [];
  for (const { folder: style, name, path, truth } of await findReferencePages(folder)) {
    const reading = await digitizePage(await decodePage(path, 0), { segment });
    const { signals, confidence } = reading;
    if (signals.length === 0 || !(sumsOf(reading).power > 0)) continue;
    const { leads } = scorePage(truth, toLeadTable(signals));
    let [power, noise] = [0, 0];
    for (const { signalPower, noisePower } of leads.values()) {
      power += signalPower;
      noise += noisePower;
    }
    const traits = snrTraits(reading);
    found.push({
      style,
      name,
      snrDb: 10 * Math.log10(power / noise),
      before: noiseShare(signals, confidence),
      traits: SNR_TRAITS.map((trait) => traits[trait]),
    });
  }
  mkdirSync(into, { recursive: true });
  writeFileSync(file, JSON.stringify(found));
  return found;
}

interface Fit {
  readonly usual: number;
  readonly weights: readonly TraitWeight[];
}

/** Weighted ridge regression whose weights are none or positive, by cyclic coordinate descent. */
function fit(pages: readonly Row[]): Fit {
  const limb = SNR_TRAITS.indexOf('limbNoise' satisfies SnrTrait);
  const lawless = (traits: readonly number[]) => traits.map((x, k) => (k === limb ? MOST_MISFIT_LOG : x));
  const samples = pages.flatMap(({ snrDb, traits }) => {
    const counts = snrDb > GOOD_DB ? 1 : BAD_COUNTS;
    const target = badnessOfSnr(Math.max(WORST_DB, Math.min(BEST_SNR_DB, snrDb)));
    return [
      { traits, target, counts },
      { traits: lawless(traits), target, counts: counts * LAWLESS_COUNTS },
    ];
  });
  const all = samples.reduce((sum, { counts }) => sum + counts, 0);
  const mean = (of: (sample: (typeof samples)[number]) => number): number =>
    samples.reduce((sum, sample) => sum + sample.counts * of(sample), 0) / all;
  const usual = mean(({ target }) => target);
  const scales = SNR_TRAITS.map((_, k) => {
    const middle = mean(({ traits }) => traits[k]!);
    return { usual: middle, spread: Math.sqrt(mean(({ traits }) => (traits[k]! - middle) ** 2)) };
  });
  const columns = scales.map(({ usual: middle, spread }, k) =>
    samples.map(({ traits }) => (traits[k]! - middle) / spread),
  );
  const weights = scales.map(() => 0);
  const rest = samples.map(({ target }) => target - usual);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [k, column] of columns.entries()) {
      let [along, own] = [0, RIDGE];
      for (const [i, x] of column.entries()) {
        along += samples[i]!.counts * x * (rest[i]! + weights[k]! * x);
        own += samples[i]!.counts * x * x;
      }
      const weight = Math.max(0, along / own);
      for (const [i, x] of column.entries()) rest[i]! -= (weight - weights[k]!) * x;
      weights[k] = weight;
    }
  }
  return { usual, weights: scales.map((scale, k) => ({ ...scale, weight: weights[k]! })) };
}

function badness({ traits }: Row, { usual, weights }: Fit): number {
  return weights.reduce((sum, scale, k) => sum + scale.weight * deviation(traits[k]!, scale), usual);
}

/** Prints how well a measure ranks pages, beside what was told before. */
function tell(pages: readonly Row[], measure: (row: Row) => number): void {
  const measures = {
    'expected SNR': measure,
    'noise by trust': ({ before }: Row) => before,
    'the truth itself': ({ snrDb }: Row) => -snrDb,
  };
  const good = pages.filter(({ snrDb }) => snrDb > GOOD_DB);
  const table = Object.entries(measures).map(([name, of]) => [
    name,
    ...[pages, good].flatMap((some) => [
      badnessAuroc(some, of, false).toFixed(3),
      badnessAuroc(some, of, true).toFixed(3),
      rankCorrelation(
        some.map(of),
        some.map(({ snrDb }) => -snrDb),
      ).toFixed(3),
    ]),
  ]);
  const figures = ['over all', 'within styles', 'rank'];
  console.log(textTable(['measure', ...figures, ...figures.map((word) => `${GOOD_DB} dB: ${word}`)], table));
}
