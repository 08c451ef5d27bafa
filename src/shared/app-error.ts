/**
 * Every way in which Tracewright can refuse work, mapped to HTTP and exit codes in one place.
 * - `usage`: the caller asked for something that does not exist or contradicts itself
 * - `not-found`: no such page, folder, project or file
 * - `unreadable`: the file system refuses (permissions, vanished, not a regular file)
 * - `unsupported`: a format that is not read here
 * - `corrupt`: the bytes are not what the format promises (truncated, damaged, empty)
 * - `too-large`: beyond a stated limit (pixels, bytes, pages)
 * - `locked`: a password or another process stands in the way
 * - `conflict`: somebody else changed the same thing meanwhile
 * - `no-ecg`: decoded well, but no ECG was found on it
 * - `storage`: the disk is full or read-only
 * - `forbidden`: the request is not ours
 * - `cancelled`: the user or the program stopped the work
 * - `internal`: a fault of ours
 */
export const ERROR_CODES = [
  'usage',
  'not-found',
  'unreadable',
  'unsupported',
  'corrupt',
  'too-large',
  'locked',
  'conflict',
  'no-ecg',
  'storage',
  'forbidden',
  'cancelled',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one error type: a code for programs and one sentence for people, naming the value, the limit and the way out. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** Turns anything thrown into an `AppError`, keeping it when it already is one. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new AppError('cancelled', 'The work was cancelled.', { cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('internal', message, { cause: thrown });
}
