import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { DecodeLimits } from './decode-limits.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist any more',
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
  ENAMETOOLONG: 'has a name longer than the file system allows',
  EMFILE: 'could not be opened: too many open files',
  EIO: 'could not be read: the disk or network drive reported an error',
  ENOTDIR: 'does not exist any more',
  ELOOP: 'is a link that leads back to itself',
};

/** Turns an error of the file system into words. `ENOENT` becomes `not-found`, everything else `unreadable`. */
export function fileError(name: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const words = WORDS[code] ?? `could not be read (${code || String(cause)})`;
  return new AppError(code === 'ENOENT' ? 'not-found' : 'unreadable', `"${name}" ${words}.`, { cause });
}

/**
 * Reads a scan whole, after making sure that it is a regular, non-empty file within the size limit.
 *
 * @throws AppError `not-found`, `unreadable` (directory, device, permissions), `corrupt` (empty), `too-large`
 */
export async function readScanFile(path: string, limits: DecodeLimits): Promise<Uint8Array> {
  const name = basename(path);
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (!stat.isFile()) {
        const what = stat.isDirectory() ? 'a folder' : 'not a regular file';
        throw new AppError('unreadable', `"${name}" is ${what}; a scan must be a single file.`);
      }
      if (stat.size === 0)
        throw new AppError('corrupt', `"${name}" is empty (0 bytes). Copy or scan it again.`);
      if (stat.size > limits.maxFileBytes) {
        const mib = (bytes: number): number => Math.round(bytes / 1024 ** 2);
        throw new AppError(
          'too-large',
          `"${name}" has ${mib(stat.size)} MiB; the limit is ${mib(limits.maxFileBytes)} MiB. Split it into single pages.`,
        );
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw fileError(name, cause);
  }
}
