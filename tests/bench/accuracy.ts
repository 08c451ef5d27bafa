import '../../src/main/version-guard.js';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { bundledModelFile } from '../../src/main/inference/model-file.ts';
import { scoreFolders, type ScoredFolder } from '../../src/main/score/score-folders.ts';
import { textTable } from '../../src/main/cli/text-table.ts';

// npm run bench:accuracy [-- <truth folder> [<model>]] digitizes every page below the folder (by default the shared test
// pages) without and with the model, prints the Kaggle SNR of both side by side, draws the worst pages and writes
// out/accuracy/accuracy.json, to be compared between commits.
const WORST = 12;
const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'out/accuracy');
const [truth = join(root, '../shared/data/pages'), stated] = process.argv.slice(2);
if (!existsSync(truth)) {
  console.log(`No pages to measure on: ${truth} does not exist.`);
  process.exit(0);
}
const model = stated ?? (await bundledModelFile())?.path ?? 'none';
const ways = { plain: 'none', model };
const scores: Record<string, readonly ScoredFolder[]> = {};
for (const [way, file] of Object.entries(ways)) {
  const into = join(out, way);
  rmSync(into, { recursive: true, force: true });
  const formats = ['--format', 'csv,json,overlay', '--quiet', '--model', file];
  command(['digitize', truth, '--out', into, ...formats]);
  scores[way] = await scoreFolders(truth, into);
}

const rows = scores['plain']!.map((plain) => {
  const helped = scores['model']!.find(({ folder }) => folder === plain.folder)!;
  return [plain.folder, ...figures(plain), ...figures(helped), milliseconds(plain), milliseconds(helped)];
});
const columns = ['SNR dB', 'worst', 'leads', 'r', 'RMSE uV'];
console.log(
  textTable(['folder', ...columns, ...columns.map((name) => `model: ${name}`), 'ms', 'model: ms'], rows),
);

const worst = scores['model']!.flatMap(({ folder, pages }) =>
  pages.map(({ name, score }) => ({ page: join(folder, name), snrDb: score.snrDb })),
)
  .sort((a, b) => a.snrDb - b.snrDb)
  .slice(0, WORST);
console.log(
  `\nworst with the model: ${worst.map(({ page, snrDb }) => `${page} ${snrDb.toFixed(1)}`).join(', ')}`,
);
drawWorst(worst.map(({ page }) => page));
mkdirSync(out, { recursive: true });
const revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
  cwd: root,
  encoding: 'utf8',
}).trim();
const folders = Object.fromEntries(
  Object.entries(scores).map(([way, list]) => [
    way,
    list.map(({ folder, summary, pages }) => ({
      folder,
      ...summary,
      pages: Object.fromEntries(pages.map(({ name, score }) => [name, score.snrDb])),
    })),
  ]),
);
writeFileSync(join(out, 'accuracy.json'), `${JSON.stringify({ revision, folders }, null, 2)}\n`);
console.log(`written to ${relative(root, join(out, 'accuracy.json'))} and worst.png beside it`);

function figures({ summary, pages, medianPearson, medianRmseMicrovolts }: ScoredFolder): string[] {
  return [
    summary.scoreDb.toFixed(2),
    Math.min(...pages.map(({ score }) => score.snrDb)).toFixed(1),
    `${summary.leadsFound}/${summary.leadsPrinted}`,
    medianPearson.toFixed(3),
    medianRmseMicrovolts.toFixed(0),
  ];
}

function milliseconds({ pages }: ScoredFolder): string {
  const times = pages.flatMap(({ notes }) => notes.milliseconds ?? []).sort((a, b) => a - b);
  return times.length > 0 ? times[times.length >> 1]!.toFixed(0) : '';
}

/** Puts the overlays of the worst pages on one sheet, worst first. */
function drawWorst(pages: readonly string[]): void {
  const folder = join(out, 'worst');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const from = join(out, 'model', dirname(page));
    const stem = page.split('/').at(-1)!;
    for (const name of readdirSync(from).filter(
      (one) => one.startsWith(`${stem}.`) && !one.endsWith('.csv'),
    )) {
      cpSync(join(from, name), join(folder, `${String(index + 1).padStart(2, '0')} ${name}`));
    }
  }
  command(['contact-sheet', folder, '--out', join(out, 'worst.png'), '--columns', '3']);
}

/** Runs a command of the program; pages that fail are part of the figures. */
function command(args: readonly string[]): void {
  try {
    execFileSync(process.execPath, [join(root, 'src/main/cli.ts'), ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (thrown) {
    if ((thrown as { status?: number }).status !== 3) throw thrown;
  }
}
