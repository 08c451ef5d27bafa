import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

/** A file that may hold signals. */
export interface FoundTable {
  /** Folder relative to the root, `.` for itself. */
  readonly folder: string;
  /** File name without `.csv`. */
  readonly name: string;
  readonly path: string;
}

/**
 * Every CSV file below a folder, in order of folder and name. Symbolic links count as what they point to; a folder that
 * is reached twice is listed once, so loops end.
 *
 * @throws AppError `not-found` when the folder cannot be read
 */
export async function findTables(root: string): Promise<FoundTable[]> {
  const found: FoundTable[] = [];
  const visited = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    const real = await realpath(folder);
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
      if (kind?.isDirectory()) await visit(path);
      else if (kind?.isFile() && entry.name.toLowerCase().endsWith('.csv')) {
        found.push({ folder: relative(root, folder) || '.', name: entry.name.slice(0, -4), path });
      }
    }
  };
  await visit(root).catch((cause: unknown) => {
    throw new AppError('not-found', `There is no readable folder ${root}.`, { cause });
  });
  return found.sort((a, b) => compare(a.folder, b.folder) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
