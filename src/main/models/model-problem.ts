import { stat } from 'node:fs/promises';
import { fileDigest } from './file-digest.ts';

/** Tells what is wrong with stored model files; remembers files it has read until they change. */
export type ModelProblems = (
  path: string,
  expected: { readonly sha256: string; readonly bytes: number },
) => Promise<string | null>;

/** Reads a file whole the first time it is asked about: 25 MB take 0.1 s, none of it blocking. */
export function createModelProblems(): ModelProblems {
  const seen = new Map<string, { readonly stamp: string; readonly sha256: string }>();
  return async (path, { sha256, bytes }) => {
    try {
      const { size, mtimeMs, ino } = await stat(path);
      const changed = `Its file was changed: ${path}.`;
      if (size !== bytes) return changed;
      const stamp = `${mtimeMs} ${ino}`;
      const known = seen.get(path);
      const now = known?.stamp === stamp ? known : { stamp, sha256: await fileDigest(path) };
      seen.set(path, now);
      return now.sha256 === sha256 ? null : changed;
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      const what = code === 'ENOENT' ? 'is gone' : `cannot be read (${code})`;
      return `Its file ${what}: ${path}.`;
    }
  };
}
