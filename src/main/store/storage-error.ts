import { AppError } from '../../shared/app-error.ts';

const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    'The disk is full. Free some space, then go on: nothing saved so far is lost.',
  ],
  [
    /^(SQLITE_READONLY|EROFS|EACCES|EPERM|SQLITE_CANTOPEN)/,
    'The project folder cannot be written to. Check its permissions.',
  ],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    'project.sqlite is damaged or is not a project. Restore it from a copy.',
  ],
  [/^(SQLITE_IOERR|EIO)/, 'The disk reported an error while the project was being read or written.'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'Another program keeps project.sqlite busy. Close it and try again.'],
];

/** Turns errors of SQLite and the file system into an `AppError`: `locked` when busy, `corrupt`, else `storage`. */
export function storageError(cause: unknown): unknown {
  const code = (cause as { code?: unknown }).code;
  if (cause instanceof AppError || typeof code !== 'string') return cause;
  const sentence = SENTENCES.find(([pattern]) => pattern.test(code))?.[1];
  if (!sentence) return cause;
  const kind = /BUSY|LOCKED/.test(code) ? 'locked' : /CORRUPT|NOTADB/.test(code) ? 'corrupt' : 'storage';
  return new AppError(kind, sentence, { cause });
}
