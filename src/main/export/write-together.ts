import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

/** A file to be, by its whole path. */
export interface PendingFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/**
 * Writes files that belong together: all beside their places first, then all renamed, so that a full disk or a crash
 * leaves no half-written file. Folders are made. Existing files are replaced: whoever calls has asked before.
 *
 * @throws AppError `storage` naming the path and the cause; nothing of this set is left behind then
 */
export async function writeTogether(files: readonly PendingFile[]): Promise<void> {
  const pending = files.map(({ path, bytes }) => ({
    path,
    bytes,
    beside: join(dirname(path), `.tracewright-${randomBytes(6).toString('hex')}.tmp`),
  }));
  let at = '';
  try {
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
      at = folder;
      await mkdir(folder, { recursive: true });
    }
    for (const { path, beside, bytes } of pending) {
      at = path;
      await writeFile(beside, bytes, { flag: 'wx' });
    }
    for (const { path, beside } of pending) {
      at = path;
      await rename(beside, path);
    }
  } catch (thrown) {
    await Promise.all(pending.map(({ beside }) => rm(beside, { force: true }).catch(() => undefined)));
    throw toStorageError(thrown, at);
  }
}

const WORDS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENAMETOOLONG: 'the path is too long',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file stands where a folder is needed',
  EISDIR: 'a folder of that name stands there',
  EMFILE: 'too many files are open',
};

/** An `AppError('storage')` that says in words why `path` could not be written. */
export function toStorageError(thrown: unknown, path: string): AppError {
  const code = (thrown as NodeJS.ErrnoException | null)?.code ?? '';
  const why = WORDS[code] ?? (thrown instanceof Error ? thrown.message : String(thrown));
  return new AppError('storage', `Cannot write ${path}: ${why}.`, { cause: thrown });
}
