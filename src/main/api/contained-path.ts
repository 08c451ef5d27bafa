import { realpath } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

/**
 * Real path of `relative` inside `root`, following links, refused when it leads out of `root`.
 *
 * @throws AppError `forbidden` for an absolute path, a NUL byte, or a path or link that leaves `root`;
 * `not-found` when there is no such file
 */
export async function containedPath(root: string, relative: string): Promise<string> {
  const outside = new AppError('forbidden', 'The path leads out of its folder.');
  if (isAbsolute(relative) || relative.includes('\0')) throw outside;
  const realRoot = await realpath(root).catch(missing);
  const wanted = resolve(realRoot, relative);
  if (!wanted.startsWith(realRoot + sep)) throw outside;
  const real = await realpath(wanted).catch(missing);
  if (!real.startsWith(realRoot + sep)) throw outside;
  return real;
}

function missing(cause: unknown): never {
  throw new AppError('not-found', 'There is no such file.', { cause });
}
