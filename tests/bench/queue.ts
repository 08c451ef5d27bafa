import '../../src/main/version-guard.js';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pairedBootstrap } from '../../src/core/learning/paired-bootstrap.ts';
import { rankPages, type OpenPage } from '../../src/core/learning/rank-pages.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { textTable } from '../../src/main/cli/text-table.ts';
import { STRATEGIES } from '../../src/shared/learning-strategy.ts';
import { badnessAuroc } from './rank-figures.ts';

// npm run bench:queue, after npm run bench:looks: how well does the queue know which pages are bad? Prints the AUROC of
// each measure for "this page is below the median SNR of its folder", and plays an annotator who goes through the queue: a corrected
// page counts with the best that any counts with (25.84 dB, as in a proof), so correcting gains what it was short of. Told is
// after how many pages half of all that can be gained is gained, against pages taken at random; 5 pools of two thirds of the pages.
const BEST_DB = 25.84;
const SEEDS = 5;
const POOL_SHARE = 2 / 3;
const HALF = 0.5;
const root = resolve(import.meta.dirname, '../..');
const source = join(root, 'out/page-looks.json');
if (!existsSync(source)) {
  console.log('Run npm run bench:looks first: it looks at the pages once.');
  process.exit(0);
}
interface Look {
  readonly folder: string;
  readonly snrDb: number;
  readonly agreementDb: number;
  readonly confidence: number;
  readonly attention: number;
  readonly doubt: number;
  readonly noise: number;
  readonly entropy: number;
  readonly trusts: readonly number[];
  readonly style: readonly number[];
}
const looks = JSON.parse(readFileSync(source, 'utf8')) as Look[];

/** Mean doubt about so many leads that are least trusted. */
const weakest = ({ trusts }: Look, count: number): number => {
  const least = [...trusts].sort((a, b) => a - b).slice(0, count);
  return least.length > 0 ? 1 - least.reduce((sum, trust) => sum + trust, 0) / least.length : 1;
};
const measures: Record<string, (look: Look) => number> = {
  'page trust': ({ confidence }) => 1 - confidence,
  'expected SNR': ({ doubt }) => doubt,
  'noise by trust': ({ noise }) => noise,
  'three least trusted leads': (look) => weakest(look, 3),
  'least trusted lead': (look) => weakest(look, 1),
  'what is wrong (lint)': ({ attention }) => attention,
  'entropy of the model': ({ entropy }) => entropy,
  'readings disagree': ({ agreementDb }) => -agreementDb,
  'the truth itself': ({ snrDb }) => -snrDb,
};
/** How a measure stands to the median of its folder: what a queue could know that compares pages with those beside them. */
const besideFolder = (measure: (look: Look) => number): ((look: Look) => number) => {
  const folders = new Map<string, number>();
  for (const { folder } of looks) {
    folders.set(folder, middle(looks.filter((one) => one.folder === folder).map(measure)));
  }
  return (look) => measure(look) - folders.get(look.folder)!;
};
const middle = (values: number[]): number => {
  values.sort((a, b) => a - b);
  return (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2;
};
const known = looks.map((look) => ({ style: look.folder, snrDb: look.snrDb, look }));
const rows = Object.entries(measures).map(([name, measure]) => {
  const beside = besideFolder(measure);
  return [
    name,
    badnessAuroc(known, ({ look }) => measure(look), false).toFixed(3),
    badnessAuroc(known, ({ look }) => measure(look), true).toFixed(3),
    badnessAuroc(known, ({ look }) => beside(look), false).toFixed(3),
  ];
});
console.log(`${looks.length} pages of ${new Set(looks.map(({ folder }) => folder)).size} folders`);
console.log(textTable(['measure', 'AUROC over all', 'within folders', 'beside its folder'], rows));

/** Nobody knows how long these pages waited. */
const PLAYED = STRATEGIES.filter((strategy) => strategy !== 'age');
const needed = new Map(PLAYED.map((strategy) => [strategy, [] as number[]]));
for (let seed = 1; seed <= SEEDS; seed++) {
  const random = createRandom(seed);
  const pool = looks
    .map((look) => ({ look, chance: random.next() }))
    .sort((a, b) => a.chance - b.chance)
    .slice(0, Math.round(POOL_SHARE * looks.length))
    .map(({ look }) => look);
  const gains = pool.map(({ snrDb }) => Math.max(0, BEST_DB - snrDb));
  const all = gains.reduce((sum, gain) => sum + gain, 0);
  const pages = pool.map(({ confidence, attention, style }, id): OpenPage => ({
    id,
    uncertainty: 1 - confidence,
    attention,
    style,
  }));
  for (const strategy of PLAYED) {
    // Chance is played often: its mean is what counts.
    const plays = strategy === 'random' ? 40 : 1;
    let count = 0;
    for (let play = 0; play < plays; play++) {
      let gained = 0;
      for (const { id } of rankPages(pages, [], strategy, random.fork(`${strategy} ${play}`))) {
        if (gained >= HALF * all) break;
        gained += gains[id]!;
        count++;
      }
    }
    needed.get(strategy)!.push(count / plays);
  }
}
const chance = needed.get('random')!;
const table = PLAYED.map((strategy) => {
  const shares = needed.get(strategy)!.map((count, k) => (100 * count) / chance[k]!);
  const { mean, low, high } = pairedBootstrap(shares, createRandom(1));
  const pages = needed.get(strategy)!.reduce((sum, count) => sum + count, 0) / SEEDS;
  return [strategy, pages.toFixed(1), `${mean.toFixed(0)} %`, `${low.toFixed(0)} ... ${high.toFixed(0)} %`];
});
const words = textTable(['strategy', 'pages for half the gain', 'of random', '95 %'], table);
console.log(words);
writeFileSync(join(root, 'out/queue.txt'), `${words}\n`);
