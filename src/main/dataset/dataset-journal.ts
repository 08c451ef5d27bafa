import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { datasetPage, type DatasetPage } from '../../formats/dataset/dataset-manifest.ts';
import { toStorageError, writeTogether } from '../export/write-together.ts';
import type { EncodedDatasetPage } from './encode-dataset-page.ts';
import type { Fragments } from './encode-masks.ts';
import { hashFile } from './hashed-file.ts';

/** Folder inside an unfinished data set that knows how far it has come. */
export const JOURNAL_FOLDER = '.unfinished';

const line = z.object({ key: z.string(), page: datasetPage });
type Line = z.infer<typeof line>;

/**
 * The pages of an unfinished data set that are written, so that one that was stopped goes on where it ended. A line is added
 * when all files of a page are in their places.
 */
export interface DatasetJournal {
  /** The page as it was written, if its key is the same and its files are still what they were; null otherwise. */
  find(name: string, key: string): Promise<DatasetPage | null>;
  /** Writes the files of a page, all or none. @throws AppError `storage` */
  write(key: string, page: DatasetPage, encoded: EncodedDatasetPage): Promise<void>;
  /** The pieces of a written page. */
  fragments(name: string): Promise<Fragments>;
}

/** Opens the journal in a data set's working folder, making both. @throws AppError `storage` */
export async function openDatasetJournal(root: string): Promise<DatasetJournal> {
  const folder = join(root, JOURNAL_FOLDER);
  const path = join(folder, 'pages.jsonl');
  const refuse = (thrown: unknown): never => {
    throw toStorageError(thrown, path);
  };
  await mkdir(folder, { recursive: true }).catch(refuse);
  // The newline parts what follows from a line that a crash cut short.
  await appendFile(path, '\n').catch(refuse);
  const known = new Map<string, Line>();
  for (const text of (await readFile(path, 'utf8').catch(refuse)).split('\n')) {
    const entry = parse(text);
    if (entry) known.set(entry.page.name, entry);
  }
  const fragmentPath = (name: string): string => join(folder, `${name}.json`);
  return {
    async find(name, key) {
      const entry = known.get(name);
      if (!entry) return null;
      if (entry.key === key && (await isWhole(root, entry.page))) return entry.page;
      for (const file of entry.page.files) await rm(join(root, file.path), { force: true });
      return null;
    },
    async write(key, page, { files, fragments }) {
      await writeTogether([
        ...files.map((file) => ({ path: join(root, file.path), bytes: file.bytes })),
        { path: fragmentPath(page.name), bytes: JSON.stringify(fragments) },
      ]);
      known.set(page.name, { key, page });
      await appendFile(path, JSON.stringify({ key, page } satisfies Line) + '\n').catch(refuse);
    },
    fragments: async (name) => JSON.parse(await readFile(fragmentPath(name), 'utf8')) as Fragments,
  };
}

async function isWhole(root: string, { files }: DatasetPage): Promise<boolean> {
  for (const { path, bytes, sha256 } of files) {
    const found = await hashFile(join(root, path));
    if (found?.bytes !== bytes || found.sha256 !== sha256) return false;
  }
  return true;
}

function parse(text: string): Line | null {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
