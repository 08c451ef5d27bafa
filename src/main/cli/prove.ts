import { availableParallelism, constants, setPriority } from 'node:os';
import { AppError } from '../../shared/app-error.ts';
import type { ProofReport } from '../../shared/api/learning-record.ts';
import { BUNDLED_SCANS, findReferencePages, type ReferencePage } from '../learning/find-reference-pages.ts';
import { proveCandidate } from '../learning/prove-candidate.ts';
import { setOfModel } from '../learning/set-of-model.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { modelByDigest } from './model-by-digest.ts';
import { openCliProject } from './open-cli-project.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

export const PROVE_HELP = `Compares a model with the one in use, on pages that neither learnt from.

  npm run prove -- --project <dir> --candidate <hash> [options]

  --project <dir>      the project; it must not be open elsewhere
  --candidate <hash>   the model, by the first characters of its digest
  --against <hash>     model to compare with, instead of the one in use
  --set <hash>         training set whose locked pages are read; that of the candidate when absent
  --pages <dir>        folder of more scans with their signals (NAME.csv); may be given several times
  --without-samples    leave out the scans that come with the program
  --jobs <N>           pages at a time
  --json               print the proof as JSON

The proof is kept in the project; it decides whether the model may be promoted.
`;

/** `prove`: see PROVE_HELP. */
export async function prove(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    project: { type: 'string', short: 'p' },
    candidate: { type: 'string' },
    against: { type: 'string' },
    set: { type: 'string' },
    pages: { type: 'string', multiple: true, default: [] },
    'without-samples': { type: 'boolean', default: false },
    jobs: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(PROVE_HELP);
    return EXIT.ok;
  }
  if (!values.project || !values.candidate || positionals.length > 0) {
    throw new AppError('usage', 'prove takes --project <dir> and --candidate <hash>.');
  }
  const jobs =
    numberFlag('jobs', values.jobs, { min: 1, max: 64, integer: true }) ??
    Math.max(1, availableParallelism() - 1);
  const folders = [...(values['without-samples'] ? [] : [BUNDLED_SCANS]), ...values.pages];
  const references: ReferencePage[] = [];
  for (const folder of folders) references.push(...(await findReferencePages(folder)));
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const opened = await openCliProject(values.project, jobs);
  const { signal, release } = interruptSignal(terminal);
  try {
    const { project, models, processes } = opened;
    const candidate = modelByDigest(models, values.candidate);
    const current = values.against ? modelByDigest(models, values.against) : models.pageModel();
    const set = setOfModel(project, candidate.sha256, values.set);
    const report = await proveCandidate(project, processes, {
      candidate,
      current,
      set,
      references,
      jobs,
      signal,
      onProgress: (done, total) => terminal.err(`${done}/${total}\n`),
    });
    const { id } = project.proofs.addProof(report);
    terminal.out(values.json ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
    terminal.err(
      `Proof ${id} is kept. ${report.allowed ? 'It may be promoted' : 'It may not be promoted without a reason'}.\n`,
    );
    return EXIT.ok;
  } finally {
    release();
    await opened.close();
  }
}

function describe({ folders, pages, leftOut, words }: ProofReport): string {
  const header = [
    'pages',
    'n',
    'SNR dB',
    '→',
    'mean gain',
    '95 %',
    'r',
    '→',
    'RMSE µV',
    '→',
    'Dice',
    '→',
    'failed',
    '→',
  ];
  const signed = (value: number) => (value < 0 ? '' : '+') + value.toFixed(2);
  const rows = folders.map(({ folder, pages: n, current: a, candidate: b, differenceDb: d }) => [
    folder,
    String(n),
    a.scoreDb.toFixed(2),
    b.scoreDb.toFixed(2),
    signed(d.mean),
    `${signed(d.low)} … ${signed(d.high)}`,
    a.pearson.toFixed(3),
    b.pearson.toFixed(3),
    a.rmseMicrovolts.toFixed(0),
    b.rmseMicrovolts.toFixed(0),
    a.dice?.toFixed(3) ?? '–',
    b.dice?.toFixed(3) ?? '–',
    String(a.failures),
    String(b.failures),
  ]);
  const worst = pages
    .slice(0, 5)
    .map(
      ({ folder, name, currentDb, candidateDb }) =>
        `  ${folder}/${name}: ${currentDb.toFixed(1)} → ${candidateDb.toFixed(1)} dB`,
    );
  const missing = leftOut.map(({ page, why }) => `  ${page}: ${why}`);
  return [
    textTable(header, rows),
    '',
    'Greatest losses:',
    ...worst,
    ...(missing.length > 0 ? ['', 'Left out:', ...missing] : []),
    '',
    ...words,
    '',
  ].join('\n');
}
