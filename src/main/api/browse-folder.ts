import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { routes } from '../../shared/api/routes.ts';
import { AppError } from '../../shared/app-error.ts';
import { fileError } from '../library/read-scan-file.ts';
import { hasScanExtension } from '../library/scan-extensions.ts';

/** Answer of the `browse` route. */
export type FolderListing = z.output<(typeof routes)['browse']['output']>;

/**
 * Sub-folders of `path` (the home folder when absent) and how many scans and which models lie directly in it. Hidden
 * entries are left out; links to folders are listed.
 *
 * @throws AppError `usage` for a relative path, `not-found`, `unreadable`
 */
export async function browseFolder(path: string = homedir()): Promise<FolderListing> {
  if (resolve(path) !== path.replace(/(?<=.)[\\/]+$/, '') || path.includes('\0')) {
    throw new AppError('usage', `"${path}" is not an absolute path.`);
  }
  const folder = resolve(path);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw fileError(folder, cause);
  });
  const folders = entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .filter((entry) => entry.isDirectory() || !hasScanExtension(entry.name))
    .map(({ name }) => ({ name, path: join(folder, name) }))
    .sort(byName);
  const parent = dirname(folder);
  const models = entries
    .filter(({ name }) => /^[^.].*\.onnx$/i.test(name))
    .map(async ({ name }) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      return found?.isFile() ? [{ name, path, bytes: found.size }] : [];
    });
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders,
    scans: entries.filter((entry) => !entry.isDirectory() && hasScanExtension(entry.name)).length,
    models: (await Promise.all(models)).flat().sort(byName),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}
