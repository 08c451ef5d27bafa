import {
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as far as the system tells: a reused process id is not the holder. */
  readonly born: string | null;
}

const FILE_NAME = 'project.lock';
const heldHere = new Set<string>();

/**
 * Makes this process the only one that has the project open, by a lock file beside it. The lock of a process that is
 * gone (crashed or killed) is taken over.
 *
 * @returns a function that gives the lock back
 * @throws AppError `locked` when the project is open already, here or in another process
 */
export function lockProject(dir: string): () => void {
  const real = realpathSync(dir);
  const file = join(real, FILE_NAME);
  const mine: Holder = { pid: process.pid, host: hostname(), born: birthOf(process.pid) };
  if (heldHere.has(real)) throw refusal(real, mine);
  const text = JSON.stringify(mine);
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, text);
    closeSync(handle);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw refusal(real, holder);
    // Of two that find the same stale lock, the one whose rename came last holds it.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, text);
    renameSync(own, file);
    const now = readHolder(file);
    if (!now || now.pid !== mine.pid) throw refusal(real, now ?? mine);
  }
  heldHere.add(real);
  return () => {
    if (heldHere.delete(real) && readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function refusal(dir: string, { pid, host }: Holder): AppError {
  const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  return new AppError(
    'locked',
    `The project "${dir}" is already open (${where}). Close it there first, or open another project.`,
  );
}

function readHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    if (!Number.isInteger(holder.pid)) return null;
    return { pid: holder.pid!, host: String(holder.host), born: holder.born ?? null };
  } catch {
    return null;
  }
}

function isAlive({ pid, host, born }: Holder): boolean {
  // Another machine's processes cannot be seen from here: believe the lock.
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = birthOf(pid);
  return born === null || now === null || born === now;
}

/** Start time of a process in clock ticks since boot (Linux); null where the system does not tell. */
function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
