import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/app-error.ts';
import { writeSamples } from '../samples/write-samples.ts';
import { parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const SAMPLES_HELP = `Draws the bundled sample scans and their truth again.

  npm run samples [-- --out <dir>]

  --out <dir>  where to (default: resources/samples)
`;

/** `samples`: see SAMPLES_HELP. */
export async function samples(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    out: { type: 'string', short: 'o' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(SAMPLES_HELP);
    return EXIT.ok;
  }
  if (positionals.length > 0) throw new AppError('usage', 'samples takes --out <dir> only.');
  const folder = values.out ?? fileURLToPath(new URL('../../../resources/samples', import.meta.url));
  for (const path of await writeSamples(folder)) terminal.out(`${path}\n`);
  return EXIT.ok;
}
