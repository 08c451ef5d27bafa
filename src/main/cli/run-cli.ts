import { AppError, toAppError } from '../../shared/app-error.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

const HELP = `Tracewright turns scans and photographs of paper ECGs into calibrated 12-lead signals.

  npm run digitize -- <files or folders> --out <dir>     digitize without a window
  npm run import -- --from <dir> --project <dir>         bring scans, their signals and masks into a project
  npm run export -- --project <dir> --out <dir>          write signals, masks or a paired data set of a project
  npm run kaggle -- --from <dir> --project <dir> --out submission.csv    from Kaggle's folder to a submission
  npm run score -- --truth <dir> --pred <dir>            compare signals with their truth
  npm run deidentify -- <scans> --out <dir> --key <file> write scans without what tells who it is
  npm run contact-sheet -- <dir> --out sheet.png         see many overlays at once
  npm run synth -- --out <dir>                           draw pages with their truth, of records or a model
  npm run samples                                        draw the bundled sample scans again
  npm run train -- --config <json> --out <dir>           train a segmentation model
  npm run patches -- --config <json> --out <dir>         draw training patches for a trainer elsewhere
  npm run export-model -- --run <dir> --out <dir>        make a trained model ready for use
  npm run finetune -- --project <dir>                    go on training with a project's accepted pages
  npm run prove -- --project <dir> --candidate <hash>    compare a model with the one in use
  npm run promote -- --project <dir> --candidate <hash>  use a proven model, or go back
  npm run export-set -- --project <dir> --out <dir>      write a training set for nnU-Net and others
  npm run compact -- --project <dir>                     merge old steps of the history, make the project smaller

Each takes --help.
`;

type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;

/** Commands load on demand: `score` should not wait for image libraries. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  digitize: async () => (await import('./digitize.ts')).digitize,
  import: async () => (await import('./import.ts')).importProject,
  kaggle: async () => (await import('./kaggle.ts')).kaggle,
  export: async () => (await import('./export.ts')).exportProject,
  score: async () => (await import('./score.ts')).score,
  deidentify: async () => (await import('./deidentify.ts')).deidentify,
  'contact-sheet': async () => (await import('./contact-sheet.ts')).contactSheet,
  synth: async () => (await import('./synth.ts')).synth,
  samples: async () => (await import('./samples.ts')).samples,
  train: async () => (await import('./train.ts')).train,
  patches: async () => (await import('./patches.ts')).patches,
  'export-model': async () => (await import('./export-model.ts')).exportModel,
  finetune: async () => (await import('./finetune.ts')).finetune,
  prove: async () => (await import('./prove.ts')).prove,
  'export-set': async () => (await import('./export-set.ts')).exportTrainingSet,
  compact: async () => (await import('./compact.ts')).compact,
  promote: async () => (await import('./promote.ts')).promote,
};

/**
 * Runs one command of the command line and returns its exit code; never throws. Usage errors say what is wrong, then
 * where help is, and end with 2; every other refusal ends with 1.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out(HELP);
    return EXIT.ok;
  }
  try {
    const load = name === undefined ? undefined : COMMANDS[name];
    if (!load) {
      throw new AppError('usage', name ? `There is no command "${name}".` : 'Say which command to run.');
    }
    return await (
      await load()
    )(rest, terminal);
  } catch (thrown) {
    const error = toAppError(thrown);
    terminal.err(`${error.message}\n`);
    if (error.code === 'usage') {
      terminal.err(`\n${name && COMMANDS[name] ? `npm run ${name} -- --help says more.\n` : HELP}`);
      return EXIT.usage;
    }
    if (error.code === 'cancelled') return EXIT.interrupted;
    if (error.code === 'internal' && process.env['TRACEWRIGHT_DEBUG']) terminal.err(`${error.stack}\n`);
    return EXIT.internal;
  }
}
