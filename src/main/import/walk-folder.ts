import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { fileError } from '../library/read-scan-file.ts';

/** What lies in a folder that is imported. Paths are below it, `/` between folders. */
export interface WalkedFolder {
  /** Real path of the folder. */
  readonly root: string;
  readonly files: readonly string[];
  /** Links, and folders that could not be read: not entered, each with the reason. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

const MOST_FILES = 2_000_000;

/**
 * Lists all files of a folder. Links are never followed, so nothing outside of it can be reached through the list; hidden
 * entries are left out.
 *
 * @throws AppError `not-found`, `unreadable`, `too-large`
 */
export async function walkFolder(folder: string): Promise<WalkedFolder> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw fileError(folder, cause);
  });
  const files: string[] = [];
  const refused: { path: string; reason: string }[] = [];
  const visit = async (relative: string): Promise<void> => {
    let entries;
    try {
      entries = await readdir(join(root, relative), { withFileTypes: true });
    } catch (cause) {
      const error = fileError(relative || folder, cause);
      if (relative === '') throw error;
      refused.push({ path: relative, reason: error.message });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink())
        refused.push({ path, reason: 'It is a link; links are not followed.' });
      if (files.length > MOST_FILES) {
        throw new AppError('too-large', `${folder} holds more than ${MOST_FILES} files. Import parts of it.`);
      }
    }
  };
  await visit('');
  return { root, files, refused };
}

/**
 * Reads a listed file, or its beginning.
 *
 * @param most bytes; a longer file is refused, or cut there with `cut`
 * @throws AppError `forbidden` when it has become a link or lies outside, `too-large`, `unreadable`, `not-found`
 */
export async function readListed(
  root: string,
  path: string,
  { most, cut = false }: { readonly most: number; readonly cut?: boolean },
): Promise<Buffer> {
  const whole = join(root, path);
  const real = await realpath(whole).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  if (real !== whole || !real.startsWith(root + sep)) {
    throw new AppError('forbidden', `"${path}" leads out of the folder that is imported.`);
  }
  // Without blocking: a pipe in the place of the file would never open.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(whole, flags).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  try {
    const stats = await handle.stat();
    const { size } = stats;
    if (!stats.isFile()) throw new AppError('unreadable', `"${path}" is no file.`);
    if (size > most && !cut) {
      throw new AppError('too-large', `"${path}" has ${size} bytes; at most ${most} are read.`);
    }
    const bytes = Buffer.alloc(Math.min(size, most));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** As `readListed`, at once: for readers that ask for a file while they read another. @throws AppError as it does */
export function readListedSync(root: string, path: string, { most }: { readonly most: number }): Buffer {
  const whole = join(root, path);
  let handle: number | null = null;
  try {
    if (realpathSync(whole) !== whole || !whole.startsWith(root + sep)) {
      throw new AppError('forbidden', `"${path}" leads out of the folder that is imported.`);
    }
    handle = openSync(whole, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(handle);
    if (!stats.isFile()) throw new AppError('unreadable', `"${path}" is no file.`);
    if (stats.size > most) {
      throw new AppError('too-large', `"${path}" has ${stats.size} bytes; at most ${most} are read.`);
    }
    const bytes = Buffer.alloc(stats.size);
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, 0));
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : fileError(path, thrown);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
