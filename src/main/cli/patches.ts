import { dirname, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { writePatchFolder } from '../training/data/patch-folder.ts';
import { readTrainingConfig } from '../training/training-config.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const PATCHES_HELP = `Draws training patches for a trainer elsewhere.

  npm run patches -- --config <settings.json> --out <dir> --pages <N>

  --config <file>    settings; docs/training.md describes them and the files
  --out <dir>        where patches.json, train and held-out go
  --pages <N>        pages to draw; those that lie there already are kept
  --part <k/n>       only every n-th page from the k-th on: start n of these side by side
  --ahead <N>        wait while N files lie in train: the trainer takes away what it has read
  --revision <text>  state of the sources, for the model's card
`;

/** `patches`: see PATCHES_HELP. */
export async function patches(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    config: { type: 'string', short: 'c' },
    out: { type: 'string', short: 'o' },
    pages: { type: 'string' },
    part: { type: 'string', default: '1/1' },
    ahead: { type: 'string' },
    revision: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(PATCHES_HELP);
    return EXIT.ok;
  }
  const whole = { min: 1, max: 1e9, integer: true };
  const pages = numberFlag('pages', values.pages, whole);
  const ahead = numberFlag('ahead', values.ahead, whole) ?? Infinity;
  if (!values.config || !values.out || pages === null || positionals.length > 0) {
    throw new AppError('usage', 'patches takes --config <settings.json>, --out <dir> and --pages <N>.');
  }
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(values.part) ?? [];
  if (index === undefined) throw new AppError('usage', `--part takes k/n, as 1/4, not "${values.part}".`);
  const config = await readTrainingConfig(values.config);
  const { signal, release } = interruptSignal(terminal);
  try {
    let count = 0;
    await writePatchFolder({
      config,
      out: values.out,
      pages,
      part: { index: Number(index), of: Number(of) },
      ahead,
      revision: values.revision ?? null,
      bases: [dirname(resolve(values.config)), process.cwd()],
      signal,
      onPage: (written) => (count = written),
    });
    terminal.out(`${count} pages drawn. Patches: ${values.out}\n`);
    return EXIT.ok;
  } finally {
    release();
  }
}
