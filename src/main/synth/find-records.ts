import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

/** A WFDB record on disk. */
export interface FoundRecord {
  /** Its header, an absolute or relative path as the folder was given. */
  readonly path: string;
  /** Folder and record name below the folder that was searched, with `/`, without `.hea`. */
  readonly name: string;
}

/**
 * Every WFDB header under a folder, in name order; hidden entries are left out.
 *
 * @throws AppError `not-found` when the folder cannot be read or holds no header
 */
export async function findRecords(folder: string): Promise<FoundRecord[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('not-found', `There is no readable folder ${folder}.`, { cause });
  });
  const records = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hea'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(folder, path).slice(0, -'.hea'.length).split(sep).join('/') }))
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (records.length === 0) throw new AppError('not-found', `No WFDB header (*.hea) lies under ${folder}.`);
  return records;
}
