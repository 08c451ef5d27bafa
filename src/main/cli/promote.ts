import { userInfo } from 'node:os';
import { AppError } from '../../shared/app-error.ts';
import { promoteModel, rollBack } from '../learning/promote-model.ts';
import { queueUntouched } from '../learning/queue-untouched.ts';
import { modelByDigest } from './model-by-digest.ts';
import { openCliProject } from './open-cli-project.ts';
import { parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const PROMOTE_HELP = `Puts a model in the place of the one in use, or goes back.

  npm run promote -- --project <dir> --candidate <hash> [--reason <text>]
  npm run promote -- --project <dir> --roll-back

  --project <dir>     the project; it must not be open elsewhere
  --candidate <hash>  the model, by the first characters of its digest
  --reason <text>     why, where its proof does not allow it
  --roll-back         go back to the model before the last promotion

Pages that nobody touched are digitized again, by the window when it is open next; pages that people worked on stay.
`;

/** `promote`: see PROMOTE_HELP. */
export async function promote(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    project: { type: 'string', short: 'p' },
    candidate: { type: 'string' },
    reason: { type: 'string' },
    'roll-back': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(PROMOTE_HELP);
    return EXIT.ok;
  }
  if (!values.project || positionals.length > 0 || (values.candidate === undefined) !== values['roll-back']) {
    throw new AppError('usage', 'promote takes --project <dir>, and --candidate <hash> or --roll-back.');
  }
  const { project, models, close } = await openCliProject(values.project, 1);
  try {
    const who = userInfo().username;
    let now: string;
    if (values.candidate === undefined) now = rollBack(project, models, who);
    else {
      now = modelByDigest(models, values.candidate).sha256;
      promoteModel(project, models, { candidate: now, reason: values.reason, who });
    }
    const queued = queueUntouched(project, models.pageModel());
    terminal.out(
      `In use now: ${models.pageModel()?.version ?? 'no model'}. ${queued} untouched pages wait to be digitized again.\n`,
    );
    return EXIT.ok;
  } finally {
    await close();
  }
}
