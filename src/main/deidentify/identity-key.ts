import { createHmac, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

/** Replaces identities by what only the holder of the key can work out. */
export interface IdentityKey {
  /**
   * A name for an identifier: the same for the same, whatever its case and blanks; 16 hexadecimal digits of
   * HMAC-SHA256 (RFC 2104), so that neither trying out all numbers nor comparing lists tells who it is without the key.
   *
   * @param kind keeps identifiers of different kinds apart, e.g. `patient`, `file`
   */
  readonly pseudonym: (kind: string, identifier: string) => string;
  /** Days by which all dates of a patient are moved, -364..-1: intervals within a patient stay as they are. */
  readonly dateShiftDays: (patient: string) => number;
}

/** Where the key of a project is, so that the same patients get the same names in all its exports. */
export function projectKeyPath(projectDir: string): string {
  return join(projectDir, 'identity.key');
}

const LEAST_BYTES = 16;

/** @throws AppError `usage` for fewer than 16 bytes, which could be guessed */
export function identityKey(secret: Uint8Array): IdentityKey {
  if (secret.length < LEAST_BYTES) {
    throw new AppError('usage', `A key needs at least ${LEAST_BYTES} bytes, this one has ${secret.length}.`);
  }
  // JSON keeps `a` + `bc` apart from `ab` + `c`.
  const digest = (kind: string, identifier: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([kind, identifier.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase()]))
      .digest();
  return {
    pseudonym: (kind, identifier) => digest(kind, identifier).toString('hex').slice(0, 16),
    dateShiftDays: (patient) => -1 - (digest('date shift', patient).readUInt32BE() % 364),
  };
}

/**
 * Reads the key in a file, or makes one there (32 random bytes in hexadecimal, readable by its owner alone) when the
 * file does not exist. Whoever has the key can tell who is who: it belongs in no exported folder.
 *
 * @throws AppError `unreadable`, `storage`, `usage` (too short)
 */
export async function openIdentityKey(path: string): Promise<{ key: IdentityKey; made: boolean }> {
  const found = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw new AppError('unreadable', `The key file ${path} cannot be read.`, { cause });
  });
  if (found !== null) return { key: identityKey(Buffer.from(found.trim())), made: false };
  const secret = randomBytes(32).toString('hex');
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new AppError('storage', `The key file ${path} cannot be made.`, { cause });
  });
  return { key: identityKey(Buffer.from(secret)), made: true };
}
