import { dirname, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { train as runTraining } from '../training/train.ts';
import { readTrainingConfig } from '../training/training-config.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const TRAIN_HELP = `Trains a segmentation model.

  npm run train -- --config <settings.json> --out <dir> [--resume]

  --config <file>    settings; docs/training.md describes them
  --out <dir>        folder of the run: checkpoint, curves, models
  --resume           go on from the checkpoint there
  --revision <text>  state of the sources, for the model's card
  --stop-after <N>   stop, with a checkpoint, when N steps are done
`;

/** `train`: see TRAIN_HELP. */
export async function train(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    config: { type: 'string', short: 'c' },
    out: { type: 'string', short: 'o' },
    resume: { type: 'boolean', default: false },
    revision: { type: 'string' },
    'stop-after': { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(TRAIN_HELP);
    return EXIT.ok;
  }
  if (!values.config || !values.out || positionals.length > 0) {
    throw new AppError('usage', 'train takes --config <settings.json> and --out <dir>.');
  }
  const stopAfter = numberFlag('stop-after', values['stop-after'], { min: 1, max: 1e9, integer: true });
  const config = await readTrainingConfig(values.config);
  const { signal, release } = interruptSignal(terminal);
  try {
    const { state, ended } = await runTraining({
      config,
      out: values.out,
      resume: values.resume,
      revision: values.revision ?? null,
      bases: [dirname(resolve(values.config)), process.cwd()],
      signal,
      ...(stopAfter === null ? {} : { stopAfter }),
      onLine: (line) => terminal.out(`${line}\n`),
    });
    const best = state.best ? `, best on held-out pages at step ${state.best.step}` : '';
    terminal.out(`${state.step} steps${best}. Models: ${values.out}\n`);
    if (ended === 'patience') terminal.out('Stopped early: the held-out pages no longer improved.\n');
    return signal.aborted ? EXIT.interrupted : EXIT.ok;
  } finally {
    release();
  }
}
