import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toStorageError, type PendingFile } from './write-together.ts';

/** Name of the list of written files inside an output folder. */
export const LEDGER_NAME = '.tracewright-files';

/** How many of its latest contents are remembered of a file. */
const HASHES_PER_FILE = 3;

/** What stands at a path we would like to write; `source` is the scan whose results are there. */
export type Occupant =
  | { readonly kind: 'free' }
  | { readonly kind: 'ours'; readonly source: string }
  | { readonly kind: 'foreign' };

/**
 * Knows which files of an output folder Tracewright wrote itself and from which scan, so that a second run may renew
 * them while files of others, and files changed since, are never overwritten. JSON lines `[hash, source, path]`, added
 * before a file appears: should it then not be written after all, the file of before is still known as ours.
 */
export interface OutputLedger {
  readonly root: string;
  /** Looks at what stands at `relativePath` now. */
  readonly occupant: (relativePath: string) => Promise<Occupant>;
  /** Notes files about to be written; paths relative to the root. */
  readonly note: (files: readonly PendingFile[], source: string) => Promise<void>;
}

/** Opens the ledger of an output folder, creating the folder. @throws AppError `storage` when that cannot be */
export async function openOutputLedger(root: string): Promise<OutputLedger> {
  const ledgerPath = join(root, LEDGER_NAME);
  const refuse = (thrown: unknown) => {
    throw toStorageError(thrown, root);
  };
  await mkdir(root, { recursive: true }).catch(refuse);
  // Also proves that the folder can be written before any work is done.
  await appendFile(ledgerPath, '').catch(refuse);
  const known = new Map<string, { hash: string; source: string }[]>();
  const learn = (path: string, hash: string, source: string) => {
    const before = known.get(path)?.filter((entry) => entry.hash !== hash) ?? [];
    known.set(path, [...before.slice(1 - HASHES_PER_FILE), { hash, source }]);
  };
  const text = await readFile(ledgerPath, 'utf8');
  // A line cut short, by a crash or a full disk, must not swallow the next one.
  let torn = text !== '' && !text.endsWith('\n');
  for (const line of text.split('\n')) {
    const entry = parseLine(line);
    if (entry) learn(entry[2], entry[0], entry[1]);
  }
  return {
    root,
    async occupant(relativePath) {
      let bytes: Uint8Array;
      try {
        bytes = await readFile(join(root, relativePath));
      } catch (thrown) {
        const { code } = thrown as NodeJS.ErrnoException;
        if (code === 'ENOENT') return { kind: 'free' };
        throw toStorageError(thrown, join(root, relativePath));
      }
      const hash = hashOf(bytes);
      const entry = known.get(relativePath)?.find((candidate) => candidate.hash === hash);
      return entry ? { kind: 'ours', source: entry.source } : { kind: 'foreign' };
    },
    async note(files, source) {
      let lines = torn ? '\n' : '';
      for (const { path, bytes } of files) {
        const hash = hashOf(bytes);
        learn(path, hash, source);
        lines += JSON.stringify([hash, source, path]) + '\n';
      }
      torn = true;
      await appendFile(ledgerPath, lines).catch((thrown: unknown) => {
        throw toStorageError(thrown, ledgerPath);
      });
      torn = false;
    },
  };
}

/** A line cut short by a crash, or by anyone, is passed over: its file then counts as foreign. */
function parseLine(line: string): [string, string, string] | null {
  try {
    const entry: unknown = JSON.parse(line);
    const fits =
      Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string');
    return fits ? (entry as [string, string, string]) : null;
  } catch {
    return null;
  }
}

function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 24);
}
