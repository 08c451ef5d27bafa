import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_KEEP } from '../../shared/api/compaction-record.ts';
import { AppError } from '../../shared/app-error.ts';
import { compactProject, previewCompaction } from '../compaction/compact-project.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { openCliProject } from './open-cli-project.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const COMPACT_HELP = `Merges old steps of the histories of a project's pages, and makes its file smaller.

  npm run compact -- --project <dir> [--actions <n>] [--days <n>] [--dry-run]

  --project <dir>  the project; it must not be open elsewhere
  --actions <n>    actions per page that can still be undone one by one, 10 or more; ${DEFAULT_KEEP.actions} when absent
  --days <n>       so can all of the last days, 0 for none; ${DEFAULT_KEEP.days} when absent
  --dry-run        say what would be merged, and change nothing

Who did what, when, how long, with which tool and model stays in the history; so do the pages as they are, and states at
decisions, ends of sittings and every hundred actions, to which a page can be brought back.
`;

/** `compact`: see COMPACT_HELP. */
export async function compact(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    project: { type: 'string', short: 'p' },
    actions: { type: 'string' },
    days: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(COMPACT_HELP);
    return EXIT.ok;
  }
  if (!values.project || positionals.length > 0)
    throw new AppError('usage', 'compact takes --project <dir>.');
  const keep = {
    actions:
      numberFlag('actions', values.actions, { min: 10, max: 100_000, integer: true }) ?? DEFAULT_KEEP.actions,
    days: numberFlag('days', values.days, { min: 0, max: 3650, integer: true }) ?? DEFAULT_KEEP.days,
  };
  const { project, close } = await openCliProject(values.project, 1);
  const interrupt = interruptSignal(terminal);
  try {
    const file = join(project.dir, 'project.sqlite');
    const found = await previewCompaction(project, keep, interrupt.signal);
    const share = `${megabytes(found.bytes)} of ${megabytes(found.journalBytes)}`;
    terminal.out(
      `${found.actions} actions of ${found.stacks} histories can be merged into ${found.states} states; they take ${share}.\n`,
    );
    if (values['dry-run'] || found.actions === 0) return EXIT.ok;
    const before = statSync(file).size;
    const done = await compactProject(project, { keep, who: userInfo().username, signal: interrupt.signal });
    if (done.message !== null) throw new AppError('storage', done.message);
    if (interrupt.signal.aborted) return EXIT.interrupted;
    project.compaction.rewrite();
    terminal.out(
      `${done.actions} actions merged into ${done.states} states, ${megabytes(done.bytesBefore)} to ${megabytes(done.bytesAfter)}; ` +
        `project.sqlite ${megabytes(before)} to ${megabytes(statSync(file).size)}.\n`,
    );
    return EXIT.ok;
  } finally {
    interrupt.release();
    await close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}
