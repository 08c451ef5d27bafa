import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { toStorageError, type PendingFile } from './write-together.ts';

/** Name of the list of written files inside an output folder. */
export const LEDGER_NAME = '.tracewright-files';

/** What stands at a path we would like to write. */
export type Occupant = 'free' | 'ours' | 'foreign';

/**
 * Knows which files of an output folder Tracewright wrote itself, so that a second run may renew them while files of
 * others, and files changed since, are never overwritten. One line per written file, `<sha-256 start> <path>`, is
 * added before the file appears; the last line of a path counts.
 */
export interface OutputLedger {
  readonly root: string;
  /** Looks at what stands at `relativePath` now. */
  readonly occupant: (relativePath: string) => Promise<Occupant>;
  /** Notes files about to be written; paths relative to the root. */
  readonly note: (files: readonly PendingFile[]) => Promise<void>;
}

/** Opens the ledger of an output folder, creating the folder. @throws AppError `storage` when that cannot be */
export async function openOutputLedger(root: string): Promise<OutputLedger> {
  const path = join(root, LEDGER_NAME);
  await mkdir(root, { recursive: true }).catch((thrown: unknown) => {
    throw toStorageError(thrown, root);
  });
  // Also proves that the folder can be written before any work is done.
  await appendFile(path, '').catch((thrown: unknown) => {
    throw toStorageError(thrown, root);
  });
  const hashes = new Map<string, string>();
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) hashes.set(line.slice(space + 1), line.slice(0, space));
  }
  return {
    root,
    async occupant(relativePath) {
      let bytes: Uint8Array;
      try {
        bytes = await readFile(join(root, relativePath));
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return 'free';
        throw toStorageError(thrown, join(root, relativePath));
      }
      return hashes.get(relativePath) === hashOf(bytes) ? 'ours' : 'foreign';
    },
    async note(files) {
      let lines = '';
      for (const { path: relativePath, bytes } of files) {
        if (relativePath.includes('\n')) {
          throw new AppError(
            'storage',
            `Cannot write ${JSON.stringify(relativePath)}: its name has a line break.`,
          );
        }
        const hash = hashOf(bytes);
        hashes.set(relativePath, hash);
        lines += `${hash} ${relativePath}\n`;
      }
      await appendFile(path, lines).catch((thrown: unknown) => {
        throw toStorageError(thrown, path);
      });
    },
  };
}

function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 24);
}
