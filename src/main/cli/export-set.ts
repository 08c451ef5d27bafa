import { join, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { exportSet, SET_EXPORTS, type SetExport } from '../learning/export-set.ts';
import { setsFolder } from '../learning/make-training-set.ts';
import { readManifest } from '../learning/set-files.ts';
import { openCliProject } from './open-cli-project.ts';
import { parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const EXPORT_SET_HELP = `Writes a training set for programs that train elsewhere.

  npm run export-set -- --project <dir> --out <dir> [--set <hash>] [--to nnunet|coco|png] [--id <number>]

  --project <dir>  the project; it must not be open elsewhere
  --out <dir>      folder to be made
  --set <hash>     the set, by its first characters; the newest when absent
  --to <what>      nnunet (the default), coco or png; see docs/learning.md
  --id <number>    number of the first nnU-Net dataset, 1 to 997; 501 when absent

npm run finetune makes sets; models that were trained elsewhere come back by "Models" in the window.
`;

/** `export-set`: see EXPORT_SET_HELP. */
export async function exportTrainingSet(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    project: { type: 'string', short: 'p' },
    out: { type: 'string', short: 'o' },
    set: { type: 'string', default: '' },
    to: { type: 'string', default: 'nnunet' },
    id: { type: 'string', default: '501' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(EXPORT_SET_HELP);
    return EXIT.ok;
  }
  if (!values.project || !values.out || positionals.length > 0) {
    throw new AppError('usage', 'export-set takes --project <dir> and --out <dir>.');
  }
  const to = SET_EXPORTS.find((one) => one === values.to);
  if (!to) throw new AppError('usage', `--to takes ${SET_EXPORTS.join(', ')}, not "${values.to}".`);
  const firstId = Number(values.id);
  if (!Number.isInteger(firstId) || firstId < 1 || firstId > 997) {
    throw new AppError('usage', `--id takes a number of 1 to 997, not "${values.id}".`);
  }
  const { project, close } = await openCliProject(values.project, 1);
  try {
    const found = project.trainingSets.list().filter(({ hash }) => hash.startsWith(values.set));
    if (found.length === 0) {
      throw new AppError(
        'usage',
        `The project has no training set${values.set ? ` that begins with "${values.set}"` : ''}.`,
      );
    }
    if (values.set && found.length > 1) {
      throw new AppError('usage', `${found.length} training sets of the project begin with "${values.set}".`);
    }
    const folder = join(setsFolder(project), found[0]!.hash);
    const { pages } = await readManifest(folder, found[0]!.hash);
    await exportSet(folder, pages, { to: to satisfies SetExport, out: resolve(values.out), firstId });
    terminal.out(
      `${pages.length} pages of training set ${found[0]!.hash.slice(0, 12)} written to ${values.out}.\n`,
    );
    return EXIT.ok;
  } finally {
    await close();
  }
}
