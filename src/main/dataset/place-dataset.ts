import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { toStorageError } from '../export/write-together.ts';

/** Where a data set grows until it is whole: beside its place, on the same disk. */
export function workingFolder(out: string): string {
  return `${out}.part`;
}

/**
 * Refuses a place that is taken, before any work is done.
 *
 * @throws AppError `storage`
 */
export async function assertFreePlace(out: string, overwrite: boolean): Promise<void> {
  const names = await readdir(out).catch(async (): Promise<string[]> => {
    if (await stat(out).catch(() => null))
      throw new AppError('storage', `${out} is a file. Choose a folder.`);
    return [];
  });
  if (names.length === 0) return;
  if (!names.includes('manifest.json')) {
    throw new AppError(
      'storage',
      `${out} holds other files. Choose an empty folder for the data set, or a new one.`,
    );
  }
  if (!overwrite) {
    throw new AppError('storage', `A data set is in ${out} already. Choose another folder, or overwrite it.`);
  }
}

/** Removes everything below a folder that is not in a list of paths, and the folders that are empty then. */
export async function keepOnly(root: string, paths: ReadonlySet<string>): Promise<void> {
  const visit = async (folder: string): Promise<boolean> => {
    let isEmpty = true;
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (await visit(path)) await rmdir(join(root, path));
        else isEmpty = false;
      } else if (paths.has(path)) isEmpty = false;
      else await rm(join(root, path));
    }
    return isEmpty;
  };
  await visit('').catch((thrown: unknown) => {
    throw toStorageError(thrown, root);
  });
}

/** Puts a finished data set in its place in one step; one that was there is gone only once the new one is there. */
export async function placeDataset(working: string, out: string): Promise<void> {
  const aside = `${out}.old-${randomBytes(4).toString('hex')}`;
  try {
    const isThere = (await stat(out).catch(() => null)) !== null;
    if (isThere) await rename(out, aside);
    await rename(working, out).catch(async (thrown: unknown) => {
      if (isThere) await rename(aside, out);
      throw thrown;
    });
    if (isThere) await rm(aside, { recursive: true, force: true });
  } catch (thrown) {
    throw toStorageError(thrown, out);
  }
}
